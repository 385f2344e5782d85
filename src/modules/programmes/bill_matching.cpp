#include "modules/programmes/bill_matching.hpp"

#include <algorithm>
#include <map>

namespace concentric::programmes {
namespace {

using Key = std::pair<BillKind, std::string>;

// One payment or refund: a refund stands in the bill of the day on which it was asked for and, once it is done, perhaps in another.
std::map<Key, Billed> newest_of_each(std::span<Billed const> billed)
{
    std::map<Key, Billed> newest;
    for (auto const& one : billed) {
        auto& kept = newest[{one.line.kind, one.line.number}];
        bool const counts = !kept.line.is_settled || one.line.is_settled;
        if (kept.day.number == 0 || (counts && kept.day < one.day))
            kept = one;
    }
    return newest;
}

std::optional<BillFault> fault_between(Billed const& billed, Kept const* kept)
{
    if (!kept)
        return BillFault::missing_here;
    if (billed.line.amount != kept->amount)
        return BillFault::amount_differs;
    return billed.line.is_settled && !kept->is_settled ? std::optional(BillFault::state_differs) : std::nullopt;
}

bool are_all_there(std::set<Day> const& days, Day from, Day to)
{
    for (auto day = from; day <= to; day = plus_days(day, 1))
        if (!days.contains(day))
            return false;
    return true;
}

} // namespace

std::vector<Mismatch> mismatches(std::span<Billed const> billed, std::span<Kept const> kept, std::set<Day> const& days)
{
    std::map<Key, Kept const*> ours;
    for (auto const& one : kept)
        ours[{one.kind, one.number}] = &one;
    auto const theirs = newest_of_each(billed);
    std::vector<Mismatch> found;
    for (auto const& [key, one] : theirs) {
        auto const own = ours.find(key);
        auto const* const counterpart = own == ours.end() ? nullptr : own->second;
        if (auto const fault = fault_between(one, counterpart))
            found.push_back({*fault, key.first, key.second, one.day, one.line.amount,
                counterpart ? std::optional(counterpart->amount) : std::nullopt});
    }
    for (auto const& [key, one] : ours)
        if (one->is_settled && !theirs.contains(key) && are_all_there(days, one->from, one->to))
            found.push_back({BillFault::missing_there, key.first, key.second, one->to, {}, one->amount});
    std::ranges::stable_sort(found, std::less{}, &Mismatch::day);
    return found;
}

} // namespace concentric::programmes
