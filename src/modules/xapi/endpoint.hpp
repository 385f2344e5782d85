#pragma once

#include "core/route.hpp"

// Where other programs hand in and read learning records: the statement and about resources of xAPI 1.0.3, below /api/xapi.
namespace concentric::xapi {

// Of one request, which may have 1 MiB, as everything that comes without a session.
inline constexpr std::size_t most_statements = 500;

Routes endpoint_routes();

} // namespace concentric::xapi
