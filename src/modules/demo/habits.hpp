#pragma once

#include "modules/demo/calendar.hpp"

#include <span>
#include <string_view>

// How things of each kind usually go: at what time, for how long, with whom, and what people note about them.
namespace concentric::demo {

struct Habit {
    std::string_view kind; // "visit.home", or the beginning of kinds: "held."
    When when = When::school_hours;
    int shortest = 0, longest = 0; // minutes, in steps of five; 0: takes no time worth counting
    double attendance = 0; // of what a school, grade or class holds: the share of families that come
    double with_resource = 0; // how often a resource organisation takes part
    std::span<std::string_view const> notes{}; // JSON for the reader of the timeline
};

// The habit whose kind is the longest beginning of this one.
Habit const& habit_of(std::string_view kind);
int minutes_of(Habit const& habit, Random& random);
std::string_view note_of(Habit const& habit, Random& random);

} // namespace concentric::demo
