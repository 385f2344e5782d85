#include "web/route_table.hpp"

#include <algorithm>

namespace concentric::web {
namespace {

constexpr std::string_view methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};

std::optional<std::size_t> verb_of(std::string_view method)
{
    auto const found = std::find(std::begin(methods), std::end(methods), method == "HEAD" ? "GET" : method);
    return found == std::end(methods) ? std::nullopt : std::optional(static_cast<std::size_t>(found - std::begin(methods)));
}

bool is_name(std::string_view segment) { return segment.size() > 2 && segment.front() == '{' && segment.back() == '}'; }

// The segments of a path: "/api/people/7" has "api", "people", "7". No route is longer than the room here.
class Segments {
public:
    explicit Segments(std::string_view path)
    {
        for (auto rest = path; !rest.empty() && count_ < parts_.size();) {
            rest.remove_prefix(1);
            auto const segment = rest.substr(0, rest.find('/'));
            parts_[count_++] = segment;
            rest.remove_prefix(segment.size());
        }
    }
    std::size_t size() const { return count_; }
    std::string_view operator[](std::size_t i) const { return parts_[i]; }
    auto begin() const { return parts_.begin(); }
    auto end() const { return parts_.begin() + static_cast<std::ptrdiff_t>(count_); }

private:
    std::array<std::string_view, 16> parts_;
    std::size_t count_ = 0;
};

// Patterns are found by what stands before their first name, at most two segments, such as "/api/people": few share that, so that
// one more module does not slow down all others.
constexpr std::size_t longest_beginning = 2;

// The first `count` segments; less where the path has less.
std::string_view beginning_of(std::string_view path, Segments const& segments, std::size_t count)
{
    count = std::min(count, segments.size());
    return count == 0
        ? ""
        : path.substr(0, static_cast<std::size_t>(segments[count - 1].data() + segments[count - 1].size() - path.data()));
}

std::string_view beginning_of_pattern(std::string_view path, Segments const& segments)
{
    auto const first_name = static_cast<std::size_t>(std::find_if(segments.begin(), segments.end(), is_name) - segments.begin());
    return beginning_of(path, segments, std::min(first_name, longest_beginning));
}

bool fits(std::vector<std::string> const& pattern, Segments const& given)
{
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (is_name(pattern[i]) ? given[i].empty() : pattern[i] != given[i])
            return false;
    return true;
}

std::string allowed_by(std::array<Route const*, 5> const& verbs)
{
    std::string list;
    for (std::size_t i = 0; i < verbs.size(); ++i)
        if (verbs[i])
            list += (list.empty() ? "" : ", ") + std::string(methods[i]);
    return list;
}

} // namespace

std::string_view method_of(Verb verb) { return methods[static_cast<std::size_t>(verb)]; }

void RouteTable::add(Route route)
{
    if (std::any_of(all_.begin(), all_.end(), [&](Route const* other) { return other->name == route.name; }))
        throw std::logic_error("two routes are named " + route.name);
    auto& place = verbs_at(route.path)[static_cast<std::size_t>(route.verb)];
    if (place)
        throw std::logic_error("two routes for " + std::string(method_of(route.verb)) + " " + route.path);
    place = owned_.emplace_back(std::make_unique<Route>(std::move(route))).get();
    all_.push_back(place);
}

RouteTable::Verbs& RouteTable::verbs_at(std::string const& path)
{
    if (path.find('{') == std::string::npos)
        return literal_[path];
    Segments const segments(path);
    Pattern made{{segments.begin(), segments.end()}, {}, path.ends_with("/{path}")};
    auto& akin = made.takes_rest ? open_ended_ : patterns_[std::string(beginning_of_pattern(path, segments))];
    auto const found = std::ranges::find(akin, made.segments, &Pattern::segments);
    return found == akin.end() ? akin.emplace_back(std::move(made)).verbs : found->verbs;
}

RouteTable::Match RouteTable::find(std::string_view method, std::string_view path) const
{
    auto const verb = verb_of(method);
    Match match;
    auto const take = [&](Verbs const& verbs) {
        if (verb)
            match.route = verbs[*verb];
        match.allowed = match.route ? "" : allowed_by(verbs);
    };
    if (auto const found = literal_.find(path); found != literal_.end()) {
        take(found->second);
        return match;
    }
    Segments const given(path);
    auto const try_pattern = [&](Pattern const& pattern) {
        auto const length = pattern.segments.size();
        if (length > given.size() || (length < given.size() && !pattern.takes_rest) || !fits(pattern.segments, given))
            return false;
        take(pattern.verbs);
        if (!match.route)
            return false;
        for (std::size_t i = 0; i < pattern.segments.size(); ++i)
            if (is_name(pattern.segments[i]))
                match.values.push_back({std::string_view(pattern.segments[i]).substr(1, pattern.segments[i].size() - 2),
                    static_cast<std::size_t>(given[i].data() - path.data()), given[i].size()});
        if (pattern.takes_rest)
            match.values.back().length = path.size() - match.values.back().from;
        return true;
    };
    for (auto count = longest_beginning + 1; count-- > 0;) {
        auto const akin = patterns_.find(beginning_of(path, given, count));
        if (akin != patterns_.end() && std::ranges::any_of(akin->second, try_pattern))
            return match;
    }
    static_cast<void>(std::ranges::any_of(open_ended_, try_pattern));
    return match;
}

} // namespace concentric::web
