#pragma once

#include "modules/activities/timetable.hpp"
#include "modules/instructors/tables.hpp"

// When an instructor can be booked: windows of every week, single days besides, days away, and what is booked already.
namespace concentric::instructors {

using activities::Stretch;

using milliseconds::minute;

// 1 for Monday to 7 for Sunday.
std::int64_t weekday_of(Day);

// The stretches of that day that the windows leave free, in order. Without a single window that is no day away, the whole day is:
// whoever named no times is asked for any.
std::vector<Stretch> free_on(std::vector<WindowRow> const& windows, Day day);
// The same from a moment on for so many days, without what is taken, where at least so many minutes are left.
std::vector<Stretch> free_between(std::vector<WindowRow> const& windows, std::vector<Stretch> const& taken, Instant from,
    std::int64_t days, std::int64_t minutes);
// Whether the windows allow the whole stretch.
bool is_free(std::vector<WindowRow> const& windows, Stretch time);

std::vector<WindowRow> windows_of(Call&, PersonId);
// What the person has accepted, and leads besides, that ends after that moment.
std::vector<Stretch> taken_of(Call&, PersonId, Instant from);
// Whether an accepted booking, but this one, or an event that they lead meets the stretch. The person is held by the caller.
bool is_taken(Call&, PersonId, Stretch, BookingId except, ActivityId except_event);

} // namespace concentric::instructors
