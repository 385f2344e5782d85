#include "modules/rosters/members.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/directory/members.hpp"
#include "modules/directory/merges.hpp"
#include "modules/rosters/editing.hpp"
#include "modules/rosters/telling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::rosters {
namespace {

constexpr std::int64_t most_members = 1000;

struct MemberLine : MemberRow {
    std::string name;
    std::optional<std::string> unit_name;
    std::int64_t turns = 0, served = 0, minutes = 0;
};
BOOST_DESCRIBE_STRUCT(MemberLine, (MemberRow), (name, unit_name, turns, served, minutes))

PersonId staff_of(Call& call, OwnedRoster const& roster, PersonId person)
{
    auto const posts = directory::posts_of(call, person, call.today());
    bool const is_there
        = std::ranges::any_of(posts, [&](auto const& post) { return post.path.starts_with(roster.organisation_path); });
    if (!is_there)
        throw invalid("/person", "not_found", {"请选择本单位在岗的人员。", "Choose somebody with a post here."});
    return person;
}

// Whoever knows name and organisation may ask for somebody; nobody learns more than that.
PersonId partner_of(Call& call, OrganisationId organisation, std::string const& name)
{
    static std::string const sql
        = fmt::format("SELECT DISTINCT m.subject AS value FROM ({}) m WHERE m.unit = $2 AND m.name = $3 AND m.from_day <= $4 AND "
                      "m.to_day >= $4",
            directory::members_query(directory::SubjectKind::staff));
    auto const found = call.db.values<PersonId>(sql, call.county, organisation, name, call.today());
    if (found.size() != 1)
        throw invalid("/name", "not_found",
            {"该单位没有（或不止一位）叫这个名字的在岗人员，请与对方单位核对。",
                "That organisation has nobody in post of this name, or several: please ask them."});
    return found.front();
}

MemberRow row_for(Call& call, OwnedRoster const& roster, AddMember const& input)
{
    MemberRow row;
    row.county = call.county;
    row.roster = roster.id;
    row.sort = input.sort;
    row.wished = Json(to_json(input.wished));
    row.blocked = Json(to_json(input.blocked));
    row.joined_at = call.now;
    switch (input.sort) {
    case Sort::parent:
        row.person = directory::kept_record(call, *input.person);
        row.student = child_in(call, row.person, roster.organisation_path, input.student);
        if (!row.student)
            throw invalid("/person", "not_found", {"请选择本校学生的家长。", "Choose a carer of a pupil here."});
        break;
    case Sort::staff:
        row.person = staff_of(call, roster, *input.person);
        row.unit = roster.organisation;
        break;
    case Sort::police:
    case Sort::community:
        row.person = partner_of(call, *input.organisation, *input.name);
        row.unit = *input.organisation;
        break;
    }
    return row;
}

MemberRow held_member(Call& call, OwnedRoster const& roster, PersonId person)
{
    auto const found = member_of(call, roster.id, person);
    if (!found)
        throw not_found(the_member);
    return *found;
}

} // namespace

void check(Weekly const& input, Problems& problems)
{
    std::set<std::int64_t> days(input.wished.begin(), input.wished.end());
    std::set<std::int64_t> const blocked(input.blocked.begin(), input.blocked.end());
    days.insert(blocked.begin(), blocked.end());
    if (days.size() != input.wished.size() + input.blocked.size())
        problems.push_back({"/blocked", "twice",
            {"同一天不能又方便又不行，也不要重复。", "No day is named twice, or both as suiting and as not suiting."}});
    if (blocked.size() == 7)
        problems.push_back({"/blocked", "all", {"至少留一天可以值勤。", "Leave at least one day."}});
}

void check(AddMember const& input, Problems& problems)
{
    check(static_cast<Weekly const&>(input), problems);
    bool const is_of_others = input.sort == Sort::police || input.sort == Sort::community;
    if (!is_of_others && !input.person)
        problems.push_back({"/person", "required", {"请选择人员。", "Choose somebody."}});
    if (is_of_others && !input.organisation)
        problems.push_back({"/organisation", "required", {"请选择对方单位。", "Choose their organisation."}});
    if (is_of_others && !input.name)
        problems.push_back({"/name", "required", {"请填写姓名。", "Give their name."}});
}
void check(ChangeMember const& input, Problems& problems) { check(static_cast<Weekly const&>(input), problems); }

PersonId child_in(Call& call, PersonId carer, std::string_view path, std::optional<PersonId> wanted)
{
    for (auto const& child : directory::children_of(call, carer))
        if (child.path.starts_with(path) && (!wanted || *wanted == child.id))
            return child.id;
    return {};
}

void put_member(Call& call, MemberRow const& row)
{
    auto const known = call.db.value<std::int64_t>(
        "SELECT count(*) AS value FROM roster_members WHERE county = $1 AND roster = $2", call.county, row.roster);
    if (known.value_or(0) >= most_members)
        throw conflict({"一个安排最多 1000 人。", "A roster has at most 1,000 people."});
    call.db.insert("roster_members", row);
}

Members list_members(Call& call, OneRoster const& input)
{
    auto const roster = managed_roster(call, input.id);
    static std::string const sql = "SELECT m.*, " + directory::person_name_in("m.county", "m.person")
        + " AS name, o.name AS unit_name, (SELECT count(*) FROM roster_shifts s WHERE s.county = m.county AND s.roster = m.roster "
          "AND s.person = m.person) AS turns, (SELECT count(*) FROM roster_shifts s WHERE s.county = m.county AND s.roster = "
          "m.roster AND s.person = m.person AND s.state = 'done') AS served, (SELECT CAST(COALESCE(SUM(s.minutes), 0) AS BIGINT) "
          "FROM roster_shifts s WHERE s.county = m.county AND s.roster = m.roster AND s.person = m.person AND s.state = 'done') AS "
          "minutes FROM roster_members m "
        + directory::joined_organisation("o", "m.county", "m.unit")
        + " WHERE m.county = $1 AND m.roster = $2 ORDER BY m.sort, name, m.person";
    auto const rows = call.db.rows<MemberLine>(sql, call.county, roster.id);
    std::vector<std::int64_t> students;
    for (auto const& row : rows)
        if (row.student)
            students.push_back(row.student.value);
    auto const classes = directory::classes_of(call.db, call.county, students);
    Members list;
    for (auto const& row : rows) {
        auto const found = classes.find(row.student);
        list.items.push_back(
            {{row.person, row.name}, row.sort, found == classes.end() ? row.unit_name.value_or("") : found->second.name,
                row.is_leader, row.is_paused, reflect::from_json<Weekdays>(row.wished), reflect::from_json<Weekdays>(row.blocked),
                row.turns, row.served, row.minutes});
    }
    return list;
}

Members add_member(Call& call, AddMember const& input)
{
    auto const roster = held_roster(call, input.roster);
    require_open(roster);
    auto const row = row_for(call, roster, input);
    if (!member_of(call, roster.id, row.person)) {
        put_member(call, row);
        tell_member(call, row.person, {fmt::format("您已加入“{}”", roster.title), fmt::format("You are in “{}”", roster.title)},
            {"不方便参加可以随时退出。", "You may leave it at any time if it does not suit you."});
    }
    return list_members(call, {roster.id});
}

Members change_member(Call& call, ChangeMember const& input)
{
    auto const roster = held_roster(call, input.roster);
    require_open(roster);
    held_member(call, roster, input.person);
    call.db.execute("UPDATE roster_members SET is_leader = $4, is_paused = $5, wished = $6, blocked = $7 WHERE county = $1 AND "
                    "roster = $2 AND person = $3",
        call.county, roster.id, input.person, input.is_leader, input.is_paused, Json(to_json(input.wished)),
        Json(to_json(input.blocked)));
    return list_members(call, {roster.id});
}

void let_go(Call& call, RosterId roster, PersonId person)
{
    static std::string const sql = "SELECT * FROM roster_shifts WHERE county = $1 AND roster = $2 AND person = $3 AND state = "
                                   "'planned' AND starts_at > $4 ORDER BY starts_at";
    for (auto shift : call.db.rows<ShiftRow>(sql, call.county, roster, person, call.now)) {
        shift.person = {};
        shift.is_pinned = false;
        store(call, shift);
        note(call, shift, ChangeKind::given_back, person, 0, "");
    }
    call.db.execute("UPDATE roster_swaps SET state = 'withdrawn', answered_at = $4 WHERE county = $1 AND roster = $2 AND state = "
                    "'open' AND (asked_by = $3 OR asked = $3)",
        call.county, roster, person, call.now);
    call.db.execute("DELETE FROM roster_members WHERE county = $1 AND roster = $2 AND person = $3", call.county, roster, person);
    call.version.reset();
}

Members remove_member(Call& call, OneMember const& input)
{
    auto const roster = held_roster(call, input.roster);
    require_open(roster);
    held_member(call, roster, input.person);
    let_go(call, roster.id, input.person);
    tell_member(call, input.person,
        {fmt::format("您已不在“{}”中", roster.title), fmt::format("You are no longer in “{}”", roster.title)}, {});
    return list_members(call, {roster.id});
}

} // namespace concentric::rosters
