#pragma once

#include "lib/dates.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

// Writes the tables that people download, for Excel and WPS, such that no text in them can act as a formula.
namespace concentric::lib {

// The rows of a list that are written into one file at most.
inline constexpr std::int64_t longest_sheet = 50'000;

// A cell to be written. Numbers of people and telephones are texts: a spreadsheet keeps 15 digits of a number.
using Value = std::variant<std::monostate, std::string, std::int64_t, double, Date>;

// An XLSX file, written row by row: the memory does not grow with the rows, they wait in an unlinked temporary file.
// Every function throws std::runtime_error where the disk is full or a limit of the format (1,048,576 rows, 16,384 columns) is
// reached.
class WorkbookWriter {
public:
    WorkbookWriter();
    ~WorkbookWriter();
    WorkbookWriter(WorkbookWriter const&) = delete;
    WorkbookWriter& operator=(WorkbookWriter const&) = delete;

    // Begins a sheet with a bold, frozen row of headings that can be filtered. What a tab cannot be named is mended: forbidden
    // characters, more than 31, a name that is there already.
    void add_sheet(std::string_view name, std::span<std::string const> headings);

    // Texts of more than 32,767 characters end in "…". Needs a sheet.
    void add_row(std::span<Value const> cells);
    void add_row(std::initializer_list<Value> cells) { add_row(std::span(cells.begin(), cells.size())); }

    // The file's bytes; the writer is used up. A workbook needs at least one sheet.
    std::string finish();

private:
    class File;

    void end_sheet();
    void write(std::uint32_t row, std::uint16_t column, Value const& value, lxw_format* format = nullptr);
    void widen(std::size_t column, std::size_t width);
    std::string tab_name(std::string_view wanted);

    std::unique_ptr<File> file_;
    std::unique_ptr<lxw_workbook, void (*)(lxw_workbook*)> workbook_;
    lxw_format* heading_format_;
    lxw_format* day_format_;
    lxw_format* moment_format_;
    lxw_worksheet* sheet_ = nullptr;
    std::uint32_t next_row_ = 0;
    std::vector<std::size_t> widths_; // of each column, in half-width characters
    std::set<std::string> tab_names_; // in lower case
};

// The same rows as CSV in UTF-8 with byte order mark and CRLF, which Excel opens by a double click. A text that a spreadsheet
// program would run as a formula gets an apostrophe in front, which read_sheets takes off again.
std::string write_csv(std::span<std::string const> headings, std::span<std::vector<Value> const> rows);

// One line of it, for tables that are sent while they are made; the first has to follow `csv_byte_order_mark`.
inline constexpr std::string_view csv_byte_order_mark = "\xEF\xBB\xBF";
void append_csv_row(std::string& csv, std::span<Value const> cells);

} // namespace concentric::lib
