#pragma once

#include "core/time.hpp"

#include <string>
#include <string_view>

// Understands how schools write classes: 三年级（2）班, 302班, 2023级2班, 初一3班, 大一班.
namespace concentric::directory {

// What is empty or 0 could not be told. Grades are known by the year in which they began, which does not change when they move up.
struct ClassLabel {
    std::string stage;
    int entry_year = 0;
    int number = 0;
};

// School years begin in August, since rolls for the new year are made then.
int school_year_of(Day day);
// The first day of the half-year at school: 1 September or 1 February.
Day term_start(Day day);

// `grade` may be empty where the class says it all. `stages` are those of the school; they decide what a bare year or 小班 means.
ClassLabel read_class_label(std::string_view grade, std::string_view class_name, int school_year, std::string_view stages);

// What a grade and a class are called when an import makes them: "2023级", in a school with several stages "小学2023级", and
// "2023级2班".
std::string grade_name(ClassLabel const&, std::string_view stages);
std::string class_name(ClassLabel const&, std::string_view stages);

} // namespace concentric::directory
