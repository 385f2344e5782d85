#pragma once

#include "lib/sheets.hpp"

// Reads text tables; the word for users is CSV, whatever parts the columns.
namespace concentric::lib {

// One sheet without a name. Quotes as in RFC 4180, with line breaks inside; lines end in CRLF, LF or CR. The delimiter is the
// one of comma, semicolon and tab that parts the first rows most evenly. ="0123" is read as 0123, and the apostrophe that
// write_csv puts before a formula is taken off. Throws SheetError.
void read_csv(std::string_view bytes, Limits const& limits, std::function<void(Row const&)> const& on_row);

} // namespace concentric::lib
