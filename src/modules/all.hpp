#pragma once

#include "core/config.hpp"
#include "core/jobs.hpp"
#include "core/route.hpp"
#include "core/sealed.hpp"

// The list of the platform's modules: what they offer, what they listen to, what they do in the background. The only place that
// knows all.
namespace concentric {

// Hands the settings to the modules that have some of their own; before any thread.
void configure_all(Settings const& settings);
Routes all_routes();
void subscribe_all(Events& events);
void handle_all_jobs(Jobs& jobs);
// Everything that is sealed, for a new key.
std::vector<SealedColumn> all_sealed_columns();

} // namespace concentric
