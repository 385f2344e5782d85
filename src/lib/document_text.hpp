#pragma once

#include <string>
#include <string_view>

// The words of a text document, as Word and WPS write it (DOCX): paragraphs in lines of their own, without pictures and layout.
namespace concentric::lib {

// Whether the bytes begin as a ZIP does, which a DOCX is.
bool is_zip(std::string_view bytes);
// Throws SheetError where the bytes are no DOCX, or unpack to more than `most_bytes`.
std::string text_of_docx(std::string_view bytes, std::size_t most_bytes = 64U << 20);

} // namespace concentric::lib
