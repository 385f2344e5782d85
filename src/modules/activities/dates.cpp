#include "modules/activities/dates.hpp"

#include "modules/directory/happenings.hpp"

#include <algorithm>

namespace concentric::activities {
namespace {

using directory::Happening;
using directory::HappeningKind;

std::vector<Happening> days_between(Call& call, Instant from, Instant until)
{
    std::vector<Happening> items;
    call.events.publish(call, directory::HappeningsAsked{{call.viewer.person.value}, from, until, false, &items});
    return items;
}

} // namespace

ProposedDates propose_dates(Call& call, AskDates const& input)
{
    auto times = occurrences({input.starts_at, input.ends_at}, input.every, input.until);
    ProposedDates dates;
    dates.is_too_many = times.size() > most_occurrences;
    times.resize(std::min(times.size(), most_occurrences));
    auto const days = days_between(call, times.front().from, {times.back().until.milliseconds + 1});
    for (auto const& time : times) {
        auto& date = dates.items.emplace_back();
        date.day = day_at(time.from);
        bool is_worked = false;
        for (auto const& day : days) {
            if (day.from >= time.until || day.until <= time.from)
                continue;
            is_worked = is_worked || day.kind == HappeningKind::working_day;
            if (day.kind == HappeningKind::holiday || day.kind == HappeningKind::day_off)
                date.holiday = day.title;
        }
        if (is_worked)
            date.holiday.reset();
    }
    return dates;
}

} // namespace concentric::activities
