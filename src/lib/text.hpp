#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// Text as people type it in China: full-width letters, ideographic spaces and invisible marks from copied pages.
namespace concentric::lib {

// White space of any script, and the invisible marks that telephone books and web pages leave in copied text.
bool is_blank(char32_t character);

// The character that begins at byte `at`, which moves behind it. Broken UTF-8 gives U+FFFD, never an endless loop.
char32_t next_character(std::string_view text, std::size_t& at);
void append_character(std::string& text, char32_t character);
std::size_t count_characters(std::string_view text);

// Without blanks at both ends; a view into `text`.
std::string_view trim(std::string_view text);

// Nothing where nothing stands: what a JSON answer leaves out.
template <class T> std::optional<T> unless_empty(T value)
{
    return value == T{} ? std::nullopt : std::optional<T>(std::move(value));
}

// "（ＡＢ１２）　" → "(AB12) ": full-width forms become ASCII, everything else stays.
char32_t fold_width(char32_t character);
std::string fold_width(std::string_view text);

inline bool is_digit(char character) { return character >= '0' && character <= '9'; }

// A to Z only; for codes and keys, where no other letter has a case.
char32_t to_lower_ascii(char32_t character);
std::string to_lower_ascii(std::string_view text);

// Without spaces, tabs and line ends at both ends, as in the lines of a protocol; a view into `text`.
std::string_view trim_ascii(std::string_view text);

} // namespace concentric::lib
