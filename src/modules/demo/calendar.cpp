#include "modules/demo/calendar.hpp"

#include <algorithm>

namespace concentric::demo {
namespace {

using milliseconds::minute;

// Months and days as one number: 1001 is the first of October.
struct Stretch {
    int from, to;
};
constexpr Stretch holidays[]{{121, 216}, {404, 406}, {501, 505}, {706, 831}, {1001, 1007}};
constexpr Stretch summer{708, 825};

bool lies_in(Day day, Stretch stretch)
{
    auto const number = static_cast<int>(day.month() * 100 + day.day());
    return stretch.from <= number && number <= stretch.to;
}

bool suits(Day day, When when)
{
    switch (when) {
    case When::school_hours:
    case When::morning: return is_term_time(day) && !is_weekend(day);
    case When::evening:
    case When::home: return is_term_time(day);
    case When::weekend: return is_weekend(day) && is_term_time(day);
    case When::summer: break;
    }
    return lies_in(day, summer);
}

Stretch hours(When when, bool at_weekend)
{
    switch (when) {
    case When::morning: return {7 * 60 + 10, 7 * 60 + 40};
    case When::evening: return {19 * 60, 21 * 60 + 30};
    case When::home: return at_weekend ? Stretch{9 * 60 + 30, 17 * 60} : Stretch{18 * 60 + 20, 20 * 60 + 30};
    case When::weekend:
    case When::summer: return {9 * 60, 15 * 60};
    case When::school_hours: break;
    }
    return {9 * 60, 16 * 60};
}

} // namespace

bool is_term_time(Day day)
{
    return std::none_of(std::begin(holidays), std::end(holidays), [&](Stretch holiday) { return lies_in(day, holiday); });
}

bool is_weekend(Day day)
{
    auto const weekday = (days_since_1970(day) + 4) % 7; // 1 January 1970 was a Thursday
    return weekday == 0 || weekday == 6;
}

Instant a_moment(Random& random, Span span, When when)
{
    constexpr int tries = 24;
    auto const first = days_since_1970(span.from), last = days_since_1970(span.to);
    auto day = span.from;
    for (int i = 0; i < tries && (i == 0 || !suits(day, when)); ++i)
        day = day_from(random.between(first, last));
    auto const [from, to] = hours(when, is_weekend(day));
    auto const of_day = random.between(from / 5, to / 5) * 5; // people write down full five minutes
    return {start_of(day).milliseconds + of_day * minute};
}

std::optional<Span> common(Span one, Span other)
{
    Span const both{std::max(one.from, other.from), std::min(one.to, other.to)};
    return both.from <= both.to ? std::optional(both) : std::nullopt;
}

} // namespace concentric::demo
