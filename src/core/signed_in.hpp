#pragma once

#include "core/call.hpp"

namespace concentric {

// Who is behind a session's token, and in which county.
struct SignedIn {
    Viewer viewer;
    std::int64_t county = 0;
};

} // namespace concentric
