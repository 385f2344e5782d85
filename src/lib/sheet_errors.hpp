#pragma once

#include "lib/sheets.hpp"

#include <cstddef>
#include <string_view>

// What a person is told whose table cannot be read; every such sentence stands in one place.
namespace concentric::lib {

SheetError not_a_workbook();
SheetError empty_file();
SheetError locked_file();

// `detail` names the place for whoever looks after the system: "xl/styles.xml: mismatched tag".
SheetError damaged_workbook(std::string_view detail);

// Positions in a text file; `at` is the byte counted from 0, the words count from 1.
SheetError unreadable_character(std::string_view text, std::size_t at);
SheetError unclosed_quote(std::string_view text, std::size_t at);

SheetError too_many_bytes(std::size_t limit);
SheetError too_many_sheets(std::size_t limit);
SheetError too_many_rows(std::size_t limit);
SheetError too_many_columns(std::size_t limit);

} // namespace concentric::lib
