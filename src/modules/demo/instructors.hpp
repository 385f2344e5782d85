#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// The guidance instructors of the demo county: members of all three groups, a training menu, bookings in all states, ratings.
namespace concentric::demo {

// After the certificates were issued. Gives the number of entries added.
std::int64_t add_instructors(Call& call, County const& county);

} // namespace concentric::demo
