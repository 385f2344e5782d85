#pragma once

#include <string>
#include <string_view>

// Sorts names as people count: 2班 before 10班, 二年级 before 十年级.
namespace concentric::directory {

// A text whose byte order is the natural order of the names: runs of digits and Chinese numerals up to 99 become numbers of equal
// width.
std::string natural_key(std::string_view name);

// The number that a text of digits or Chinese numerals means (3, 03, 三, 十二), or 0.
int counted(std::string_view text);

} // namespace concentric::directory
