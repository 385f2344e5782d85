#include "modules/rosters/access.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/rosters/rotation.hpp"

#include <fmt/format.h>

namespace concentric::rosters {

std::string const& shift_columns()
{
    static std::string const sql
        = "SELECT s.*, p.name AS post_name, p.place, p.poster, r.title AS roster_title, r.kind, r.state AS roster_state, "
          "r.give_back_hours, r.organisation, o.path AS organisation_path, "
        + directory::person_name_in("s.county", "s.person")
        + " AS person_name FROM roster_shifts s JOIN roster_posts p ON p.county = s.county AND p.id = s.post JOIN rosters r ON "
          "r.county = s.county AND r.id = s.roster "
        + directory::joined_organisation("o", "r.county", "r.organisation");
    return sql;
}

PersonId own_record(Call& call) { return directory::kept_record(call, call.viewer.person); }

bool may_manage(Call const& call, std::string_view organisation_path)
{
    return call.viewer.may(Permission::read_people) && call.viewer.may(Permission::append_entries)
        && call.viewer.reaches(organisation_path);
}

std::optional<MemberRow> member_of(Call& call, RosterId roster, PersonId person)
{
    return call.db.row<MemberRow>(
        "SELECT * FROM roster_members WHERE county = $1 AND roster = $2 AND person = $3", call.county, roster, person);
}

bool is_leader(Call& call, RosterId roster)
{
    auto const member = member_of(call, roster, own_record(call));
    return member && member->is_leader;
}

std::optional<OwnedRoster> roster_with(Call& call, RosterId id)
{
    static std::string const sql = "SELECT r.*, o.name AS organisation_name, o.path AS organisation_path FROM rosters r "
        + directory::joined_organisation("o", "r.county", "r.organisation") + " WHERE r.county = $1 AND r.id = $2";
    call.audit_subject = fmt::format("roster:{}", id.value);
    return call.db.row<OwnedRoster>(sql, call.county, id);
}

OwnedRoster managed_roster(Call& call, RosterId id)
{
    auto found = roster_with(call, id);
    if (!found || !may_manage(call, found->organisation_path))
        throw not_found(the_roster);
    call.version = found->version;
    return std::move(*found);
}

OwnedRoster held_roster(Call& call, RosterId id)
{
    call.db.hold({id.value});
    auto roster = managed_roster(call, id);
    call.require_version(roster.version);
    return roster;
}

void require_open(RosterRow const& roster)
{
    if (roster.state == RosterState::closed)
        throw conflict({"这个执勤安排已经结束。", "This roster is closed."});
}

OwnedShift shift_with(Call& call, ShiftId id)
{
    static std::string const sql = shift_columns() + " WHERE s.county = $1 AND s.id = $2";
    auto found = call.db.row<OwnedShift>(sql, call.county, id);
    if (!found)
        throw not_found(the_shift);
    call.audit_subject = fmt::format("shift:{}", id.value);
    call.version = found->version;
    return std::move(*found);
}

// Turns change hands between people, so whoever changes one holds its roster.
static OwnedShift held_shift(Call& call, ShiftId id)
{
    auto const roster = shift_with(call, id).roster;
    call.db.hold({roster.value});
    auto shift = shift_with(call, id);
    call.require_version(shift.version);
    return shift;
}

OwnedShift vouched_shift(Call& call, ShiftId id)
{
    auto shift = held_shift(call, id);
    if (!may_manage(call, shift.organisation_path) && !is_leader(call, shift.roster))
        throw not_found(the_shift);
    return shift;
}

OwnedShift own_shift(Call& call, ShiftId id)
{
    auto shift = held_shift(call, id);
    if (!shift.person || shift.person != own_record(call) || shift.roster_state == RosterState::draft)
        throw not_found(the_shift);
    return shift;
}

void store(Call& call, ShiftRow& shift)
{
    ++shift.version;
    shift.changed_at = call.now;
    call.db.execute(
        "UPDATE roster_shifts SET person = $3, is_pinned = $4, state = $5, arrived_at = $6, left_at = $7, source = $8, minutes = "
        "$9, "
        "entered_by = $10, signed_by = $11, entry = $12, round = $13, reminded_at = $14, changed_at = $15, version = $16 WHERE "
        "county = $1 AND id = $2",
        call.county, shift.id, shift.person, shift.is_pinned, shift.state, shift.arrived_at, shift.left_at, shift.source,
        shift.minutes, shift.entered_by, shift.signed_by, shift.entry, shift.round, shift.reminded_at, shift.changed_at,
        shift.version);
    call.version = shift.version;
}

void note(Call& call, ShiftRow const& now, ChangeKind kind, PersonId before, std::int64_t minutes_before, std::string const& reason)
{
    call.db.insert("roster_changes",
        ChangeRow{call.county, new_id_of<ChangeId>(), now.roster, now.id, now.starts_at, kind, before, now.person, minutes_before,
            now.minutes, reason, call.viewer.person, call.now});
}

Words when_and_where(OwnedShift const& shift)
{
    static constexpr char const* weekdays[][2]
        = {{"一", "Mon"}, {"二", "Tue"}, {"三", "Wed"}, {"四", "Thu"}, {"五", "Fri"}, {"六", "Sat"}, {"日", "Sun"}};
    auto const& weekday = weekdays[weekday_of(days_since_1970(shift.day)) - 1];
    auto const clock = text_of(shift.starts_at).substr(11, 5);
    return {fmt::format("{}月{}日 周{} {} {}", shift.day.month(), shift.day.day(), weekday[0], clock, shift.post_name),
        fmt::format("{} {}, {}, {}", weekday[1], text_of(shift.day), clock, shift.post_name)};
}

} // namespace concentric::rosters
