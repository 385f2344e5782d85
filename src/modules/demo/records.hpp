#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// Another learning platform that sends learning records: some counted, one whose learner nobody named yet, one without a rule.
namespace concentric::demo {

// After the log-ins were opened. Gives how many entries it adds.
std::int64_t add_records(Call& call, County const& county);

} // namespace concentric::demo
