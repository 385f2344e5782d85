#include "core/recurring.hpp"

namespace concentric {

void run_again(Call& call, std::string_view kind, std::string const& input, Instant at)
{
    call.db.execute(
        "DELETE FROM jobs WHERE county = $1 AND kind = $2 AND state <> $3", call.county, kind, JobState::running);
    call.jobs.add_at(call, kind, input, at);
}

} // namespace concentric
