#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"

// Guards children's data: who may open a pupil's file and why, what the guardians agreed to, and what is erased when.
namespace concentric::privacy {

Routes routes();
Routes purpose_routes();
Routes request_routes();
Routes consent_routes();
Routes consent_answer_routes();
Routes own_consent_routes();
Routes reading_routes();
Routes data_routes();
Routes retention_routes();
Routes yearly_audit_routes();

void subscribe(Events& events);
void handle_jobs(Jobs& jobs);
// At start: checks every night from the next one on what is due for erasure.
void keep_checking_retention(Call& call);

} // namespace concentric::privacy
