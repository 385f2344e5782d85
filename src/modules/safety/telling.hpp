#pragma once

#include "core/jobs.hpp"
#include "modules/safety/access.hpp"

// What the staff is told of drills, tasks, hazards and alarms. Whatever is about a drill begins with 【演练】, and is never urgent;
// an alarm is.
namespace concentric::safety {

void tell_coordinator(Call&, OwnedDrill const&, Words const& what);
void tell_staff_of_start(Call&, OwnedDrill const&);
void tell_owner(Call&, PersonId owner, Words const& title, Words const& body, std::string const& link);

// What is due soon, once each: drills a day before, tasks and hazards on the day when they were to be done. Gives how many.
std::int64_t remind_now(Call&);
// Queues the next look.
void keep_reminding(Call&);
void handle_reminder_job(Jobs&);

} // namespace concentric::safety
