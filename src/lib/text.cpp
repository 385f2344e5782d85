#include "lib/text.hpp"

#include <unicode/utf8.h>

namespace concentric::lib {

bool is_blank(char32_t character)
{
    if (character < 0x80)
        return character <= ' ' || character == 0x7F;
    return (character >= 0x80 && character <= 0xA0) || character == 0xAD || character == 0x1680
        || (character >= 0x2000 && character <= 0x200F) || (character >= 0x2028 && character <= 0x202F)
        || (character >= 0x205F && character <= 0x2069) || character == 0x3000 || character == 0xFEFF;
}

char32_t next_character(std::string_view text, std::size_t& at)
{
    if (auto const byte = static_cast<unsigned char>(text[at]); byte < 0x80) {
        ++at;
        return byte;
    }
    UChar32 character = 0;
    U8_NEXT_OR_FFFD(text.data(), at, text.size(), character);
    return static_cast<char32_t>(character);
}

void append_character(std::string& text, char32_t character)
{
    char bytes[U8_MAX_LENGTH];
    int length = 0;
    U8_APPEND_UNSAFE(bytes, length, character);
    text.append(bytes, static_cast<std::size_t>(length));
}

std::size_t count_characters(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count)
        next_character(text, at);
    return count;
}

// Most cells begin and end with a letter, a digit or a Chinese character: those are told apart by one byte.
static bool begins_plainly(std::string_view text)
{
    auto const byte = static_cast<unsigned char>(text.front());
    return (byte > ' ' && byte < 0x7F) || (byte >= 0xE4 && byte <= 0xE9);
}

static std::size_t start_of_last_character(std::string_view text)
{
    auto at = text.size() - 1;
    for (int steps = 0; steps < 3 && at > 0 && U8_IS_TRAIL(text[at]); ++steps)
        --at;
    return at;
}

std::string_view trim(std::string_view text)
{
    while (!text.empty() && !begins_plainly(text)) {
        std::size_t behind = 0;
        if (!is_blank(next_character(text, behind)))
            break;
        text.remove_prefix(behind);
    }
    while (!text.empty()) {
        auto const start = start_of_last_character(text);
        auto behind = start;
        if (begins_plainly(text.substr(start)) || !is_blank(next_character(text, behind)))
            break;
        text.remove_suffix(text.size() - start);
    }
    return text;
}

char32_t fold_width(char32_t character)
{
    if (character >= 0xFF01 && character <= 0xFF5E)
        return character - 0xFF01 + '!';
    return character == 0x3000 ? U' ' : character;
}

std::string fold_width(std::string_view text)
{
    std::string folded;
    folded.reserve(text.size());
    for (std::size_t at = 0; at < text.size();)
        append_character(folded, fold_width(next_character(text, at)));
    return folded;
}

char32_t to_lower_ascii(char32_t character) { return character >= 'A' && character <= 'Z' ? character - 'A' + 'a' : character; }

std::string to_lower_ascii(std::string_view text)
{
    std::string lowered(text);
    for (char& each : lowered)
        each = each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
    return lowered;
}

std::string_view trim_ascii(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    auto const first = text.find_first_not_of(blanks);
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

} // namespace concentric::lib
