#pragma once

#include "lib/dates.hpp"

#include <string>
#include <string_view>

// Numbers that tell a person or an organisation: checked as their standards say, after mending how people type them.
namespace concentric::lib {

// Why a number does not hold; `none` means that it does.
enum class NumberFault { none, length, character, region, birth_date, check_character };

// Without blanks, dashes and a leading apostrophe, full-width forms as ASCII, letters in upper case: "’ 5101 6４…３x" →
// "510164…3X".
std::string normalize_number(std::string_view written);

// A number as it is stored; `number` is normalised even where a fault was found, for showing what was read.
struct CheckedNumber {
    std::string number;
    NumberFault fault = NumberFault::none;

    explicit operator bool() const { return fault == NumberFault::none; }
};

enum class Sex { male, female };

// Birth date and sex hold only where no fault was found.
struct CitizenNumber : CheckedNumber {
    Date birth_date;
    Sex sex = Sex::male;
    bool was_old_form = false; // written with 15 digits, `number` is the 18-digit form
};

// Citizen identity number, GB 11643-1999: 18 characters, or the 15 digits given out before 1999. Also the number of a
// foreigner's permanent residence card, which begins with 9. Birth years from 1800 to 2099.
CitizenNumber check_citizen_number(std::string_view written);

// Unified social credit code of an organisation, GB 32100-2015.
CheckedNumber check_credit_code(std::string_view written);

// Mobile phone of the mainland; a country code (+86, 0086, 86) is taken off.
CheckedNumber check_mobile_phone(std::string_view written);

// Pupil number (学籍号). G and L are followed by the pupil's identity number, which has to hold; J by a number that the
// pupil system made up, of which only the shape is known.
CheckedNumber check_pupil_number(std::string_view written);

} // namespace concentric::lib
