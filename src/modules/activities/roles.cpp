#include "modules/activities/roles.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"

#include <algorithm>
#include <set>

namespace concentric::activities {
namespace {

constexpr std::int64_t most_helpers = 20; // whose name fits what is searched for

// Those among these people who are carers or staff of one of the organisations that hold the event or are invited.
std::vector<std::int64_t> adults_among(Call& call, OwnedActivity const& activity, std::vector<std::int64_t> const& people)
{
    static std::string const sql
        = "SELECT r.person AS value FROM (" + directory::people_reached + ") r WHERE r.person ANY_OF($5) ORDER BY value";
    auto units = parties_of(call, activity.id, Part::audience);
    units.push_back(activity.organiser.value);
    std::set<std::int64_t> found;
    for (auto const& [id, unit] : directory::organisations(call.db, call.county, units))
        for (auto const person : call.db.values<std::int64_t>(
                 sql, call.county, unit.path, directory::path_end(unit.path), call.today(), db::IntegerList{people}))
            found.insert(person);
    std::vector<std::int64_t> adults(found.begin(), found.end());
    auto const pupils = directory::classes_of(call.db, call.county, adults);
    std::erase_if(adults, [&](auto person) { return pupils.contains({person}); });
    return adults;
}

void require_sense(ActivityKind const& kind, ActivityRole role)
{
    if (role == ActivityRole::taught && kind.taught.empty())
        throw invalid("/role", "kind", {"这种活动没有授课人。", "Nobody teaches at an event of this kind."});
    if (role == ActivityRole::helped && kind.helped().empty())
        throw invalid("/role", "kind",
            {"志愿服务的参加者都有服务时长，不用再登记帮忙。", "Everybody who comes to volunteer has hours; no role is needed."});
}

} // namespace

std::vector<RoleRow> roles_in(Call& call, ActivityId id)
{
    return call.db.rows<RoleRow>(
        "SELECT * FROM activity_roles WHERE county = $1 AND activity = $2 ORDER BY person", call.county, id);
}

bool has_role(Call& call, ActivityId id, PersonId person)
{
    return call.db
        .value<bool>(
            "SELECT TRUE AS value FROM activity_roles WHERE county = $1 AND activity = $2 AND person = $3", call.county, id, person)
        .has_value();
}

Roles roles_of(Call& call, ActivityId id)
{
    auto const rows = roles_in(call, id);
    std::vector<std::int64_t> people;
    for (auto const& row : rows)
        people.push_back(row.person.value);
    auto const names = directory::names_of(call, people);
    auto const there = call.db.values<std::int64_t>(
        "SELECT DISTINCT person AS value FROM activity_presence WHERE county = $1 AND activity = $2 AND person ANY_OF($3)",
        call.county, id, db::IntegerList{people});
    Roles list;
    for (auto const& row : rows)
        list.items.push_back({row.person, directory::name_in(names, row.person.value), row.role,
            std::ranges::find(there, row.person.value) != there.end()});
    return list;
}

Roles give_role(Call& call, GiveRole const& input)
{
    auto const activity = run_activity(call, input.id);
    require_announced(activity);
    require_sense(*find_kind(activity.kind), input.role);
    if (adults_among(call, activity, {input.person.value}).empty())
        throw invalid("/person", "not_found",
            {"只能选主办方或受邀单位的家长和教职工。", "Choose a carer or one of the staff of those who hold it or are invited."});
    call.db.execute("INSERT INTO activity_roles (county, activity, person, role) VALUES ($1, $2, $3, $4) ON CONFLICT (county, "
                    "activity, person) DO UPDATE SET role = EXCLUDED.role",
        call.county, activity.id, input.person, input.role);
    return roles_of(call, activity.id);
}

Roles take_role(Call& call, OneRole const& input)
{
    auto const activity = run_activity(call, input.id);
    require_announced(activity);
    call.db.execute(
        "DELETE FROM activity_roles WHERE county = $1 AND activity = $2 AND person = $3", call.county, activity.id, input.person);
    return roles_of(call, activity.id);
}

Helpers find_helpers(Call& call, FindHelpers const& input)
{
    auto const activity = watched_activity(call, input.id);
    if (!call.viewer.may(Permission::read_people))
        return {};
    auto const people = adults_among(call, activity, directory::people_named(call, input.q, most_helpers * 10));
    auto const names = directory::names_of(call, people);
    Helpers list;
    for (auto const person : people)
        if (static_cast<std::int64_t>(list.items.size()) < most_helpers)
            list.items.push_back({{person}, directory::name_in(names, person)});
    return list;
}

} // namespace concentric::activities
