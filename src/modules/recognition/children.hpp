#pragma once

#include "core/route.hpp"

// What a child was given, as its own family sees it: certificates and points.
namespace concentric::recognition {

Routes child_routes();

} // namespace concentric::recognition
