#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"
#include "modules/recognition/tables.hpp"

// A certificate for everybody who has earned it, as a job; its files in one archive that is kept for thirty days.
namespace concentric::recognition {

inline constexpr std::int64_t archive_days = 30;

void handle_batch_jobs(Jobs&);
Routes batch_routes();

} // namespace concentric::recognition
