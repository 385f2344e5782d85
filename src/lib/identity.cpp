#include "lib/identity.hpp"

#include "lib/text.hpp"

#include <algorithm>
#include <array>

namespace concentric::lib {
namespace {

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

int to_int(std::string_view digits)
{
    int value = 0;
    for (auto const digit : digits)
        value = value * 10 + (digit - '0');
    return value;
}

bool is_dash(char32_t character)
{
    return character == '-' || (character >= 0x2010 && character <= 0x2015) || character == 0x2212 || character == 0xFE63;
}

bool is_apostrophe(char32_t character)
{
    return character == '\'' || character == '`' || character == 0x2018 || character == 0x2019;
}

// The first two digits of GB/T 2260; 83 stands on residence permits of people from Taiwan.
bool is_province(std::string_view digits)
{
    static constexpr std::string_view ends_of_tens[] = {"", "12345", "123", "1234567", "123456", "01234", "12345", "1", "123"};
    auto const tens = static_cast<std::size_t>(digits[0] - '0');
    return tens < std::size(ends_of_tens) && ends_of_tens[tens].find(digits[1]) != std::string_view::npos;
}

bool is_region(std::string_view number)
{
    return number[0] == '9' ? is_province(number.substr(1, 2)) : is_province(number.substr(0, 2));
}

// ISO 7064 MOD 11-2 over the first 17 digits.
char citizen_check_character(std::string_view digits)
{
    static constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
        sum += (digits[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

std::string to_new_form(std::string_view old_form)
{
    auto number = std::string(old_form.substr(0, 6)).append("19").append(old_form.substr(6));
    return number += citizen_check_character(number);
}

bool has_citizen_characters(std::string_view number)
{
    return all_digits(number.substr(0, 17)) && (is_digit(number[17]) || number[17] == 'X');
}

Date birth_date_of(std::string_view number)
{
    return {to_int(number.substr(6, 4)), to_int(number.substr(10, 2)), to_int(number.substr(12, 2))};
}

bool is_birth_date(Date const& date)
{
    return date.year >= 1800 && date.year < 2100 && is_real_day(date.year, date.month, date.day);
}

NumberFault citizen_fault(std::string_view number)
{
    if (number.size() != 18)
        return NumberFault::length;
    if (!has_citizen_characters(number))
        return NumberFault::character;
    if (!is_region(number))
        return NumberFault::region;
    if (!is_birth_date(birth_date_of(number)))
        return NumberFault::birth_date;
    return number[17] == citizen_check_character(number) ? NumberFault::none : NumberFault::check_character;
}

// GB 32100 leaves out I, O, S, V and Z, which are mistaken for digits.
constexpr std::string_view credit_alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

NumberFault credit_fault(std::string_view code)
{
    if (code.size() != 18)
        return NumberFault::length;
    if (code.find_first_not_of(credit_alphabet) != std::string_view::npos || !all_digits(code.substr(2, 6)))
        return NumberFault::character;
    std::size_t sum = 0, weight = 1;
    for (auto const character : code.substr(0, 17)) {
        sum += credit_alphabet.find(character) * weight;
        weight = weight * 3 % 31;
    }
    return code[17] == credit_alphabet[(31 - sum % 31) % 31] ? NumberFault::none : NumberFault::check_character;
}

void take_off_country_code(std::string& number)
{
    for (auto const* code : {"+86", "0086", "86"}) {
        if (number.starts_with(code) && number.size() == 11 + std::string_view(code).size()) {
            number.erase(0, number.size() - 11);
            return;
        }
    }
}

NumberFault phone_fault(std::string_view number)
{
    if (!all_digits(number))
        return NumberFault::character;
    if (number.size() != 11)
        return NumberFault::length;
    return number[0] == '1' && number[1] >= '3' ? NumberFault::none : NumberFault::region;
}

NumberFault pupil_fault(std::string_view number)
{
    if (number.size() != 19)
        return NumberFault::length;
    auto const letter = number[0];
    if (letter == 'G' || letter == 'L')
        return citizen_fault(number.substr(1));
    return letter == 'J' && has_citizen_characters(number.substr(1)) ? NumberFault::none : NumberFault::character;
}

template <typename Rule> CheckedNumber checked(std::string number, Rule rule)
{
    auto const fault = rule(number);
    return {std::move(number), fault};
}

} // namespace

std::string normalize_number(std::string_view written)
{
    std::string number;
    for (std::size_t at = 0; at < written.size();) {
        auto const character = fold_width(next_character(written, at));
        if (is_blank(character) || is_dash(character) || (number.empty() && is_apostrophe(character)))
            continue;
        append_character(number, character >= 'a' && character <= 'z' ? character - 'a' + 'A' : character);
    }
    return number;
}

CitizenNumber check_citizen_number(std::string_view written)
{
    CitizenNumber citizen;
    citizen.number = normalize_number(written);
    citizen.was_old_form = citizen.number.size() == 15 && all_digits(citizen.number);
    if (citizen.was_old_form)
        citizen.number = to_new_form(citizen.number);
    citizen.fault = citizen_fault(citizen.number);
    if (citizen.fault == NumberFault::none) {
        citizen.birth_date = birth_date_of(citizen.number);
        citizen.sex = (citizen.number[16] - '0') % 2 == 1 ? Sex::male : Sex::female;
    }
    return citizen;
}

CheckedNumber check_credit_code(std::string_view written) { return checked(normalize_number(written), credit_fault); }

CheckedNumber check_mobile_phone(std::string_view written)
{
    auto number = normalize_number(written);
    take_off_country_code(number);
    return checked(std::move(number), phone_fault);
}

CheckedNumber check_pupil_number(std::string_view written) { return checked(normalize_number(written), pupil_fault); }

} // namespace concentric::lib
