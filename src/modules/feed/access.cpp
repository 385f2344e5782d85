#include "modules/feed/access.hpp"

#include "core/news.hpp"
#include "lib/each_once.hpp"
#include "modules/directory/former_children.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/families/recipients.hpp"
#include "modules/families/rights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::feed {
namespace {

std::vector<std::int64_t> children_seen_by(Call& call)
{
    std::vector<std::int64_t> ids;
    for (auto const& child : directory::children_shown_to(call, call.viewer.person))
        ids.push_back(child.id.value);
    for (auto const id : directory::former_children_of(call, call.viewer.person))
        if (families::may(call, {id}, families::Right::see))
            ids.push_back(id);
    return lib::each_once(std::move(ids));
}

std::vector<std::int64_t> children_in(Call& call, MomentId moment, std::vector<std::int64_t> const& among)
{
    if (among.empty())
        return {};
    return call.db.values<std::int64_t>(
        "SELECT child AS value FROM moment_children WHERE county = $1 AND moment = $2 AND child ANY_OF($3) ORDER BY child",
        call.county, moment, db::IntegerList{among});
}

} // namespace

Reader::Reader(Call& call) : call_(call)
{
    if (!call.viewer.path.empty() && call.viewer.may(Permission::append_entries))
        is_of_school_ = static_cast<bool>(directory::schools_above(call, {call.viewer.path}).front().id);
}

bool Reader::teaches(std::string_view path) const { return is_of_school_ && call_.viewer.reaches(path); }

bool Reader::moderates(std::string_view path) const { return teaches(path) && call_.viewer.may(Permission::approve_families); }

bool Reader::answers_reports(std::string_view path) const { return teaches(path) && call_.viewer.may(Permission::manage_families); }

std::vector<std::int64_t> const& Reader::children()
{
    if (!children_)
        children_ = children_seen_by(call_);
    return *children_;
}

static SeenMoment standing_to(Call& call, MomentRow row)
{
    SeenMoment seen{std::move(row), {}, {}};
    Reader reader(call);
    seen.of = directory::organisation(call.db, call.county, seen.class_).value_or(directory::OrganisationRef{});
    seen.teaches = reader.teaches(seen.of.path);
    seen.moderates = reader.moderates(seen.of.path);
    seen.answers_reports = reader.answers_reports(seen.of.path);
    seen.is_own = seen.author == call.viewer.person;
    if (seen.stands())
        seen.children = children_in(call, seen.id, reader.children());
    return seen;
}

static std::optional<SeenMoment> find(Call& call, MomentId id, std::string_view lock)
{
    auto row = call.db.row<MomentRow>("SELECT * FROM moments WHERE county = $1 AND id = $2" + std::string(lock), call.county, id);
    if (!row)
        return std::nullopt;
    call.audit_subject = fmt::format("moment:{}", id.value);
    return standing_to(call, std::move(*row));
}

SeenMoment seen_moment(Call& call, MomentId id)
{
    auto seen = find(call, id, "");
    bool const is_there = seen
        && (seen->stands() ? seen->teaches || !seen->children.empty()
                           : seen->moderates || seen->answers_reports || (seen->teaches && seen->is_own));
    if (!is_there)
        throw not_found(the_moment);
    return std::move(*seen);
}

SeenMoment kept_moment(Call& call, MomentId id)
{
    auto seen = find(call, id, " FOR_UPDATE");
    if (!seen || !seen->may_be_kept())
        throw not_found(the_moment);
    return std::move(*seen);
}

directory::OrganisationRef taught_class(Call& call, OrganisationId id)
{
    auto found = directory::organisation(call.db, call.county, id);
    if (!found || found->kind != "class" || !Reader(call).teaches(found->path))
        throw not_found({"班级", "class"});
    return std::move(*found);
}

std::vector<std::int64_t> families_of(Call& call, std::span<std::int64_t const> children)
{
    std::set<std::int64_t> people;
    for (auto const& recipient : families::recipients_of(call, children))
        people.insert(recipient.person.value);
    return {people.begin(), people.end()};
}

std::vector<std::int64_t> people_of(Call& call, MomentRow const& row)
{
    auto const children = call.db.values<std::int64_t>(
        "SELECT child AS value FROM moment_children WHERE county = $1 AND moment = $2", call.county, row.id);
    auto people = families_of(call, children);
    people.push_back(row.author.value);
    return people;
}

void announce(Call& call, MomentRow const& row) { call.events.publish(call, News{"feed", people_of(call, row)}); }

} // namespace concentric::feed
