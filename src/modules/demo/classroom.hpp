#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// A training class that met for two days, with groups, attendance and marks; and a workshop in the middle of its screening.
namespace concentric::demo {

// After the ledger, the figures and the log-ins. Gives the number of ledger entries that it added.
std::int64_t add_classroom(Call& call, County const& county);

} // namespace concentric::demo
