#pragma once

#include "modules/activities/timetable.hpp"

// How long somebody was there: whatever device, list or log says so, each minute counts once.
namespace concentric::activities {

// The union of the stretches, cut to the event.
std::vector<Stretch> stretches_within(std::vector<Stretch> stretches, Stretch event);

// Its milliseconds.
std::int64_t time_within(std::vector<Stretch> stretches, Stretch event);

// The same as whole minutes, the nearest.
std::int64_t minutes_within(std::vector<Stretch> stretches, Stretch event);

} // namespace concentric::activities
