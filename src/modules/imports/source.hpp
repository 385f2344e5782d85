#pragma once

#include "core/fields.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// A file that somebody brought: its sheets, and what their columns mean.
namespace concentric::imports {

// What a column can mean. `headings` are what people write above it besides the name; case, blanks and brackets aside.
struct Field {
    std::string field;
    Words name;
    bool required = false;
    std::vector<std::string> headings;
    Words hint;
    std::vector<std::string> examples; // for the template, one for each example row
    bool is_in_template = true; // false: another way in which people say what other fields say
};

// What the rows of a sheet can be. Importers read a cell by the place of its field in this list.
struct SheetKind {
    std::string kind;
    Words name;
    std::vector<Field> fields;
};

struct Cell {
    std::string_view text; // without blanks at both ends
    bool digits_lost = false; // went through a spreadsheet's number: the last digits of a long number are gone
};

// Where a cell stands in the file that was brought, where that is not the row's own file and line: formats of several tables, such
// as OneRoster, say in one what belongs to the rows of another.
struct CellPlace {
    std::uint16_t file = 0; // from Workbook::add_file; 0: no other place
    std::uint16_t column = 0; // from 0
    std::uint32_t row = 0;
};

// What was found wrong in a file before its rows were made, at a place that became no row.
struct SourceFault {
    std::string file, kind; // the kind of sheet that it is counted with
    std::int64_t row = 0;
    std::string column, code;
    Words words;
    std::string found;
    bool is_warning = false;
};

// A file as it was read: all cells of all sheets, kept close together.
class Workbook {
public:
    // Throws lib::SheetError.
    explicit Workbook(std::string_view bytes);

    // An empty one, for a reader of another format, which adds what it makes of it: the file's parts by name, then each sheet with
    // its rows.
    Workbook() = default;
    std::uint16_t add_file(std::string name);
    void add_sheet(std::string name);
    void add_row(std::int64_t number, std::uint16_t file);
    void add_cell(std::string_view text, CellPlace place = {});
    std::vector<SourceFault> faults;
    bool is_partial = false; // tells of changes only: who is not in it has not left

    struct Row {
        std::int64_t number = 0; // from 1, as the spreadsheet program shows it
        std::size_t first = 0, cells = 0;
        std::uint16_t file = 0; // 0: the sheet itself
    };
    struct Sheet {
        std::string name;
        std::vector<Row> rows;
    };

    std::vector<Sheet> const& sheets() const { return sheets_; }
    // Empty where the row has no such column.
    Cell cell(Row const& row, std::size_t column) const;
    // "D", or "users.csv!D12" for what stands elsewhere.
    std::string place(Row const& row, std::size_t column) const;
    std::string_view file_of(Row const& row, Sheet const& sheet) const { return row.file ? files_[row.file - 1U] : sheet.name; }

private:
    struct Stored {
        std::uint32_t at = 0, size = 0;
        bool digits_lost = false;
        CellPlace place{};
    };
    std::vector<Sheet> sheets_;
    std::vector<std::string> files_;
    std::vector<Stored> cells_;
    std::string texts_;
};

// The rows below the headings of one sheet, read by field.
class Table {
public:
    // `columns[field]` is the column of that field, or `none`.
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    Table(Workbook const& workbook, std::size_t sheet, SheetKind const& kind, std::int64_t header_row,
        std::vector<std::size_t> columns);

    std::string_view sheet_name() const { return workbook_->sheets()[sheet_].name; }
    // The file of a row, where the sheet was made from several.
    std::string_view file_name(std::size_t row) const { return workbook_->file_of(row_at(row), workbook_->sheets()[sheet_]); }
    SheetKind const& kind() const { return *kind_; }
    std::size_t size() const { return last_ - first_; }
    std::int64_t number(std::size_t row) const { return row_at(row).number; }
    bool has(std::size_t field) const { return columns_[field] != none; }
    Cell at(std::size_t row, std::size_t field) const
    {
        return has(field) ? workbook_->cell(row_at(row), columns_[field]) : Cell{};
    }
    // "A", "AB", or "users.csv!D12" for what stands in another file than the row; empty when no column has this field.
    std::string place(std::size_t row, std::size_t field) const
    {
        return has(field) ? workbook_->place(row_at(row), columns_[field]) : std::string();
    }

private:
    Workbook::Row const& row_at(std::size_t row) const { return workbook_->sheets()[sheet_].rows[first_ + row]; }

    Workbook const* workbook_;
    std::size_t sheet_;
    SheetKind const* kind_;
    std::vector<std::size_t> columns_;
    std::size_t first_ = 0, last_ = 0;
};

// What an importer is given.
struct Source {
    ImportId import;
    std::string path; // everything has to lie in this organisation, at or below it
    bool may_make_organisations = false; // what the person who asked for it may do besides
    bool may_give_posts = false;
    bool is_partial = false; // the file tells of changes only
    std::vector<Table> tables; // in the order of the sheet kinds
};

std::string column_name(std::size_t column); // from 0: "A"

} // namespace concentric::imports
