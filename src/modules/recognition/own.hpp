#pragma once

#include "core/route.hpp"

// A person's own certificates, and how far they are with the next ones.
namespace concentric::recognition {

Routes own_routes();

} // namespace concentric::recognition
