#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// The class feed of the class whose people have accounts: moments with drawn pictures, what families said, one taken down, a
// report.
namespace concentric::demo {

void add_feed(Call& call, County const& county);

} // namespace concentric::demo
