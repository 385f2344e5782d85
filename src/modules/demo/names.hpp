#pragma once

#include "modules/demo/random.hpp"
#include "modules/directory/tables.hpp"

#include <span>
#include <string>
#include <string_view>

// Names as people of each generation have them.
namespace concentric::demo {

using directory::Sex;

enum class Generation { elders, parents, children };

// A surname, as often as it is found in the country.
std::string_view a_surname(Random& random);
std::string a_name(Random& random, std::string_view surname, Generation generation, Sex sex);

// The lists that names are made from.
struct Surname {
    std::string_view text;
    unsigned weight; // of about ten thousand people, so many have it
};
std::span<Surname const> surnames();

struct GivenNames {
    std::u32string_view characters;
    std::span<std::string_view const> whole; // names that half a school class seems to have
    double single; // share of names with one character
};
GivenNames const& given_names(Generation generation, Sex sex);
// Characters that old programs cannot show.
std::u32string_view rare_characters();

} // namespace concentric::demo
