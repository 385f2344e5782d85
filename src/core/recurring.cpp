#include "core/recurring.hpp"

namespace concentric {

void run_again(Call& call, std::string_view kind, std::string const& input, Instant at)
{
    call.db.execute("DELETE FROM jobs WHERE county = $1 AND kind = $2 AND state <> 'running' AND (state = 'waiting' OR id < "
                    "(SELECT MAX(d.id) FROM jobs d WHERE d.county = $1 AND d.kind = $2 AND d.state NOT IN ('waiting', 'running')))",
        call.county, kind);
    call.jobs.add_at(call, kind, input, at);
}

} // namespace concentric
