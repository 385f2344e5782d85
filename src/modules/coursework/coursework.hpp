#pragma once

#include "core/events.hpp"
#include "core/jobs.hpp"
#include "core/route.hpp"

// Working together in courses (研修互动): quizzes, discussion, collected questions, and assignments that are improved until they
// pass.
namespace concentric::coursework {

Routes routes();
void subscribe(Events& events);
void handle_jobs(Jobs& jobs);

} // namespace concentric::coursework
