#pragma once

#include "core/jobs.hpp"

// Quizzes end when their time is up, whether or not their learners come back.
namespace concentric::coursework {

inline constexpr std::string_view quiz_end_job = "quiz_end";

// At start: looks at once, and every minute from then on.
void begin_ending_quizzes(Call&);
void handle_quiz_end_job(Jobs&);

} // namespace concentric::coursework
