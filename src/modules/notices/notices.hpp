#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"

// Notices to families and staff: who gets them, what comes back, and what they cost families in time.
namespace concentric::notices {

Routes routes();
void subscribe(Events&);
void handle_jobs(Jobs&);

} // namespace concentric::notices
