#include "lib/xlsx_values.hpp"

#include "lib/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>

namespace concentric::lib {
namespace {

constexpr std::size_t exact_digits = 15;
constexpr double exact_integers = 9007199254740992; // 2^53
constexpr std::int64_t seconds_per_day = 86400;

bool is_whole_number(std::string_view text)
{
    if (text.starts_with('-'))
        text.remove_prefix(1);
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// [h], [mm] and [ss] count hours, minutes or seconds without end.
bool is_duration(std::string_view bracket)
{
    return !bracket.empty() && bracket.find_first_not_of("hHmMsS") == std::string_view::npos;
}

std::string time_text(std::int64_t seconds)
{
    return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string day_text(std::int64_t days, DateSystem system)
{
    using namespace std::chrono;
    auto const missing_leap_day = system == DateSystem::from_1900 && days < 60 ? 1 : 0;
    auto const zero = system == DateSystem::from_1900 ? sys_days(1899y / 12 / 30) : sys_days(1904y / 1 / 1);
    year_month_day const day(zero + std::chrono::days(days + missing_leap_day));
    return fmt::format("{:04}-{:02}-{:02}", int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

// 15 digits are what a spreadsheet shows and keeps; more would show 0.1 + 0.2 as 0.30000000000000004.
std::string rounded_text(double number)
{
    char scientific[32];
    auto const end = std::to_chars(scientific, std::end(scientific), number, std::chars_format::scientific, exact_digits - 1).ptr;
    std::string_view const text(scientific, static_cast<std::size_t>(end - scientific));
    auto const e = text.find('e');
    auto const exponent = std::stoi(std::string(text.substr(e + 1)));
    if (exponent < -7 || exponent > 20)
        return std::string(text);
    std::string digits;
    std::copy_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(e), std::back_inserter(digits), is_digit);
    digits.erase(digits.find_last_not_of('0') + 1);
    if (exponent < 0)
        digits.insert(0, static_cast<std::size_t>(-exponent), '0');
    auto const before_point = static_cast<std::size_t>(std::max(exponent, 0)) + 1;
    if (digits.size() > before_point)
        digits.insert(before_point, 1, '.');
    else
        digits.append(before_point - digits.size(), '0');
    return number < 0 ? "-" + digits : digits;
}

} // namespace

bool is_date_format(std::string_view code)
{
    for (std::size_t at = 0; at < code.size(); ++at) {
        auto const character = code[at];
        if (character == '"') {
            at = std::min(code.find('"', at + 1), code.size());
        } else if (character == '[') {
            auto const end = std::min(code.find(']', at), code.size());
            if (is_duration(code.substr(at + 1, end - at - 1)))
                return false;
            at = end;
        } else if (character == '\\' || character == '_' || character == '*') {
            ++at;
        } else if (std::string_view("yYmMdDhHsS").find(character) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

bool is_date_format(int built_in)
{
    auto const within = [built_in](int first, int last) { return built_in >= first && built_in <= last; };
    return within(14, 22) || within(27, 36) || built_in == 45 || built_in == 47 || within(50, 58);
}

std::optional<std::string> date_of_serial(double serial, DateSystem system)
{
    constexpr double behind_year_9999 = 2958466;
    auto const last = system == DateSystem::from_1900 ? behind_year_9999 : behind_year_9999 - 1462;
    if (!(serial >= 0 && serial < last - 1.0 / seconds_per_day))
        return std::nullopt;
    auto const seconds = static_cast<std::int64_t>(std::llround(serial * static_cast<double>(seconds_per_day)));
    auto const days = seconds / seconds_per_day, rest = seconds % seconds_per_day;
    if (days == 0)
        return time_text(rest);
    return rest == 0 ? day_text(days, system) : day_text(days, system) + " " + time_text(rest);
}

std::string date_of_iso(std::string_view iso)
{
    if (iso.size() < 19 || iso[10] != 'T')
        return std::string(iso);
    auto const time = iso.substr(11, 8);
    return time == "00:00:00" ? std::string(iso.substr(0, 10)) : fmt::format("{} {}", iso.substr(0, 10), time);
}

std::optional<double> to_number(std::string_view stored)
{
    double number = 0;
    auto const [end, error] = std::from_chars(stored.data(), stored.data() + stored.size(), number);
    if (error != std::errc() || end != stored.data() + stored.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

std::optional<NumberText> number_text(std::string_view stored)
{
    stored = trim(stored);
    if (is_whole_number(stored))
        return NumberText{std::string(stored), stored.size() - stored.starts_with('-') > exact_digits};
    auto const number = to_number(stored);
    if (!number)
        return std::nullopt;
    auto const is_whole = std::abs(*number) <= exact_integers && std::trunc(*number) == *number;
    auto text = is_whole ? fmt::format("{}", static_cast<std::int64_t>(*number)) : rounded_text(*number);
    return NumberText{std::move(text), std::abs(*number) >= 1e15};
}

void unescape(std::string& text)
{
    for (auto at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
        unsigned code = 0;
        if (at + 6 >= text.size() || text[at + 6] != '_')
            continue;
        auto const [end, error] = std::from_chars(text.data() + at + 2, text.data() + at + 6, code, 16);
        if (error != std::errc() || end != text.data() + at + 6 || (code >= 0xD800 && code < 0xE000))
            continue;
        std::string character;
        append_character(character, code);
        text.replace(at, 7, character);
    }
}

} // namespace concentric::lib
