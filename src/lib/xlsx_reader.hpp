#pragma once

#include "lib/sheets.hpp"

// Reads workbooks of Excel, WPS and LibreOffice.
namespace concentric::lib {

// All sheets in the order of their tabs, row by row, in memory that grows with the texts but not with the rows. Throws SheetError.
void read_xlsx(std::string_view bytes, Limits const& limits, std::function<void(Row const&)> const& on_row);

} // namespace concentric::lib
