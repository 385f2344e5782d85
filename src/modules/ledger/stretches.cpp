#include "modules/ledger/stretches.hpp"

#include <algorithm>

namespace concentric::ledger {

std::vector<Stretch> united(std::vector<Stretch> stretches)
{
    std::erase_if(stretches, [](Stretch const& each) { return each.until <= each.from; });
    std::ranges::sort(stretches, {}, &Stretch::from);
    std::vector<Stretch> all;
    for (auto const& each : stretches)
        if (!all.empty() && each.from <= all.back().until)
            all.back().until = std::max(all.back().until, each.until);
        else
            all.push_back(each);
    return all;
}

std::vector<Stretch> without(std::vector<Stretch> const& whole, std::vector<Stretch> const& taken)
{
    std::vector<Stretch> rest;
    auto next = taken.begin();
    for (auto each : whole) {
        while (next != taken.end() && next->until <= each.from)
            ++next;
        for (auto at = next; at != taken.end() && at->from < each.until; ++at) {
            if (each.from < at->from)
                rest.push_back({each.from, at->from});
            each.from = std::min(at->until, each.until);
        }
        if (each.from < each.until)
            rest.push_back(each);
    }
    return rest;
}

std::int64_t length_of(std::vector<Stretch> const& stretches)
{
    std::int64_t sum = 0;
    for (auto const& each : stretches)
        sum += each.until.milliseconds - each.from.milliseconds;
    return sum;
}

std::int64_t shared_by(Stretch const& one, Stretch const& other)
{
    return std::max<std::int64_t>(std::min(one.until, other.until).milliseconds - std::max(one.from, other.from).milliseconds, 0);
}

} // namespace concentric::ledger
