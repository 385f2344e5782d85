#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// The safety of the school whose people have accounts: a drill that was held and one to come, an emergency card, hazards.
namespace concentric::demo {

// Gives the number of ledger entries.
std::int64_t add_safety(Call& call, County const& county);

} // namespace concentric::demo
