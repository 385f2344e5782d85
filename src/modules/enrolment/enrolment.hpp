#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"
#include "core/sealed.hpp"

// How pupils go from class to class and from school to school: the turn of the school year, class changes, transfers, closed
// schools.
namespace concentric::enrolment {

Routes routes();
void handle_jobs(Jobs&);
std::vector<SealedColumn> sealed_columns();

} // namespace concentric::enrolment
