#pragma once

#include "modules/activities/access.hpp"

// What an event may cost, who pays, and what it cost in the end. Whole fen.
namespace concentric::activities {

using Fen = Within<0, 1'000'000'000>;

struct PlannedBudget {
    Fen planned;
    std::optional<Text<0, 200>> source; // where the money comes from
};
BOOST_DESCRIBE_STRUCT(PlannedBudget, (), (planned, source))

struct BudgetRow {
    std::int64_t county = 0;
    ActivityId activity;
    std::int64_t planned = 0;
    std::string source;
    std::int64_t spent = -1; // nobody said yet
    std::string note;
};
BOOST_DESCRIBE_STRUCT(BudgetRow, (), (county, activity, planned, source, spent, note))

struct BudgetView {
    std::int64_t planned = 0;
    std::string source;
    std::optional<std::int64_t> spent;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(BudgetView, (), (planned, source, spent, note))

struct SaveBudget : PlannedBudget {
    ActivityId id;
    std::optional<Fen> spent; // once the event has begun
    std::optional<Text<0, 500>> note; // vouchers, why it was more
};
BOOST_DESCRIBE_STRUCT(SaveBudget, (PlannedBudget), (id, spent, note))

struct ExportBudgets {
    std::optional<Day> from, to;
};
BOOST_DESCRIBE_STRUCT(ExportBudgets, (), (from, to))

void keep_budget(Call&, ActivityId, PlannedBudget const&);
std::optional<BudgetView> budget_of(Call&, ActivityId);
// 409 for what was spent on an event that has not begun.
BudgetView save_budget(Call&, SaveBudget const&);
// Events with a budget within the viewer's reach, by day, with their sum.
Download export_budgets(Call&, ExportBudgets const&);

} // namespace concentric::activities
