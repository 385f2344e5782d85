#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"

// Safety (安全) of schools: drills that end as entries of the ledger, alarms, children handed over, cards for emergencies, hazards.
namespace concentric::safety {

Routes routes();
void subscribe(Events&);
void handle_jobs(Jobs&);
// For a new key.
std::vector<SealedColumn> sealed_columns();

} // namespace concentric::safety
