#pragma once

#include "core/jobs.hpp"

// A job that comes again and again, such as sealing the ledger every ten minutes.
namespace concentric {

// Queues the job for that moment. Forgets what was queued of it before and its earlier runs, which would fill the table; one that
// runs now is left alone, and the last one that ended stays to be asked about.
void run_again(Call& call, std::string_view kind, std::string const& input, Instant at);

} // namespace concentric
