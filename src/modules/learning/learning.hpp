#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"
#include "modules/learning/settings.hpp"

// The parent school and training (家长学校与培训): courses, and what people really learnt of them.
namespace concentric::learning {

Routes routes();
void subscribe(Events& events);
void handle_jobs(Jobs& jobs);

} // namespace concentric::learning
