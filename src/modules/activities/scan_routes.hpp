#pragma once

#include "core/route.hpp"

// What is asked at the gates of an event: lists and codes to take along, scans, the trail.
namespace concentric::activities {

Routes scan_routes();

} // namespace concentric::activities
