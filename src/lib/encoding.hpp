#pragma once

#include <string>
#include <string_view>

// Understands text files whatever program of the last thirty years has saved them.
namespace concentric::lib {

bool has_utf16_mark(std::string_view bytes);

// The text as UTF-8 without byte order mark: a view into `bytes` where they are that already, else into `storage`.
// UTF-8, UTF-16 with a byte order mark, otherwise GB18030. Throws SheetError that names byte and line where no encoding fits,
// also where a text that is clearly UTF-8 has a broken place: read as GB18030 it would be other characters throughout.
std::string_view decode(std::string_view bytes, std::string& storage);

} // namespace concentric::lib
