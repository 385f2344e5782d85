#pragma once

#include "core/fields.hpp"

#include <string_view>

// How long children stay at each stage of school, and which stage comes next.
namespace concentric::enrolment {

// 六三制: six years of primary school and three of junior school; 五四制: five and four (义务教育法 leaves it to the provinces).
enum class Schooling { six_three, five_four };
BOOST_DESCRIBE_ENUM(Schooling, six_three, five_four)

// Years at a stage; 0 for a word that is no stage.
int years_of(Schooling, std::string_view stage);
// "kindergarten" → "primary"; empty after the last one.
std::string_view stage_after(std::string_view stage);
// 1 for kindergarten to 4 for senior; 0 for a word that is no stage.
int rank_of(std::string_view stage);

// The school year that begins at a turn of this day: turns from June on are for the year that begins in that summer.
int school_year_turned(Day on);
// The 1 September that a turn planned on this day is for, as long as the county's calendar does not say otherwise.
Day usual_turn(Day today);

} // namespace concentric::enrolment
