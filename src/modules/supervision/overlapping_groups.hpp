#pragma once

#include "lib/suppression.hpp"
#include "modules/tally/rules.hpp"

// Obligations about overlapping groups of children, such as 留守 and 留守 or 困境: their figures could be subtracted from one
// another.
namespace concentric::supervision {

// Which children of which stage and of which groups an obligation counts.
lib::Parts parts_of(plan::Where const& where);

struct RuleBeside {
    tally::Rule const* rule;
    lib::Parts parts;
    bool counts_alike; // the same entries, the same amounts
};

// Obligations in force about other choices of children than the rule's, which keep their figures where both cannot be shown: those
// that count more groups, as the order of the plan says for equals. One for each choice.
std::vector<RuleBeside> rules_beside(tally::Rules const& rules, tally::Rule const& rule);

} // namespace concentric::supervision
