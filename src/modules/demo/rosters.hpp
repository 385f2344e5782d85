#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// A term's duties at the gate of the school whose people have accounts: served until today, shared out until the end, with a swap
// that waits for an answer and hours that wait for a signature.
namespace concentric::demo {

// Gives the number of ledger entries.
std::int64_t add_rosters(Call& call, County const& county);

} // namespace concentric::demo
