#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

// Reads the tables that schools send, XLSX and CSV as Excel, WPS and other systems make them, row by row.
namespace concentric::lib {

struct Cell {
    enum class Kind { text, number, date, boolean };

    // UTF-8 without blanks at both ends. Numbers are written in full (510164201503121000), dates as 2015-03-12,
    // 2015-03-12 08:30:00 or 08:30:00, booleans as TRUE and FALSE. Empty where the file has nothing.
    std::string text;
    Kind kind = Kind::text;
    // The value went through a spreadsheet's number, which keeps 15 digits: an identity number is not to be trusted.
    bool digits_lost = false;
};

// Holds only during the call that it is handed to.
struct Row {
    std::size_t sheet; // from 0, in the order of the workbook
    std::string_view sheet_name; // empty for CSV
    std::size_t number; // from 1, as the spreadsheet program shows it
    std::span<Cell const> cells; // up to the last one that is not empty
};

struct Limits {
    std::size_t bytes = 256U << 20; // of everything unpacked or decoded
    std::size_t rows = 300'000; // that are not empty, in all sheets together
    std::size_t columns = 200;
    std::size_t sheets = 200;
};

// Why a file cannot be read, in words for the person who sent it.
struct SheetError : std::runtime_error {
    enum class Fault { not_a_workbook, damaged, locked, too_large };

    SheetError(Fault why, std::string chinese, std::string english);

    Fault fault;
    std::string zh;
    std::string en;
    std::string detail{}; // of what is damaged, the place
};

// Hands over every row that is not empty, also hidden ones, in the order of the file. The type is found by content, never by
// name: XLSX, or text parted by commas, semicolons or tabs in UTF-8, UTF-16 with a byte order mark, or GB18030.
// Throws SheetError; what `on_row` throws comes out unchanged and ends the reading.
void read_sheets(std::string_view bytes, Limits const& limits, std::function<void(Row const&)> const& on_row);

} // namespace concentric::lib
