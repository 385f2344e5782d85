#pragma once

#include "modules/activities/tables.hpp"
#include "modules/activities/timetable.hpp"

#include <span>

// For modules above that find out by themselves who was at an event of theirs: there is one way into the ledger for all events.
namespace concentric::activities {

// The event took place in this stretch, these people were there; it is entered in the ledger as by closing it. For whoever may run
// it; 409 when nobody was there or it was entered before.
void hold_for(Call&, ActivityId, Stretch, std::span<PersonId const> present);

// Another time for an event that is still to come, and another one who leads it alone.
void move_for(Call&, ActivityId, Stretch);
void lead_for(Call&, ActivityId, PersonId leader);

// Whether the person leads an event of that day which this pupil has a place at, or to which the pupil's class is invited. A drill
// is none of them: who leads one answers for children while it runs, which module safety knows.
bool leads_on(Call&, PersonId leader, PersonId student, std::string const& class_path, Day);

} // namespace concentric::activities
