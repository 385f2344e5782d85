#include "lib/encoding.hpp"

#include "lib/sheet_errors.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>

namespace concentric::lib {
namespace {

using namespace std::string_view_literals;

constexpr auto utf8_mark = "\xEF\xBB\xBF"sv;
constexpr auto utf16_little_mark = "\xFF\xFE"sv;
constexpr auto utf16_big_mark = "\xFE\xFF"sv;

bool are_ascii(char const* bytes)
{
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return (word & 0x8080'8080'8080'8080) == 0;
}

struct Utf8Check {
    std::size_t valid = 0; // bytes up to the first fault
    std::size_t long_characters = 0; // of three or four bytes, before the fault
};

Utf8Check check_utf8(std::string_view bytes)
{
    Utf8Check check;
    for (std::size_t at = 0; at < bytes.size(); check.valid = at) {
        if (at + 8 <= bytes.size() && are_ascii(bytes.data() + at)) {
            at += 8;
            continue;
        }
        UChar32 character = 0;
        U8_NEXT(bytes.data(), at, bytes.size(), character);
        if (character < 0)
            break;
        check.long_characters += character >= 0x800 ? 1 : 0;
    }
    return check;
}

using Converter = std::unique_ptr<UConverter, void (*)(UConverter*)>;

Converter open_converter(char const* encoding)
{
    auto status = U_ZERO_ERROR;
    Converter converter(ucnv_open(encoding, &status), ucnv_close);
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    if (U_FAILURE(status))
        throw std::runtime_error(fmt::format("ICU does not know {}: {}", encoding, u_errorName(status)));
    return converter;
}

void append_utf8(std::string& text, std::u16string_view units)
{
    auto const before = text.size();
    text.resize(before + units.size() * 3);
    auto status = U_ZERO_ERROR;
    int length = 0;
    u_strToUTF8(
        text.data() + before, static_cast<int>(units.size() * 3), &length, units.data(), static_cast<int>(units.size()), &status);
    if (U_FAILURE(status))
        throw std::runtime_error(fmt::format("converted text is not UTF-16: {}", u_errorName(status)));
    text.resize(before + static_cast<std::size_t>(length));
}

std::size_t bytes_of_fault(UConverter* converter)
{
    char invalid[32];
    std::int8_t length = sizeof invalid;
    auto status = U_ZERO_ERROR;
    ucnv_getInvalidChars(converter, invalid, &length, &status);
    return U_SUCCESS(status) ? static_cast<std::size_t>(length) : 0;
}

// How many bytes were understood: all, or those before the first fault.
std::size_t convert(std::string_view bytes, char const* encoding, std::string& text)
{
    auto const converter = open_converter(encoding);
    std::array<char16_t, 16384> units;
    std::size_t held = 0; // first half of a character whose second half did not fit
    auto const* source = bytes.data();
    auto const* end = source + bytes.size();
    text.reserve(bytes.size() + bytes.size() / 2); // two bytes of GB18030 are mostly three of UTF-8
    for (;;) {
        auto status = U_ZERO_ERROR;
        auto* target = units.data() + held;
        ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source, end, nullptr, true, &status);
        auto const full = status == U_BUFFER_OVERFLOW_ERROR;
        if (U_FAILURE(status) && !full)
            return static_cast<std::size_t>(source - bytes.data()) - bytes_of_fault(converter.get());
        std::u16string_view const made(units.data(), static_cast<std::size_t>(target - units.data()));
        held = full && U16_IS_LEAD(made.back()) ? 1 : 0;
        append_utf8(text, made.substr(0, made.size() - held));
        if (!full)
            return bytes.size();
        units[0] = made.back();
    }
}

// GB18030 does not come upon four characters in a row that happen to be good three-byte UTF-8.
bool is_broken_utf8(std::string_view bytes, Utf8Check const& check)
{
    return bytes.starts_with(utf8_mark) || check.long_characters >= 4;
}

std::string_view decode_as(std::string_view bytes, char const* encoding, std::string& storage, std::size_t best_before)
{
    auto const understood = convert(bytes, encoding, storage);
    if (understood < bytes.size())
        throw unreadable_character(bytes, std::max(understood, best_before));
    return storage;
}

} // namespace

bool has_utf16_mark(std::string_view bytes) { return bytes.starts_with(utf16_little_mark) || bytes.starts_with(utf16_big_mark); }

std::string_view decode(std::string_view bytes, std::string& storage)
{
    if (has_utf16_mark(bytes))
        return decode_as(bytes, "UTF-16", storage, 0);
    auto const check = check_utf8(bytes);
    if (check.valid == bytes.size())
        return bytes.starts_with(utf8_mark) ? bytes.substr(utf8_mark.size()) : bytes;
    if (is_broken_utf8(bytes, check))
        throw unreadable_character(bytes, check.valid);
    return decode_as(bytes, "gb18030", storage, check.valid);
}

} // namespace concentric::lib
