#pragma once

#include "modules/ledger/entries.hpp"
#include "modules/tally/store.hpp"

// A person's points as a statement of account: what stands in the books, and which entry brought what.
namespace concentric::tally {

// What one rule gave in one period of its cap; amounts in hundredths of a point.
struct PointsTotal {
    PointsRule const* rule = nullptr;
    Day period; // the first day of the cap's period, or the day itself where nothing caps
    Words period_title; // empty without a cap
    std::int64_t worth = 0, counted = 0; // before and after the cap, as the tally keeps them
};

// One entry under one rule. Its lines add up to the total of their rule and period.
struct PointsLine {
    PointsRule const* rule = nullptr;
    Day period;
    ledger::Entry entry;
    std::int64_t worth = 0; // what it would bring without a cap, hundredths; negative for a reversal
    std::int64_t counted = 0; // what of it the cap left; entries count in the order in which they happened
};

struct PointsAccount {
    std::shared_ptr<Rules const> rules; // owns what the others point into
    std::vector<PointsTotal> totals; // the latest period first
    std::vector<PointsLine> lines; // the latest first
};

// Of a carer or a member of staff, by the plans in force.
PointsAccount points_account(Call&, SubjectKind, PersonId);

} // namespace concentric::tally
