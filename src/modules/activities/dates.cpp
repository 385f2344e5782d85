#include "modules/activities/dates.hpp"

#include "modules/directory/happenings.hpp"
#include "modules/plan/plans.hpp"

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

// Of the county's plans: a school's own sets no terms for others.
std::vector<plan::Term> terms_of(Call& call)
{
    std::vector<plan::Term> terms;
    for (auto const& plan : plan::in_force(call))
        if (!plan->unit)
            terms.insert(terms.end(), plan->plan.terms.begin(), plan->plan.terms.end());
    return terms;
}

// Between two terms; before the first one and after the last one nothing is known.
bool is_vacation(std::vector<plan::Term> const& terms, Day day)
{
    bool const is_known = std::ranges::any_of(terms, [&](auto const& term) { return term.to < day; })
        && std::ranges::any_of(terms, [&](auto const& term) { return term.from > day; });
    return is_known && std::ranges::none_of(terms, [&](auto const& term) { return term.from <= day && day <= term.to; });
}

} // namespace

ProposedDates propose_dates(Call& call, AskDates const& input)
{
    auto times = occurrences({input.starts_at, input.ends_at}, input.every, input.until);
    ProposedDates dates;
    dates.is_too_many = times.size() > most_occurrences;
    times.resize(std::min(times.size(), most_occurrences));
    auto const days = days_between(call, times.front().from, {times.back().until.milliseconds + 1});
    auto const terms = terms_of(call);
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
        else if (!date.holiday && is_vacation(terms, date.day))
            date.holiday = call.say({"假期", "Vacation"});
    }
    return dates;
}

} // namespace concentric::activities
