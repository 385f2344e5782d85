#pragma once

#include "core/call.hpp"

// When the county's school year begins.
namespace concentric::enrolment {

// The first day of the autumn term that the turn planned today is for, as the calendar of the plans in force sets it; else 1
// September.
Day next_turn(Call&);

} // namespace concentric::enrolment
