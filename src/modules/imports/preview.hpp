#pragma once

#include "modules/imports/source.hpp"

#include <map>
#include <optional>

// What an import would do, row by row: shown before it is applied, and the report afterwards.
namespace concentric::imports {

enum class Action { add, change, move, leave, fault };
BOOST_DESCRIBE_ENUM(Action, add, change, move, leave, fault)

// A field that differs between the file and the database. Numbers of people are masked by whoever fills this in.
struct Change {
    std::string field;
    std::string zh, en; // the field's name
    std::optional<std::string> before, after;
    bool kept_by_hand = false; // somebody changed it by hand: the file does not overwrite it
};
BOOST_DESCRIBE_STRUCT(Change, (), (field, zh, en, before, after, kept_by_hand))

// A fault leaves the row out; a warning only leaves the cell out, or asks to look again.
struct Fault {
    std::optional<std::string> column, field;
    std::string code;
    std::string zh, en;
    std::optional<std::string> found;
    bool is_warning = false;
};
BOOST_DESCRIBE_STRUCT(Fault, (), (column, field, code, zh, en, found, is_warning))

// What becomes of one row. A row with a fault that is no warning has the action `fault`.
struct Finding {
    Action action = Action::leave;
    std::string title; // whom or what it is about
    Words detail;
    std::vector<Change> changes;
    std::vector<Fault> faults;

    bool is_faulty() const;
};

struct KindCounts {
    std::string kind;
    std::int64_t added = 0, changed = 0, moved = 0, left = 0, faulty = 0, warnings = 0;
};
BOOST_DESCRIBE_STRUCT(KindCounts, (), (kind, added, changed, moved, left, faulty, warnings))

struct FaultCount {
    std::string code;
    std::string zh, en;
    std::int64_t count = 0;
    bool is_warning = false;
};
BOOST_DESCRIBE_STRUCT(FaultCount, (), (code, zh, en, count, is_warning))

struct Counts {
    std::vector<KindCounts> kinds;
    std::vector<FaultCount> faults;
};
BOOST_DESCRIBE_STRUCT(Counts, (), (kinds, faults))

// A row of the preview as it is stored, one line of JSON each.
struct PreviewRow {
    std::int64_t number = 0;
    std::string sheet, kind;
    std::int64_t row = 0;
    Action action = Action::leave;
    std::string title;
    std::string detail_zh, detail_en;
    std::vector<Change> changes;
    std::vector<Fault> faults;
};
BOOST_DESCRIBE_STRUCT(PreviewRow, (), (number, sheet, kind, row, action, title, detail_zh, detail_en, changes, faults))

class Preview {
public:
    void add(Table const& table, std::size_t row, Finding finding);
    // What was found wrong before there were rows.
    void add(SourceFault const& fault);
    // Something to know that stands in no row of the file; it is counted as a warning only.
    void add_hint(Table const& table, Finding finding);
    Counts counts() const;
    // All rows, each in a line of its own.
    std::string const& text() const { return text_; }

private:
    KindCounts& counts_of(std::string const& kind);
    void count(KindCounts& counts, Finding const& finding);
    void write(std::string_view sheet, std::string const& kind, std::int64_t row, Finding finding);

    std::string text_;
    std::int64_t rows_ = 0;
    std::vector<KindCounts> kinds_;
    std::map<std::tuple<bool, std::string, std::string>, FaultCount> faults_; // warnings last, by code and words
};

// Walks the lines of a stored preview that fit.
struct RowFilter {
    std::optional<Action> action;
    std::string sheet, q; // empty for all
};
class PreviewReader {
public:
    explicit PreviewReader(std::string_view text, std::size_t at = 0) : text_(text), at_(at) { }
    std::optional<PreviewRow> next(RowFilter const& filter);
    std::size_t at() const { return at_; } // where the next line begins

private:
    std::string_view text_;
    std::size_t at_;
};

} // namespace concentric::imports
