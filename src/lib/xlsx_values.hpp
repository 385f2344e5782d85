#pragma once

#include <optional>
#include <string>
#include <string_view>

// What a cell's stored value looks like to a reader: 45000 formatted as a date is 2023-03-15.
namespace concentric::lib {

// Whether a number format code shows a date or a time; durations ([h]:mm) are numbers.
bool is_date_format(std::string_view code);

// The same for the formats that have a number but no code in the file, including those of Chinese Excel (27–36, 50–58).
bool is_date_format(int built_in);

// Day 1 of a workbook: 1 January 1900, with a 29 February that never was, or 2 January 1904.
enum class DateSystem { from_1900, from_1904 };

// "2015-03-12", "2015-03-12 08:30:00", "08:30:00" below one day; nothing before the first day or after the year 9999.
std::optional<std::string> date_of_serial(double serial, DateSystem system);

// 2015-03-12T00:00:00.000Z, as cells of type d hold it, in the same form.
std::string date_of_iso(std::string_view iso);

struct NumberText {
    std::string text; // digits in full, without an exponent where that takes up to 21 of them
    bool digits_lost = false; // 16 digits and more before the decimal point: the last ones may have been rounded away
};

// Nothing where `stored` is no number.
std::optional<NumberText> number_text(std::string_view stored);

std::optional<double> to_number(std::string_view stored);

// "_x000D_" → a carriage return, as strings in workbooks hold characters that XML does not allow.
void unescape(std::string& text);

} // namespace concentric::lib
