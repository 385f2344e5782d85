#pragma once

#include "core/call.hpp"
#include "modules/demo/county.hpp"

// Guidance instructors who were trained, most with their certificates: one replaced, one revoked, some still to be issued; and a
// carer's appeal against points that waits for its answer.
namespace concentric::demo {

void add_certificates(Call& call, County const& county);

} // namespace concentric::demo
