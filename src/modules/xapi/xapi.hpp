#pragma once

#include "core/config.hpp"
#include "core/jobs.hpp"
#include "core/route.hpp"

// What this module offers, and what it listens to.
namespace concentric::xapi {

void configure(Settings const& settings);
Routes routes();
void subscribe(Events& events);
void handle_jobs(Jobs& jobs);
std::vector<SealedColumn> sealed_columns();

} // namespace concentric::xapi
