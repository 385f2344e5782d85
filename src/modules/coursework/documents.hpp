#pragma once

#include "core/call.hpp"

// The words out of a file that somebody hands in (DOCX, PDF or plain text).
namespace concentric::coursework {

inline constexpr std::size_t longest_draft = 60'000; // characters
inline constexpr std::size_t shortest_draft = 20;

// Throws ApiError 422 with words for the author where the file is of no such kind, is locked or broken, holds no words, such as a
// scan, or too many of them; 503 where the server has no pdftotext.
std::string text_of_document(std::string_view bytes, std::string_view file_name);

} // namespace concentric::coursework
