#include "lib/suppression.hpp"

#include <algorithm>
#include <numeric>

namespace concentric::lib {
namespace {

bool is_small(std::int64_t count, std::int64_t threshold) { return count > 0 && count < threshold; }

bool is_sensitive(CountedUnit const& unit, std::int64_t threshold)
{
    return is_small(unit.total, threshold) || is_small(unit.covered, threshold) || is_small(unit.excused, threshold)
        || is_small(unit.total - unit.covered - unit.excused, threshold) || is_small(unit.total - unit.covered, threshold);
}

CountedUnit sum_where(std::span<CountedUnit const> units, std::vector<bool> const& blank)
{
    CountedUnit sum;
    for (std::size_t i = 0; i < units.size(); ++i)
        if (blank[i]) {
            sum.total += units[i].total;
            sum.covered += units[i].covered;
            sum.excused += units[i].excused;
        }
    return sum;
}

} // namespace

std::vector<bool> suppressed(std::span<CountedUnit const> units, std::int64_t threshold)
{
    std::vector<bool> blank;
    for (auto const& unit : units)
        blank.push_back(is_sensitive(unit, threshold));
    auto const sum = sum_where(units, std::vector<bool>(units.size(), true));
    if (is_sensitive(sum, threshold))
        return std::vector<bool>(units.size(), true);

    std::vector<std::size_t> by_size(units.size());
    std::iota(by_size.begin(), by_size.end(), 0);
    std::stable_sort(by_size.begin(), by_size.end(), [&](auto one, auto other) { return units[one].total < units[other].total; });
    // What is blank can be worked out as one sum: that sum must not be sensitive, nor be one unit.
    for (auto const next : by_size) {
        auto const count = std::count(blank.begin(), blank.end(), true);
        if (count == 0 || (count > 1 && !is_sensitive(sum_where(units, blank), threshold)))
            break;
        if (units[next].total > 0)
            blank[next] = true;
    }
    return blank;
}

} // namespace concentric::lib
