#include "modules/activities/presence.hpp"

#include <algorithm>

namespace concentric::activities {

std::vector<Stretch> stretches_within(std::vector<Stretch> stretches, Stretch event)
{
    for (auto& each : stretches)
        each = {std::max(each.from, event.from), std::min(each.until, event.until)};
    return ledger::united(std::move(stretches));
}

std::int64_t time_within(std::vector<Stretch> stretches, Stretch event)
{
    return ledger::length_of(stretches_within(std::move(stretches), event));
}

std::int64_t minutes_within(std::vector<Stretch> stretches, Stretch event)
{
    return (time_within(std::move(stretches), event) + 30'000) / 60'000;
}

} // namespace concentric::activities
