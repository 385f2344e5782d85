#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"
#include "core/sealed.hpp"

// Archives of everything that a county holds: made in the background, downloaded within a week, then gone from the server.
namespace concentric::archives {

Routes routes();
void handle_jobs(Jobs& jobs);

// For a new key.
std::vector<SealedColumn> sealed_columns();

} // namespace concentric::archives
