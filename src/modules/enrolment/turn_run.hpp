#pragma once

#include "modules/enrolment/turns.hpp"

// Applies turns in the background, school by school, and undoes them.
namespace concentric::enrolment {

void handle_turn_jobs(Jobs&);
Routes turn_run_routes();

} // namespace concentric::enrolment
