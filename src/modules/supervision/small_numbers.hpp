#pragma once

#include "modules/supervision/overlapping_groups.hpp"
#include "modules/supervision/scope.hpp"

// Figures about children in need are left blank where so few stand behind them that a child could be recognised. Whoever may open
// files sees all of them.
// Source: GB/T 37964-2019; the guards of the mission: no small numbers of children in need, also not by subtracting.
namespace concentric::supervision {

inline constexpr std::int64_t smallest_shown = 5; // children

class SmallNumbers {
public:
    SmallNumbers(Call& call, tally::Rule const& rule);

    // Whether the obligation is about pupils of groups and the viewer may not open files; else nothing is blank.
    bool are_guarded() const { return are_guarded_; }
    // Whether an organisation's figure stays blank: it does in the table of its neighbours, or that of one above it, by itself or
    // beside another obligation's. The answer is the same for every viewer, so that two of them cannot put their tables together.
    bool is_blank(directory::OrganisationRef const& organisation, plan::Period const& period);
    // The organisations directly below one.
    std::map<std::int64_t, bool> blanks_below(directory::OrganisationRef const& organisation, plan::Period const& period);

private:
    std::vector<bool> blanks(std::vector<std::int64_t> const& units, plan::Period const& period);

    Call& call_;
    tally::Rule const& rule_;
    bool are_guarded_;
    std::shared_ptr<tally::Rules const> rules_; // that those beside are of
    std::vector<RuleBeside> beside_;
};

} // namespace concentric::supervision
