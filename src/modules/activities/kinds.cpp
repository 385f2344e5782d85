#include "modules/activities/kinds.hpp"

#include "modules/plan/catalogue.hpp"

#include <algorithm>

namespace concentric::activities {
namespace {

constexpr std::string_view held = "held.";

std::string after(std::string_view start, std::string_view text)
{
    return std::string(text.starts_with(start) ? text.substr(start.size()) : text);
}
std::string before(std::string_view end, std::string_view text)
{
    return std::string(text.ends_with(end) ? text.substr(0, text.size() - end.size()) : text);
}

// "举办家长会", "Parents' meeting held": the event is what is held.
ActivityKind kind_of(plan::EntryKind const& entry, std::string const& twin)
{
    return {after(held, entry.name), {after("举办", entry.zh), before(" held", entry.en)}, std::string(entry.name), twin};
}

// What people do for others has the name of its entry.
ActivityKind deed_of(std::string_view entry, Comers comers)
{
    auto const& kind = *plan::find_kind(entry);
    return {std::string(entry), {kind.zh, kind.en}, "", std::string(entry), "", comers};
}

std::vector<ActivityKind> all_kinds()
{
    std::vector<ActivityKind> all;
    for (auto const& entry : plan::catalogue()) {
        auto const twin = entry.name.starts_with(held) ? "attended." + after(held, entry.name) : std::string();
        if (plan::find_kind(twin))
            all.push_back(kind_of(entry, twin));
    }
    all.push_back({"live", {"直播课", "Live session"}, "", "live.attended"});
    all.push_back({"consultation", {"家庭教育咨询", "Family-education consultation"}, "", "consultation.held"});
    all.push_back({"parent_in_class", {"家长进课堂", "Parent in the classroom"}, "", "", "taught.parent_in_class"});
    for (auto const& entry : plan::catalogue())
        if (entry.name.starts_with("service."))
            all.push_back(deed_of(entry.name, Comers::pupils));
        else if (entry.name.starts_with("volunteer."))
            all.push_back(deed_of(entry.name, Comers::adults));
    std::ranges::find(all, "study_trip", &ActivityKind::name)->travels = true;
    return all;
}

} // namespace

std::span<ActivityKind const> kinds()
{
    static auto const all = all_kinds();
    return all;
}

ActivityKind const* find_kind(std::string_view name)
{
    auto const all = kinds();
    auto const found = std::ranges::find(all, name, &ActivityKind::name);
    return found == all.end() ? nullptr : &*found;
}

Words words_of(std::string_view kind)
{
    auto const* const found = find_kind(kind);
    return found ? found->words : Words{std::string(kind), std::string(kind)};
}

} // namespace concentric::activities
