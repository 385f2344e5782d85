#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// Courses in all lines, of the county, a community and a school, and what the people who can log in have learnt of them.
namespace concentric::demo {

void add_courses(Call& call, County& county);

} // namespace concentric::demo
