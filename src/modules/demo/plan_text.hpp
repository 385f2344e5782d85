#pragma once

#include "core/time.hpp"

#include <string>
#include <string_view>

// The plan that the demo county works by: 天府新区's, as if it had been made for these years.
namespace concentric::demo {

// plans/tianfu-2021-2023.toml, built into the program.
std::string_view shipped_plan();

// A plan file with every date moved by whole years; what stands in texts and comments stays. 29 February becomes the 28th in other
// years.
std::string in_other_years(std::string_view toml, int years);

// The shipped plan moved so that the day lies in its second year, and said to be a demonstration.
std::string demo_plan(Day today);

// The same plan as it might be changed: two home visits a term instead of one, and fewer points for learning.
std::string changed_plan(std::string toml);

// The year in which the school year of a day began.
int school_year_of(Day day);

} // namespace concentric::demo
