#include "lib/dates.hpp"

#include "lib/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <vector>

namespace concentric::lib {
namespace {

// Walks over folded text; every step says whether it found what it looked for.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) { }

    bool at_end() const { return rest_.empty(); }

    bool skip(std::string_view expected)
    {
        if (!rest_.starts_with(expected))
            return false;
        rest_.remove_prefix(expected.size());
        return true;
    }

    bool skip_spaces()
    {
        auto const before = rest_.size();
        while (skip(" ")) { }
        return rest_.size() < before;
    }

    std::size_t digits_ahead() const
    {
        auto const end = rest_.find_first_not_of("0123456789");
        return end == std::string_view::npos ? rest_.size() : end;
    }

    bool number(int& value, std::size_t least, std::size_t most)
    {
        auto const digits = digits_ahead();
        return digits >= least && digits <= most && leading_digits(value, digits);
    }

    bool leading_digits(int& value, std::size_t count)
    {
        if (digits_ahead() < count)
            return false;
        value = 0;
        for (auto const digit : rest_.substr(0, count))
            value = value * 10 + (digit - '0');
        rest_.remove_prefix(count);
        return true;
    }

private:
    std::string_view rest_;
};

bool is_real_month(int month) { return month >= 1 && month <= 12; }

// 20150312 and 201503.
bool scan_compact_day(Scanner& scanner, Date& date)
{
    auto const digits = scanner.digits_ahead();
    return (digits == 8 || digits == 6) && scanner.leading_digits(date.year, 4) && scanner.leading_digits(date.month, 2)
        && (digits == 6 || scanner.leading_digits(date.day, 2));
}

bool scan_chinese_day(Scanner& scanner, Date& date)
{
    scanner.skip_spaces();
    if (!scanner.number(date.month, 1, 2))
        return false;
    scanner.skip_spaces();
    if (!scanner.skip("月"))
        return false;
    scanner.skip_spaces();
    if (!scanner.number(date.day, 1, 2))
        return true;
    scanner.skip_spaces();
    return scanner.skip("日") || scanner.skip("号");
}

bool scan_separated_day(Scanner& scanner, Date& date, std::string_view separator)
{
    auto const month_digits = scanner.digits_ahead();
    if (!scanner.number(date.month, 1, 2))
        return false;
    if (!scanner.skip(separator))
        return separator != "." || month_digits == 2;
    return scanner.number(date.day, 1, 2);
}

bool scan_day(Scanner& scanner, Date& date)
{
    if (scanner.digits_ahead() != 4)
        return scan_compact_day(scanner, date);
    scanner.leading_digits(date.year, 4);
    for (auto const* separator : {"-", "/", "."}) {
        if (scanner.skip(separator))
            return scan_separated_day(scanner, date, separator);
    }
    scanner.skip_spaces();
    return scanner.skip("年") && scan_chinese_day(scanner, date);
}

// 8:30, 08:30:00, 08:30:00.000.
bool scan_time(Scanner& scanner, Date& date)
{
    int hour = 0, minute = 0, second = 0;
    if (!scanner.number(hour, 1, 2) || !scanner.skip(":") || !scanner.number(minute, 2, 2))
        return false;
    if (scanner.skip(":") && !scanner.number(second, 2, 2))
        return false;
    if (int fraction = 0; scanner.skip(".") && !scanner.number(fraction, 1, 9))
        return false;
    date.minutes_of_day = hour * 60 + minute;
    return hour < 24 && minute < 60 && second < 60;
}

// 〇 to 9, in the everyday and in the formal characters; 10 for those that count tens.
std::optional<int> numeral(char32_t character)
{
    static constexpr std::u32string_view everyday = U"〇一二三四五六七八九十", formal = U"零壹贰叁肆伍陆柒捌玖拾";
    for (auto const& set : {everyday, formal})
        if (auto const at = set.find(character); at != set.npos)
            return static_cast<int>(at);
    if (character == U'○')
        return 0;
    return std::nullopt;
}

// 二〇二五 is 2025 and 二十一 is 21, up to 九十九.
std::string arabic(std::vector<int> const& numerals)
{
    auto const ten = std::ranges::find(numerals, 10);
    std::string digits;
    if (ten == numerals.end())
        for (auto const each : numerals)
            digits += static_cast<char>('0' + each);
    auto const before = ten - numerals.begin(), after = numerals.end() - ten - 1;
    if (ten == numerals.end())
        return digits;
    if (before > 1 || after > 1 || (after == 1 && *(ten + 1) == 10))
        return "?";
    return std::to_string((before ? numerals.front() : 1) * 10 + (after ? numerals.back() : 0));
}

std::string with_arabic_numerals(std::string const& text)
{
    std::string out;
    std::vector<int> run;
    auto const end_run = [&] {
        if (!run.empty())
            out += arabic(run);
        run.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        auto const character = next_character(text, at);
        if (auto const value = numeral(character)) {
            run.push_back(*value);
            continue;
        }
        end_run();
        append_character(out, character);
    }
    end_run();
    return out;
}

bool is_possible(Date const& date)
{
    return date.day == 0 ? is_real_month(date.month) : is_real_day(date.year, date.month, date.day);
}

} // namespace

int days_in_month(int year, int month)
{
    static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    auto const leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (!is_real_month(month))
        return 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool is_real_day(int year, int month, int day) { return day >= 1 && day <= days_in_month(year, month); }

// Days since the end of 1899 and parts of a day, as spreadsheets keep dates; five digits reach from 1927 to 2173.
static std::optional<Date> day_of_serial(std::string_view text)
{
    auto const end = std::min(text.find('.'), text.size());
    if (end != 5 || text.front() == '0' || text.find_first_not_of("0123456789", 0) < end
        || text.find_first_not_of("0123456789", end + 1) != text.npos)
        return std::nullopt;
    using namespace std::chrono;
    year_month_day const day{sys_days{year{1899} / 12 / 30} + days{std::stoi(std::string(text.substr(0, 5)))}};
    Date date{int{day.year()}, static_cast<int>(unsigned{day.month()}), static_cast<int>(unsigned{day.day()})};
    if (end < text.size())
        date.minutes_of_day = static_cast<int>(std::stod("0" + std::string(text.substr(end, 12))) * 24 * 60 + 0.5) % (24 * 60);
    return date;
}

std::optional<Date> parse_date(std::string_view written)
{
    auto folded = fold_width(trim(written));
    if (folded.find("年") != folded.npos)
        folded = with_arabic_numerals(folded);
    if (auto const serial = day_of_serial(folded))
        return serial;
    Scanner scanner(folded);
    Date date;
    // A month alone ends at -1, so that a written day 0 (2015-03-00) is not taken for a missing one.
    date.day = -1;
    if (!scan_day(scanner, date) || date.day == 0)
        return std::nullopt;
    date.day = std::max(date.day, 0);
    if (!is_possible(date))
        return std::nullopt;
    if (scanner.at_end())
        return date;
    if (date.day == 0 || !(scanner.skip("T") || scanner.skip_spaces()) || !scan_time(scanner, date) || !scanner.at_end())
        return std::nullopt;
    return date;
}

bool has_short_year(std::string_view written)
{
    auto const folded = with_arabic_numerals(fold_width(trim(written)));
    for (auto const& marks : {std::array{"年", "月"}, std::array{"-", "-"}, std::array{"/", "/"}, std::array{".", "."}}) {
        Scanner scanner(folded);
        int part = 0;
        if (scanner.number(part, 1, 2) && scanner.skip(marks[0]) && scanner.number(part, 1, 2) && scanner.skip(marks[1])
            && scanner.number(part, 1, 2))
            return true;
    }
    return false;
}

std::string to_text(Date const& date)
{
    auto text = fmt::format("{:04}-{:02}", date.year, date.month);
    if (date.day > 0)
        text += fmt::format("-{:02}", date.day);
    if (date.minutes_of_day >= 0)
        text += fmt::format(" {:02}:{:02}", date.minutes_of_day / 60, date.minutes_of_day % 60);
    return text;
}

} // namespace concentric::lib
