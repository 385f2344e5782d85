#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// A term's home visits of the school whose people have accounts: some made, some to come, some that wait for an answer.
namespace concentric::demo {

// Gives the number of ledger entries.
std::int64_t add_visits(Call& call, County const& county);

} // namespace concentric::demo
