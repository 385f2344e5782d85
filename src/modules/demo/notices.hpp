#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// Notices of the demo county in all their states: answered in part, waiting for a second person, corrected, taken back, still a
// draft.
namespace concentric::demo {

void add_notices(Call& call, County const& county);

} // namespace concentric::demo
