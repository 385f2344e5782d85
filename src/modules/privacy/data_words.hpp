#pragma once

#include "core/error.hpp"

#include <string_view>

// What the fields of a person's data are called, and the words that stand in them, for those who read a copy.
namespace concentric::privacy {

// The field's own key where nobody has named it.
Words field_words(std::string_view part, std::string_view field);
// "mother" → 母亲; the value itself where it is no word of the program's.
Words value_words(std::string_view field, std::string_view value);

} // namespace concentric::privacy
