#include "lib/row_buffer.hpp"

#include "lib/sheet_errors.hpp"
#include "lib/text.hpp"

#include <algorithm>

namespace concentric::lib {

void RowBuffer::begin_sheet(std::size_t sheet, std::string_view name)
{
    sheet_ = sheet;
    sheet_name_ = name;
}

void RowBuffer::put(std::size_t column, std::string_view text, Cell::Kind kind, bool digits_lost)
{
    auto const trimmed = trim(text);
    if (trimmed.empty())
        return;
    if (column >= limits_.columns)
        throw too_many_columns(limits_.columns);
    if (column >= cells_.size())
        cells_.resize(column + 1);
    auto& cell = cells_[column];
    cell.text.assign(trimmed);
    cell.kind = kind;
    cell.digits_lost = digits_lost;
    width_ = std::max(width_, column + 1);
}

void RowBuffer::end_row(std::size_t number)
{
    if (width_ == 0)
        return;
    if (++rows_ > limits_.rows)
        throw too_many_rows(limits_.rows);
    on_row_({sheet_, sheet_name_, number, std::span(cells_).first(width_)});
    for (auto& cell : std::span(cells_).first(width_)) {
        cell.text.clear();
        cell.kind = Cell::Kind::text;
        cell.digits_lost = false;
    }
    width_ = 0;
}

} // namespace concentric::lib
