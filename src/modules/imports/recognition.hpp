#pragma once

#include "modules/imports/imports.hpp"

// Finds the row of headings in each sheet, tells what the sheet holds, and what each column means.
namespace concentric::imports {

inline constexpr std::string_view ignored = "ignore"; // the kind of a sheet that is left out

struct ColumnMapping {
    std::string column, heading; // "A", as it stands in the file
    std::optional<std::string> field;
    std::string sample; // the first value below
};
BOOST_DESCRIBE_STRUCT(ColumnMapping, (), (column, heading, field, sample))

struct SheetMapping {
    std::int64_t index = 0; // from 0
    std::string name;
    std::string kind;
    std::int64_t header_row = 0; // the lowest row of headings as the spreadsheet program shows it; 0 for none
    std::int64_t heading_rows = 1; // 2: the row above names groups of columns, such as "成员1" above "姓名" and "电话"
    std::int64_t rows = 0; // below the headings
    std::vector<ColumnMapping> columns;
};
BOOST_DESCRIBE_STRUCT(SheetMapping, (), (index, name, kind, header_row, heading_rows, rows, columns))

// What a person says instead.
struct ColumnChoice {
    Text<1, 3> column;
    std::optional<Text<0, 60>> field; // none: the column is left out
};
BOOST_DESCRIBE_STRUCT(ColumnChoice, (), (column, field))
struct SheetChoice {
    Within<0, 199> index;
    Text<1, 40> kind;
    std::optional<Within<0, 10'000'000>> header_row;
    std::optional<Within<1, 2>> heading_rows;
    std::vector<ColumnChoice> columns;
};
BOOST_DESCRIBE_STRUCT(SheetChoice, (), (index, kind, header_row, heading_rows, columns))

std::vector<SheetMapping> recognise(Workbook const&, Importer const&);
// 422 for sheets, kinds or fields that do not exist, or a field that is chosen twice.
void check_choices(Importer const&, std::vector<SheetMapping> const&, std::vector<SheetChoice> const&);
// The proposal with the choices in the place of what was recognised.
std::vector<SheetMapping> with_choices(Workbook const&, std::vector<SheetMapping> proposed, std::vector<SheetChoice> const&);

// Some sheet is used, and every sheet that is has all required fields.
bool is_complete(Importer const&, std::vector<SheetMapping> const&);
std::vector<Table> tables_of(Workbook const&, Importer const&, std::vector<SheetMapping> const&);

} // namespace concentric::imports
