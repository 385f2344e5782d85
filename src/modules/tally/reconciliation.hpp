#pragma once

#include "modules/tally/store.hpp"
#include "modules/tally/tally.hpp"

// Brings what is stored to what was computed anew, or tells how it differs. Both are walked once, side by side, in the order of the
// key; what is right already is left alone.
namespace concentric::tally {

// The rows that a table should hold, in the order of its key, without those that say nothing. Each call fills in the next portion;
// false at the end.
template <class Row> using Portions = std::function<bool(std::vector<Row>&)>;
// Begins the portions from the start: where most rows differ, they are loaded anew instead of corrected one by one.
template <class Row> using Computed = std::function<Portions<Row>()>;

class Reconciliation {
public:
    Reconciliation(db::Connection& db, std::int64_t county, Rebuild how, Rebuilt& report)
        : db_(db), county_(county), how_(how), report_(report)
    {
    }

    void run(Computed<TallyRow> const& computed);
    void run(Computed<PointsRow> const& computed);
    void run(Computed<CoverageRow> const& computed);
    void run(Computed<HeadcountRow> const& computed);

private:
    template <class Table> void reconcile(Computed<typename Table::Row> const& computed);
    template <class Table> void check(Computed<typename Table::Row> const& computed);
    template <class Table> void correct(Computed<typename Table::Row> const& computed);
    template <class Table> void load(Computed<typename Table::Row> const& computed);

    db::Connection& db_;
    std::int64_t county_;
    Rebuild how_;
    Rebuilt& report_;
};

} // namespace concentric::tally
