#pragma once

#include "core/jobs.hpp"
#include "modules/activities/access.hpp"

// What people get to know of events that they come to: a reminder before the start, a place that became free, a change, the end of
// it.
namespace concentric::activities {

// Into the inboxes of these people.
void notify(Call&, ActivityRow const&, ActivityNoticeKind, std::vector<std::int64_t> const& people);
// Whoever let one offer run out.
void notify_moved_back(Call&, ActivityRow const&, std::vector<std::int64_t> const& people);
// Who signed somebody up and still has a place, or booked a slot; with the waiting ones where that is asked for.
enum class Whom { coming, coming_or_waiting };
std::vector<std::int64_t> people_to_tell(Call&, ActivityId, Whom);

inline constexpr std::string_view reminder_job = "activities.remind";
void handle_reminder_job(Jobs&);
// What the job does for one county at the call's moment: everybody who comes to an event that begins soon gets one notice, once.
// Gives the number of notices.
std::int64_t remind_now(Call&);

} // namespace concentric::activities
