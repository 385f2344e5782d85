#pragma once

#include "modules/activities/happenings.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"

// What follows here from what happens elsewhere: to the events that bookings became, and to people.
namespace concentric::instructors {

// A booking's event that was entered means that it was carried out. 409 when the certificate did not hold then.
void activity_closed(Call&, activities::ActivityClosed const&);
void activity_reopened(Call&, activities::ActivityReopened const&);
void activity_cancelled(Call&, activities::ActivityCancelled const&);
// 409 where the instructor is booked at the new time.
void activity_moved(Call&, activities::ActivityMoved const&);

void people_merged(Call&, directory::PeopleMerged const&);
void removal_asked(Call&, directory::RemovalAsked const&);
void add_person_data(Call&, directory::PersonDataAsked const&);
void person_erased(Call&, directory::PersonErased const&);

} // namespace concentric::instructors
