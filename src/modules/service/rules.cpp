#include "modules/service/rules.hpp"

#include <algorithm>

namespace concentric::service {

Stretch const* overlapping(Stretch time, std::span<Stretch const> others)
{
    auto const found
        = std::ranges::find_if(others, [&](auto const& other) { return other.from < time.until && time.from < other.until; });
    return found == others.end() ? nullptr : &*found;
}

std::int64_t age_on(Day birth, Day day)
{
    bool const had_birthday = day.number % 10'000 >= birth.number % 10'000;
    return day.year() - birth.year() - (had_birthday ? 0 : 1);
}

bool is_for(OfferRow const& offer, std::optional<Day> birth, Day day)
{
    if (!birth)
        return true;
    auto const age = age_on(*birth, day);
    return offer.age_from <= age && age <= offer.age_to;
}

RatingSummary summary_of(std::int64_t count, std::int64_t stars)
{
    if (count < fewest_ratings)
        return {count, std::nullopt};
    return {count, static_cast<double>(stars) / static_cast<double>(count)};
}

Day next_after(ReminderRow const& reminder, Day today)
{
    if (reminder.every_days == 0)
        return {};
    auto next = reminder.next_day;
    while (next <= today)
        next = plus_days(next, reminder.every_days);
    return next <= reminder.due_day ? next : Day{};
}

} // namespace concentric::service
