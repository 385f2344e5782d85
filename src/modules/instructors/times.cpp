#include "modules/instructors/times.hpp"

#include "modules/activities/announcing.hpp"

#include <algorithm>

namespace concentric::instructors {
namespace {

constexpr std::int64_t day_minutes = 24 * 60;

Stretch on(Day day, WindowRow const& window)
{
    auto const start = start_of(day).milliseconds;
    return {{start + window.from_minute * minute}, {start + window.until_minute * minute}};
}

std::vector<Stretch> without(std::vector<Stretch> const& stretches, Stretch gone)
{
    std::vector<Stretch> left;
    for (auto const& one : stretches) {
        if (gone.until <= one.from || gone.from >= one.until) {
            left.push_back(one);
            continue;
        }
        if (one.from < gone.from)
            left.push_back({one.from, gone.from});
        if (gone.until < one.until)
            left.push_back({gone.until, one.until});
    }
    return left;
}

// Those that touch or overlap become one.
std::vector<Stretch> joined(std::vector<Stretch> stretches)
{
    std::ranges::sort(stretches, {}, &Stretch::from);
    std::vector<Stretch> whole;
    for (auto const& one : stretches) {
        if (!whole.empty() && one.from <= whole.back().until)
            whole.back().until = std::max(whole.back().until, one.until);
        else
            whole.push_back(one);
    }
    return whole;
}

struct TakenRow {
    Instant starts_at, ends_at;
};
BOOST_DESCRIBE_STRUCT(TakenRow, (), (starts_at, ends_at))

} // namespace

std::int64_t weekday_of(Day day) { return (days_since_1970(day) + 3) % 7 + 1; }

std::vector<Stretch> free_on(std::vector<WindowRow> const& windows, Day day)
{
    std::vector<Stretch> free;
    for (auto const& window : windows)
        if (!window.is_away && (window.day == day || window.weekday == weekday_of(day)))
            free.push_back(on(day, window));
    if (std::ranges::all_of(windows, &WindowRow::is_away))
        free.push_back({start_of(day), {start_of(day).milliseconds + day_minutes * minute}});
    free = joined(std::move(free));
    for (auto const& window : windows)
        if (window.is_away && window.day == day)
            free = without(free, on(day, window));
    return free;
}

std::vector<Stretch> free_between(
    std::vector<WindowRow> const& windows, std::vector<Stretch> const& taken, Instant from, std::int64_t days, std::int64_t minutes)
{
    std::vector<Stretch> all;
    for (std::int64_t i = 0; i < days; ++i) {
        auto free = without(free_on(windows, plus_days(day_at(from), i)), {Instant{0}, from});
        for (auto const& one : taken)
            free = without(free, one);
        for (auto const& one : free)
            if (one.until.milliseconds - one.from.milliseconds >= minutes * minute)
                all.push_back(one);
    }
    return all;
}

bool is_free(std::vector<WindowRow> const& windows, Stretch time)
{
    return std::ranges::any_of(
        free_on(windows, day_at(time.from)), [&](auto const& free) { return free.from <= time.from && time.until <= free.until; });
}

std::vector<WindowRow> windows_of(Call& call, PersonId person)
{
    return call.db.rows<WindowRow>(
        "SELECT * FROM instructor_windows WHERE county = $1 AND person = $2 ORDER BY number", call.county, person);
}

std::vector<Stretch> taken_of(Call& call, PersonId person, Instant from)
{
    auto taken = activities::led_by(call, person, from);
    for (auto const& row :
        call.db.rows<TakenRow>("SELECT starts_at, ends_at FROM instructor_bookings WHERE county = $1 AND instructor = $2 AND "
                               "state = 'accepted' AND ends_at > $3",
            call.county, person, from))
        taken.push_back({row.starts_at, row.ends_at});
    return taken;
}

bool is_taken(Call& call, PersonId person, Stretch time, BookingId except, ActivityId except_event)
{
    auto const booked
        = call.db.value<bool>("SELECT TRUE AS value FROM instructor_bookings WHERE county = $1 AND instructor = $2 AND starts_at < "
                              "$4 AND ends_at > $3 AND state = 'accepted' AND id <> $5",
            call.county, person, time.from, time.until, except);
    if (booked)
        return true;
    return std::ranges::any_of(
        activities::led_by(call, person, time.from, except_event), [&](auto const& led) { return led.from < time.until; });
}

} // namespace concentric::instructors
