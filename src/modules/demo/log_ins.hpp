#pragma once

#include "modules/demo/county.hpp"
#include "modules/demo/demo.hpp"

// Who can be logged in as in the demo county.
namespace concentric::demo {

// Gives one person of each kind an account, and families what they do. They know each other: the mother's child is in the
// teacher's class in the principal's school, the grandmother picks it up.
std::vector<LogIn> add_log_ins(Call& call, County& county);

} // namespace concentric::demo
