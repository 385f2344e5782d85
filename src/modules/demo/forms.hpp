#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// Forms of the school whose people have accounts: a survey half answered, an anonymous one that is over, and this year's commitment
// half signed.
namespace concentric::demo {

void add_forms(Call& call, County const& county);

} // namespace concentric::demo
