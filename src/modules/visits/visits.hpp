#pragma once

#include "core/config.hpp"
#include "core/jobs.hpp"
#include "core/route.hpp"

// Home visits (家访): a school asks each family how and when it wishes to be met, plans days and routes, and keeps what was found
// and agreed.
namespace concentric::visits {

// Before any thread: which service finds the place of an address.
void configure(Settings const&);
Routes routes();
void subscribe(Events&);
void handle_jobs(Jobs&);
// For a new key.
std::vector<SealedColumn> sealed_columns();

} // namespace concentric::visits
