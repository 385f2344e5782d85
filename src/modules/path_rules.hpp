#pragma once

#include "web/app.hpp"

// What the answers below some paths have in common, whichever module gives them.
namespace concentric {

std::vector<web::PathRule> all_path_rules();

} // namespace concentric
