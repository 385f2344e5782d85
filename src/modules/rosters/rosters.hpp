#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"

// Duty rosters (值班排班): parents, staff, police and people of the community at the school gate and elsewhere, by fair turns; and
// the volunteer record that follows from it.
namespace concentric::rosters {

Routes routes();
void subscribe(Events&);
void handle_jobs(Jobs&);
// Every quarter of an hour: who serves tomorrow is told in the evening.
void keep_reminding_duties(Call&);
// For a new key.
std::vector<SealedColumn> sealed_columns();

} // namespace concentric::rosters
