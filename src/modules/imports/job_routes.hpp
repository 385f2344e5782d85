#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"

// How far a piece of background work is, for the person who asked for it.
namespace concentric::imports {

struct JobShown {
    JobId id;
    std::string kind;
    JobState state = JobState::waiting;
    std::int64_t done = 0, total = 0;
    std::optional<Json> result;
    std::optional<std::string> error;
    Instant created_at;
    std::optional<Instant> finished_at;
};
BOOST_DESCRIBE_STRUCT(JobShown, (), (id, kind, state, done, total, result, error, created_at, finished_at))

JobShown present_job(Call const&, Job const&);
Routes job_routes();

} // namespace concentric::imports
