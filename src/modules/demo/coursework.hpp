#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// A question bank, a quiz with answers, a lively board, and an assignment in two rounds, in the county's course for staff.
namespace concentric::demo {

void add_coursework(Call& call, County& county);

} // namespace concentric::demo
