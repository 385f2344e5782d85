#pragma once

#include "core/route.hpp"

// What anybody may ask without a log-in: whether a certificate is genuine, and the keys to find that out alone.
namespace concentric::recognition {

Routes check_routes();

} // namespace concentric::recognition
