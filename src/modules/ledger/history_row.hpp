#pragma once

#include "modules/directory/history_lookup.hpp"
#include "modules/directory/roster_cells.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/ledger/history_fields.hpp"
#include "modules/ledger/history_kinds.hpp"
#include "modules/ledger/history_values.hpp"
#include "modules/plan/plans.hpp"

// Turns a row of a table of past activities into a fact of the ledger, or says all that is wrong with it.
namespace concentric::ledger {

// What all rows of an import are compared with.
struct HistoryWork {
    HistoryWork(Call& call, std::string const& path);
    std::int64_t credit_hour_minutes(Day on) const;

    Call& call;
    directory::HistoryLookup lookup;
    KindWords kinds;
    std::vector<std::shared_ptr<plan::InForce const>> plans;
};

class HistoryRow {
public:
    HistoryRow(HistoryWork& work, imports::Table const& table, std::size_t row, imports::Finding& finding);

    // The fact without its source; nothing where the finding has a fault.
    std::optional<NewEntry> read();

private:
    void read_moment();
    void read_time();
    void read_kind();
    void read_unit();
    void read_class();
    void read_people();
    void read_student();
    void read_carer();
    void read_staff();
    void read_resource();
    void read_minutes();
    void read_count();
    void read_note();
    void describe();

    bool names_student() const;
    bool names_family() const;
    bool is_done_by_staff() const;
    bool fits(std::size_t field, directory::Fit fit, Words const& unknown);
    std::string number(std::size_t field);
    directory::Fit in_places(directory::Stays const& people, std::string_view name) const;
    void settle_student(PersonId student);
    double minutes_of(AmountUnit unit) const;
    std::optional<std::int64_t> minutes_in(std::size_t field, AmountUnit usual);
    bool refuse_unknown(std::size_t field, directory::UnitAnswer const& answer);

    HistoryWork& work_;
    imports::Table const& table_;
    std::size_t at_;
    imports::Finding& finding_;
    directory::RowReader row_;

    NewEntry entry_;
    Day day_;
    plan::EntryKind const* kind_ = nullptr;
    directory::Unit const* organisation_ = nullptr;
    std::vector<directory::Unit const*> classes_; // that the row can mean
    std::int64_t minutes_between_times_ = 0;
    std::string who_; // for the title
};

} // namespace concentric::ledger
