#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"

// Where every obligation of the plan stands, who is missing, and the entries behind each figure.
namespace concentric::supervision {

Routes routes();
Routes indicator_routes();
Routes subject_routes();
Routes standing_routes();
Routes trial_routes();
Routes trial_view_routes();
Routes trial_sheet_routes();

void handle_jobs(Jobs& jobs);

} // namespace concentric::supervision
