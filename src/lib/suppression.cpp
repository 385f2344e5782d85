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

// What is blank besides `blank`, so that none of it can be worked out from the rest and the sum.
std::vector<bool> with_complements(std::span<CountedUnit const> units, std::vector<bool> blank, std::int64_t threshold)
{
    for (std::size_t i = 0; i < units.size(); ++i)
        blank[i] = blank[i] || is_sensitive(units[i], threshold);
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

// A way to add tables up: each one 1, 0 or −1 times.
using Factors = std::vector<int>;

// Counts on through all of them; false when there are no more.
bool next(Factors& factors)
{
    for (auto& factor : factors) {
        if (++factor <= 1)
            return true;
        factor = -1;
    }
    return false;
}

// Whether the sum counts some children once and nobody otherwise, so that it is a number of children.
bool counts_children(Parts const& own, int sign, std::span<PartsTable const> others, Factors const& factors)
{
    bool is_empty = true;
    for (std::size_t part = 0; part < own.size(); ++part) {
        int times = own[part] ? sign : 0;
        for (std::size_t i = 0; i < others.size(); ++i)
            times += others[i].parts[part] ? factors[i] : 0;
        if (times < 0 || times > 1)
            return false;
        is_empty = is_empty && times == 0;
    }
    return !is_empty;
}

void add(CountedUnit& to, CountedUnit const& unit, int factor, bool with_kinds)
{
    to.total += factor * unit.total;
    to.covered += with_kinds ? factor * unit.covered : 0;
    to.excused += with_kinds ? factor * unit.excused : 0;
}

std::vector<CountedUnit> sum_of(PartsTable const& own, int sign, std::span<PartsTable const> others, Factors const& factors)
{
    bool with_kinds = true;
    for (std::size_t i = 0; i < others.size(); ++i)
        with_kinds = with_kinds && (factors[i] == 0 || others[i].counts_alike);
    std::vector<CountedUnit> sum(own.units.size());
    for (std::size_t unit = 0; unit < sum.size(); ++unit) {
        add(sum[unit], own.units[unit], sign, with_kinds);
        for (std::size_t i = 0; i < others.size(); ++i)
            add(sum[unit], others[i].units[unit], factors[i], with_kinds);
    }
    return sum;
}

} // namespace

std::vector<bool> suppressed(std::span<CountedUnit const> units, std::int64_t threshold)
{
    return with_complements(units, std::vector<bool>(units.size()), threshold);
}

std::vector<bool> suppressed_beside(PartsTable const& own, std::span<PartsTable const> others, std::int64_t threshold)
{
    if (others.size() > most_tables_beside)
        return std::vector<bool>(own.units.size(), true);
    std::vector<bool> blank(own.units.size());
    Factors factors(others.size(), -1);
    do
        for (int const sign : {1, -1}) {
            if (!counts_children(own.parts, sign, others, factors))
                continue;
            auto const found = suppressed(sum_of(own, sign, others, factors), threshold);
            for (std::size_t i = 0; i < blank.size(); ++i)
                blank[i] = blank[i] || found[i];
        }
    while (next(factors));
    return with_complements(own.units, std::move(blank), threshold);
}

} // namespace concentric::lib
