#pragma once

#include <optional>
#include <string>
#include <string_view>

// Dates as they stand in real rosters: 2015-03-12, 2015/3/12, 20150312, 2015年3月12日, 二〇一五年三月十二日, 42075, with or without
// a time of day.
namespace concentric::lib {

struct Date {
    int year = 0; // as written, four digits; whether it is plausible is for the caller to say
    int month = 0; // 1 to 12
    int day = 0; // 1 to 31; 0 where only the month was given (2015年3月)
    int minutes_of_day = -1; // 0 to 1439; -1 where no time was given

    bool operator==(Date const&) const = default;
};

// 29 for February of a leap year, 0 for a month that does not exist.
int days_in_month(int year, int month);

bool is_real_day(int year, int month, int day);

// A spreadsheet's bare number (42502, or 42502.5 at noon) is the day that it stands for.
// Nothing for impossible dates (2015-02-30), two-digit years, and what can be read in two ways: "2015.1" may be what a
// spreadsheet has left of 2015.10. Seconds are checked and dropped.
std::optional<Date> parse_date(std::string_view written);

// Whether what parse_date does not take is a day with a year of two digits: 25/9/1 and 15年3月12日 leave the century open, and
// 9/1/25 the order as well.
bool has_short_year(std::string_view written);

// "2015-03-12", "2015-03-12 08:30", "2015-03".
std::string to_text(Date const& date);

} // namespace concentric::lib
