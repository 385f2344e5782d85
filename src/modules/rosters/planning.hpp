#pragma once

#include "modules/rosters/editing.hpp"

// A term's turns: made from the posts' weekdays without holidays, shared out fairly, moved by hand, told to everybody.
namespace concentric::rosters {

struct PlanOutcome {
    std::int64_t turns = 0, gaps = 0; // to come
    std::int64_t most = 0, fewest = 0; // turns of a parent, of all who may have some
};
BOOST_DESCRIBE_STRUCT(PlanOutcome, (), (turns, gaps, most, fewest))

struct MoveShift {
    ShiftId id;
    std::optional<PersonId> person; // left out: a gap
};
BOOST_DESCRIBE_STRUCT(MoveShift, (), (id, person))

// Before publication all turns to come that were not laid by hand are shared out anew; afterwards only gaps are filled, and those
// who get one are told.
PlanOutcome plan_roster(Call&, OneRoster const&);
// Tells everybody their turns. Again: changes nothing.
struct RosterView publish_roster(Call&, OneRoster const&);
// 409 for somebody who serves elsewhere at that time, and once it began.
struct ShiftView move_shift(Call&, MoveShift const&);

// 409 where the person serves at the same time by this or another roster.
void require_free(Call&, PersonId, ShiftRow const&, ShiftId except = {});

} // namespace concentric::rosters
