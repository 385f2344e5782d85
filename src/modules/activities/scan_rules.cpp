#include "modules/activities/scan_rules.hpp"

#include <algorithm>

namespace concentric::activities {

SettledScans settle(std::span<ScanFact const> facts, CheckType type, Instant end)
{
    SettledScans settled;
    bool is_inside = false;
    auto const outcome_of = [&](ScanFact const& fact) {
        if (fact.is_undone)
            return ScanOutcome::undone;
        bool const comes = fact.direction == Direction::in;
        if (!comes && type == CheckType::once)
            return ScanOutcome::unmatched;
        if (comes == is_inside)
            return comes ? ScanOutcome::repeated : ScanOutcome::unmatched;
        is_inside = comes;
        if (comes)
            settled.stretches.push_back({fact.at, std::max(fact.at, end)});
        else
            settled.stretches.back().until = fact.at;
        return ScanOutcome::counted;
    };
    for (auto const& fact : facts)
        settled.outcomes.push_back(outcome_of(fact));
    settled.lacks_out = is_inside && type == CheckType::in_out;
    return settled;
}

} // namespace concentric::activities
