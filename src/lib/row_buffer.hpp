#pragma once

#include "lib/sheets.hpp"

#include <vector>

// Gathers the cells of one row after the other for whoever reads a table, and stops at the limits.
namespace concentric::lib {

class RowBuffer {
public:
    RowBuffer(Limits const& limits, std::function<void(Row const&)> const& on_row) : limits_(limits), on_row_(on_row) { }

    void begin_sheet(std::size_t sheet, std::string_view name);

    // The text is trimmed; an empty one leaves no trace. Throws where the column, counted from 0, is beyond the limit.
    void put(std::size_t column, std::string_view text, Cell::Kind kind = Cell::Kind::text, bool digits_lost = false);

    // Hands the row over unless it is empty, and begins the next.
    void end_row(std::size_t number);

private:
    Limits const& limits_;
    std::function<void(Row const&)> const& on_row_;
    std::size_t sheet_ = 0;
    std::string sheet_name_;
    std::vector<Cell> cells_; // keep their strings' memory from row to row
    std::size_t width_ = 0;
    std::size_t rows_ = 0;
};

} // namespace concentric::lib
