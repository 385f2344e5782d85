#include "modules/activities/presence.hpp"

#include <algorithm>

namespace concentric::activities {

std::int64_t time_within(std::vector<Stretch> stretches, Stretch event)
{
    std::ranges::sort(stretches, {}, &Stretch::from);
    std::int64_t sum = 0;
    auto counted_until = event.from;
    for (auto const& stretch : stretches) {
        auto const from = std::max(stretch.from, counted_until);
        auto const until = std::min(stretch.until, event.until);
        if (until <= from)
            continue;
        sum += until.milliseconds - from.milliseconds;
        counted_until = until;
    }
    return sum;
}

std::int64_t minutes_within(std::vector<Stretch> stretches, Stretch event)
{
    return (time_within(std::move(stretches), event) + 30'000) / 60'000;
}

} // namespace concentric::activities
