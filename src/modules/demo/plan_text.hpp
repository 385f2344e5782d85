#pragma once

#include "core/time.hpp"

#include <string>
#include <string_view>

// The plans that the demo county works by: 天府新区's and the national training programme, as if they had been made for these
// years.
namespace concentric::demo {

// plans/tianfu-2021-2023.toml, built into the program.
std::string_view shipped_plan();

// plans/training-2025.toml, the same way.
std::string_view shipped_training_plan();

// A plan file with every date moved by whole years; what stands in texts and comments stays. 29 February becomes the 28th in other
// years.
std::string in_other_years(std::string_view toml, int years);

// The shipped plan moved so that the day lies in its second year, and said to be a demonstration.
std::string demo_plan(Day today);

// The training programme with its certificates, from the year before the day to the year after it. Without its obligation: not all
// staff of a county take part.
std::string demo_training_plan(Day today);

// The demo plan as it might be changed: two home visits a term instead of one, and fewer points for learning.
std::string changed_plan(std::string toml);

// The year in which the school year of a day began.
int school_year_of(Day day);

} // namespace concentric::demo
