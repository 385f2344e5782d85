#pragma once

#include "core/jobs.hpp"

// A job that comes again and again, such as sealing the ledger every ten minutes.
namespace concentric {

// Queues the job for that moment and forgets its earlier runs, which would fill the table; one that runs now is left alone.
void run_again(Call& call, std::string_view kind, std::string const& input, Instant at);

} // namespace concentric
