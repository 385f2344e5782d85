#pragma once

#include "core/route.hpp"
#include "modules/rosters/tables.hpp"

// Who sees and changes what of rosters: whoever enters what happens at the school all of it, a duty leader the turns and their
// hours, a member the turns of colleagues by name. Everybody else finds none.
namespace concentric::rosters {

struct OwnedRoster : RosterRow {
    std::string organisation_name, organisation_path;
};
BOOST_DESCRIBE_STRUCT(OwnedRoster, (RosterRow), (organisation_name, organisation_path))

struct OwnedShift : ShiftRow {
    std::string post_name, place, roster_title, organisation_path;
    std::optional<std::string> person_name;
    OrganisationId organisation;
    RosterKind kind = RosterKind::safety_duty;
    RosterState roster_state = RosterState::draft;
    std::int64_t give_back_hours = 0, poster = 0;
};
BOOST_DESCRIBE_STRUCT(OwnedShift, (ShiftRow),
    (post_name, place, roster_title, organisation_path, person_name, organisation, kind, roster_state, give_back_hours, poster))

// SELECT … FROM roster_shifts s with post, roster, organisation and name.
std::string const& shift_columns();
PersonId own_record(Call&);

bool may_manage(Call const&, std::string_view organisation_path);
std::optional<MemberRow> member_of(Call&, RosterId, PersonId);
bool is_leader(Call&, RosterId);

std::optional<OwnedRoster> roster_with(Call&, RosterId);
// For whoever enters what happens there. 404 for others.
OwnedRoster managed_roster(Call&, RosterId);
// The same; nobody else changes it until the transaction ends. 412 where If-Match names another version.
OwnedRoster held_roster(Call&, RosterId);
void require_open(RosterRow const&);

OwnedShift shift_with(Call&, ShiftId);
// For whoever may vouch for what happened in it: who manages the roster, or leads its duties. Held.
OwnedShift vouched_shift(Call&, ShiftId);
// The viewer's own. Held.
OwnedShift own_shift(Call&, ShiftId);
// Everything that changes of a shift; the version grows.
void store(Call&, ShiftRow&);
// A line of the history.
void note(Call&, ShiftRow const& now, ChangeKind, PersonId before, std::int64_t minutes_before, std::string const& reason);

// "3月5日 周四 07:30 校门口"
Words when_and_where(OwnedShift const&);

} // namespace concentric::rosters
