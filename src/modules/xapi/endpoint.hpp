#pragma once

#include "core/route.hpp"

// Where other programs hand in and read learning records: the statement, activities, agents and about resources of xAPI 1.0.3,
// below /api/xapi.
namespace concentric::xapi {

inline constexpr std::size_t most_of_request = 8 << 20; // bytes, with all attachments
inline constexpr std::size_t most_of_statements = 1 << 20; // bytes of the JSON alone
inline constexpr std::size_t most_statements = 500; // of one request

Routes endpoint_routes();

} // namespace concentric::xapi
