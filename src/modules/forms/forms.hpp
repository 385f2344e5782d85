#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"
#include "core/sealed.hpp"

// Forms: what people are asked, from a poll in a class to a survey of the county, and commitments that guardians sign.
namespace concentric::forms {

Routes routes();
void subscribe(Events&);
void handle_jobs(Jobs&);
std::vector<SealedColumn> sealed_columns();

} // namespace concentric::forms
