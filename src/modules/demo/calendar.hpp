#pragma once

#include "modules/demo/random.hpp"
#include "modules/plan/periods.hpp"

// When things happen in a county: on school days, in the evening, at the weekend, and never after today.
namespace concentric::demo {

// school_hours: a school day between nine and four; morning: before school; evening: after supper in term time; weekend: Saturday
// or Sunday; home: when families are at home, an evening or at the weekend; summer: the holidays.
enum class When { school_hours, morning, evening, weekend, home, summer };

struct Span {
    Day from, to; // both included
};

// Whether schools teach in that part of the year; Saturdays and Sundays count like the days around them.
bool is_term_time(Day day);
bool is_weekend(Day day);

// A moment that suits, in the first days of a span that has no day that does. The span is not empty.
Instant a_moment(Random& random, Span span, When when);

// The part of a span that lies within another; nothing when there is none.
std::optional<Span> common(Span one, Span other);

} // namespace concentric::demo
