#pragma once

#include "core/jobs.hpp"
#include "core/reseal.hpp"
#include "core/route.hpp"

// Pupils serve their community: what is offered, hours that the community confirms, how far each is, and what they say of it.
namespace concentric::service {

Routes routes();
void subscribe(Events&);
void handle_jobs(Jobs&);
std::vector<SealedColumn> sealed_columns();
// At start of a server: looks every hour which families are to be reminded.
void keep_reminding(Call&);

} // namespace concentric::service
