#pragma once

#include <string>
#include <string_view>

// Codes that people type from a sheet of paper: no character in them looks like another one.
namespace concentric::families {

inline constexpr std::size_t class_code_length = 6, invitation_code_length = 10;

// Without 0 O, 1 I L, 2 Z, 5 S and 8 B.
std::string new_code(std::size_t length);
// What was typed, in the form in which codes are kept: upper case, half width, without blanks and dashes.
std::string folded_code(std::string_view typed);

} // namespace concentric::families
