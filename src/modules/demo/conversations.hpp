#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// Conversations of the demo county: answered ones, one that waits for days, a confidential one, a committee, one reported.
namespace concentric::demo {

void add_conversations(Call& call, County const& county);

} // namespace concentric::demo
