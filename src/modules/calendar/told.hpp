#pragma once

#include "lib/icalendar.hpp"
#include "modules/calendar/feeds.hpp"

// What a calendar's address told before: no module needs to number its changes or to remember what it took away, and still every
// program that follows the address hears of both.
namespace concentric::calendar {

// Gives each entry its number and the time of its last change as this address tells them, and adds what was told before and is gone
// while it was still to come, once, as called off. Notes what is told now.
void settle_told(Call&, FeedId, lib::CalendarFile&);
void forget_told(Call&, FeedId);

} // namespace concentric::calendar
