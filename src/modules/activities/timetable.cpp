#include "modules/activities/timetable.hpp"

namespace concentric::activities {

std::vector<Stretch> occurrences(Stretch first, Every every, Day until)
{
    std::vector<Stretch> all{first};
    auto const day = day_at(first.from);
    auto const hour = first.from.milliseconds - start_of(day).milliseconds;
    auto const length = first.until.milliseconds - first.from.milliseconds;
    for (int i = 1; all.size() <= most_occurrences; ++i) {
        auto const next = every == Every::week ? plus_days(day, 7 * i) : plus_months(day, i);
        if (next > until)
            break;
        auto const from = start_of(next).milliseconds + hour;
        all.push_back({{from}, {from + length}});
    }
    return all;
}

std::vector<Stretch> slots_in(Stretch whole, std::int64_t minutes)
{
    std::vector<Stretch> all;
    auto const length = minutes * 60'000;
    for (auto at = whole.from.milliseconds; length > 0 && at + length <= whole.until.milliseconds; at += length)
        all.push_back({{at}, {at + length}});
    return all;
}

} // namespace concentric::activities
