#pragma once

#include "modules/enrolment/turn_plan.hpp"

// In which order schools are turned: those that open classes for others' pupils come first.
namespace concentric::enrolment {

// Schools that wait for each other in a circle get a fault: such pupils are to be moved by a transfer.
std::vector<SchoolPlan> in_order_of_need(std::vector<SchoolPlan> schools);

} // namespace concentric::enrolment
