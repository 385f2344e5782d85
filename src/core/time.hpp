#pragma once

#include "core/reflect.hpp"

#include <chrono>
#include <compare>

// Moments and days as the county's people count them: moments in UTC milliseconds, days in China Standard Time.
namespace concentric {

// A moment, in milliseconds since 1970 UTC. RFC 3339 in JSON ("2026-03-05T08:00:00.000+08:00"; any offset is read).
struct Instant {
    std::int64_t milliseconds = 0;
    static reflect::Coding const coding;
    auto operator<=>(Instant const&) const = default;
};

// A calendar day, kept as the number 20260305 so that a table can be read by eye and days sort as numbers. "2026-03-05" in JSON.
struct Day {
    std::int64_t number = 0;
    static reflect::Coding const coding;
    auto operator<=>(Day const&) const = default;

    int year() const { return static_cast<int>(number / 10000); }
    unsigned month() const { return static_cast<unsigned>(number / 100 % 100); }
    unsigned day() const { return static_cast<unsigned>(number % 100); }
};

// Before and after everything that the platform can hold.
inline constexpr Day earliest_day{19000101};
inline constexpr Day latest_day{99991231};

// Lengths of time, in milliseconds.
namespace milliseconds {
inline constexpr std::int64_t second = 1000;
inline constexpr std::int64_t minute = 60 * second;
inline constexpr std::int64_t hour = 60 * minute;
inline constexpr std::int64_t day = 24 * hour; // in China none is shorter or longer
} // namespace milliseconds

Day day_of(int year, unsigned month, unsigned day);
bool is_real(int year, unsigned month, unsigned day);
std::int64_t days_since_1970(Day day);
Day day_from(std::int64_t days_since_1970);
Day plus_days(Day day, std::int64_t days);
// The same day of the month `months` later, or that month's last day where it has no such day.
Day plus_months(Day day, int months);

// China Standard Time is UTC+8 without summer time since 1992 (GB/T 7408 writes +08:00).
Day day_at(Instant moment);
Instant start_of(Day day);

std::string text_of(Day day);
std::string text_of(Instant moment);
std::optional<Day> parse_day(std::string_view text);

// Where the present comes from: the machine, or a test's own hand.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const;
};

} // namespace concentric
