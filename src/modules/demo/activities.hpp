#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// Events of the demo county: those that its history tells of, one that waits to be entered, and what is coming, with who comes.
namespace concentric::demo {

// Adds no entries: past events stand behind those that the ledger has already.
void add_activities(Call& call, County const& county);

} // namespace concentric::demo
