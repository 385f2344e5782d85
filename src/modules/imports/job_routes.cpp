#include "modules/imports/job_routes.hpp"

#include <fmt/format.h>

namespace concentric::imports {
namespace {

struct OneJob {
    JobId id;
};
BOOST_DESCRIBE_STRUCT(OneJob, (), (id))

// Whoever queued it, and the program itself.
Job own_job(Call& call, JobId id)
{
    auto job = call.jobs.find(call, id);
    if (!job || (call.viewer.person && job->created_by != call.viewer.person))
        throw not_found({"任务", "job"});
    return *job;
}

JobShown show_job(Call& call, OneJob const& input) { return present_job(call, own_job(call, input.id)); }

JobShown cancel_job(Call& call, OneJob const& input)
{
    auto const job = own_job(call, input.id);
    call.jobs.cancel(call, job.id);
    call.audit_subject = fmt::format("job:{}", job.id.value);
    return show_job(call, input);
}

} // namespace

JobShown present_job(Call const& call, Job const& job)
{
    auto error = job.error_zh ? std::optional(call.say({*job.error_zh, job.error_en.value_or("")})) : std::nullopt;
    return {job.id, job.kind, job.state, job.done, job.total,
        job.result ? std::optional(Json(std::string(*job.result))) : std::nullopt, std::move(error), job.created_at,
        job.finished_at};
}

Routes job_routes()
{
    return {
        route(Verb::get, "/api/jobs/{id}", Permission::signed_in, "job_show", "How far a job is", show_job),
        route(Verb::del, "/api/jobs/{id}", Permission::signed_in, "job_cancel", "Asks a job to end", cancel_job),
    };
}

} // namespace concentric::imports
