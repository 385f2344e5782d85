#include "core/time.hpp"

#include <charconv>

namespace concentric {
namespace {

constexpr std::int64_t china_offset = 8 * milliseconds::hour;

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// Reads exactly `digits` digits at `at` and moves on.
bool take(std::string_view text, std::size_t& at, std::size_t digits, int& out)
{
    if (at + digits > text.size())
        return false;
    auto const [end, error] = std::from_chars(text.data() + at, text.data() + at + digits, out);
    bool const whole = error == std::errc() && end == text.data() + at + digits && text[at] != '-';
    at += digits;
    return whole;
}

bool take(std::string_view text, std::size_t& at, char expected) { return at < text.size() && text[at++] == expected; }

std::optional<Words> parse_instant(std::string_view text, long long& value)
{
    static Words const wanted{
        "请填写带时区的时间，例如 2026-03-05T08:00:00+08:00。", "Give a time with its offset, such as 2026-03-05T08:00:00+08:00."};
    std::size_t at = 0;
    int year, month, day, hour, minute, second = 0, fraction = 0;
    if (!take(text, at, 4, year) || !take(text, at, '-') || !take(text, at, 2, month) || !take(text, at, '-')
        || !take(text, at, 2, day) || at >= text.size() || (text[at] != 'T' && text[at] != ' '))
        return wanted;
    ++at;
    if (!take(text, at, 2, hour) || !take(text, at, ':') || !take(text, at, 2, minute) || !take(text, at, ':')
        || !take(text, at, 2, second))
        return wanted;
    if (at < text.size() && text[at] == '.') {
        int scale = 100;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
            fraction += (text[at] - '0') * scale;
    }
    int offset = 0;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
        int const sign = text[at++] == '+' ? 1 : -1;
        int hours, minutes;
        if (!take(text, at, 2, hours) || !take(text, at, ':') || !take(text, at, 2, minutes) || hours > 14 || minutes > 59)
            return wanted;
        offset = sign * (hours * 60 + minutes);
    } else if (!take(text, at, 'Z')) {
        return wanted;
    }
    if (at != text.size() || !is_real(year, static_cast<unsigned>(month), static_cast<unsigned>(day)) || hour > 23 || minute > 59
        || second > 59)
        return wanted;
    auto const days = days_since_1970(day_of(year, static_cast<unsigned>(month), static_cast<unsigned>(day)));
    value = days * milliseconds::day + ((hour * 60 + minute - offset) * 60 + second) * 1000LL + fraction;
    return std::nullopt;
}

std::optional<Words> parse_day_code(std::string_view text, long long& value)
{
    auto const day = parse_day(text);
    if (!day)
        return Words{"请填写真实存在的日期，例如 2026-03-05。", "Give a day that exists, such as 2026-03-05."};
    value = day->number;
    return std::nullopt;
}

} // namespace

reflect::Coding const Instant::coding{[](long long value, std::string& out) { out += text_of(Instant{value}); }, parse_instant,
    R"({"type":"string","format":"date-time"})"};
reflect::Coding const Day::coding{
    [](long long value, std::string& out) { out += text_of(Day{value}); }, parse_day_code, R"({"type":"string","format":"date"})"};

Day day_of(int year, unsigned month, unsigned day) { return {year * 10000 + static_cast<int>(month * 100 + day)}; }

bool is_real(int year, unsigned month, unsigned day)
{
    return year >= 1900 && year <= 9999
        && std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)).ok();
}

std::int64_t days_since_1970(Day day)
{
    using namespace std::chrono;
    return sys_days(year_month_day(year(day.year()), month(day.month()), std::chrono::day(day.day()))).time_since_epoch().count();
}

Day day_from(std::int64_t days)
{
    using namespace std::chrono;
    year_month_day const date{sys_days(std::chrono::days(days))};
    return day_of(static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

Day plus_days(Day day, std::int64_t days) { return day_from(days_since_1970(day) + days); }

Day plus_months(Day day, int months)
{
    using namespace std::chrono;
    auto const target = year_month(year(day.year()), month(day.month())) + std::chrono::months(months);
    auto const last = static_cast<unsigned>(year_month_day_last(target / std::chrono::last).day());
    return day_of(static_cast<int>(target.year()), static_cast<unsigned>(target.month()), std::min(day.day(), last));
}

Day day_at(Instant moment) { return day_from(floor_divide(moment.milliseconds + china_offset, milliseconds::day)); }

Instant start_of(Day day) { return {days_since_1970(day) * milliseconds::day - china_offset}; }

// Every answer is full of moments: a formatter that reads its pattern anew takes six times as long.
static void put(std::string& out, std::int64_t value, int width)
{
    out.append(static_cast<std::size_t>(width), '0');
    for (auto digit = out.rbegin(); width > 0; --width, ++digit, value /= 10)
        *digit = static_cast<char>('0' + value % 10);
}

static void put(std::string& out, Day day)
{
    put(out, day.year(), 4);
    out += '-';
    put(out, day.month(), 2);
    out += '-';
    put(out, day.day(), 2);
}

std::string text_of(Day day)
{
    std::string text;
    put(text, day);
    return text;
}

std::string text_of(Instant moment)
{
    auto const local = moment.milliseconds + china_offset;
    auto const days = floor_divide(local, milliseconds::day);
    auto const rest = local - days * milliseconds::day;
    std::string text;
    text.reserve(sizeof "2026-03-05T18:00:00.000+08:00");
    put(text, day_from(days));
    text += 'T';
    put(text, rest / 3'600'000, 2);
    text += ':';
    put(text, rest / 60'000 % 60, 2);
    text += ':';
    put(text, rest / 1000 % 60, 2);
    text += '.';
    put(text, rest % 1000, 3);
    return text += "+08:00";
}

std::optional<Day> parse_day(std::string_view text)
{
    std::size_t at = 0;
    int year, month, day;
    if (text.size() != 10 || !take(text, at, 4, year) || !take(text, at, '-') || !take(text, at, 2, month) || !take(text, at, '-')
        || !take(text, at, 2, day) || !is_real(year, static_cast<unsigned>(month), static_cast<unsigned>(day)))
        return std::nullopt;
    return day_of(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

Instant Clock::now() const
{
    return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

} // namespace concentric
