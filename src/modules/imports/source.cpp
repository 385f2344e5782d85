#include "modules/imports/source.hpp"

#include "lib/sheets.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::imports {

Workbook::Workbook(std::string_view bytes)
{
    texts_.reserve(bytes.size());
    lib::read_sheets(bytes, {}, [this](lib::Row const& row) {
        while (sheets_.size() <= row.sheet)
            sheets_.emplace_back();
        auto& sheet = sheets_[row.sheet];
        sheet.name = row.sheet_name;
        sheet.rows.push_back({static_cast<std::int64_t>(row.number), cells_.size(), row.cells.size()});
        for (auto const& cell : row.cells) {
            cells_.push_back(
                {static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(cell.text.size()), cell.digits_lost});
            texts_ += cell.text;
        }
    });
}

std::uint16_t Workbook::add_file(std::string name)
{
    files_.push_back(std::move(name));
    return static_cast<std::uint16_t>(files_.size());
}

void Workbook::add_sheet(std::string name) { sheets_.emplace_back().name = std::move(name); }

void Workbook::add_row(std::int64_t number, std::uint16_t file) { sheets_.back().rows.push_back({number, cells_.size(), 0, file}); }

void Workbook::add_cell(std::string_view text, CellPlace place)
{
    cells_.push_back({static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(text.size()), false, place});
    texts_ += text;
    ++sheets_.back().rows.back().cells;
}

std::string Workbook::place(Row const& row, std::size_t column) const
{
    auto const at = column < row.cells ? cells_[row.first + column].place : CellPlace{};
    if (!at.file)
        return row.file ? std::string() : column_name(column);
    auto const name = column_name(at.column);
    bool const is_here = at.file == row.file && at.row == row.number;
    return is_here ? name : fmt::format("{}!{}{}", files_[at.file - 1U], name, at.row);
}

Cell Workbook::cell(Row const& row, std::size_t column) const
{
    if (column >= row.cells)
        return {};
    auto const& stored = cells_[row.first + column];
    return {std::string_view(texts_).substr(stored.at, stored.size), stored.digits_lost};
}

Table::Table(
    Workbook const& workbook, std::size_t sheet, SheetKind const& kind, std::int64_t header_row, std::vector<std::size_t> columns)
    : workbook_(&workbook), sheet_(sheet), kind_(&kind), columns_(std::move(columns))
{
    auto const& rows = workbook.sheets()[sheet].rows;
    auto const below = std::find_if(rows.begin(), rows.end(), [&](Workbook::Row const& row) { return row.number > header_row; });
    first_ = static_cast<std::size_t>(below - rows.begin());
    last_ = rows.size();
}

std::string column_name(std::size_t column)
{
    std::string name;
    for (++column; column > 0; column = (column - 1) / 26)
        name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
    return name;
}

} // namespace concentric::imports
