#pragma once

#include <string>
#include <string_view>

// Finds out that "*姓 名（必填）" and "姓名" are the same column of a roster.
namespace concentric::lib {

// Lower case, half width, without blanks, line breaks, asterisks, punctuation, and brackets with what is in them;
// where nothing would be left, the words inside the brackets stay.
std::string canonical_heading(std::string_view heading);

// How alike two headings are in their canonical form: 1 equal, 0 nothing in common; the share of characters that need
// no change to turn one into the other. Two empty headings are not alike.
double heading_similarity(std::string_view one, std::string_view other);

} // namespace concentric::lib
