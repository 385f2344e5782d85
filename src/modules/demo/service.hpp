#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// Pupils' service around the child whose people have accounts: served and rated, waiting to be confirmed, and still to come.
namespace concentric::demo {

// Gives the number of ledger entries.
std::int64_t add_service(Call& call, County const& county);

} // namespace concentric::demo
