#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"

// Training programmes (培训项目): classes that lead to a certificate of the plan, who is in them, how far everybody is, and the
// fees.
namespace concentric::programmes {

Routes routes();
void subscribe(Events& events);
void handle_jobs(Jobs& jobs);
// At start: the receipt form.
void add_importers();

} // namespace concentric::programmes
