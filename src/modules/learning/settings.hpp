#pragma once

#include "core/config.hpp"

// How large a course's file may be, and where the programs are that look into it.
namespace concentric::learning {

// For the whole process: set once at the start, before any thread.
void configure(Settings const& settings);
std::int64_t media_megabytes();

} // namespace concentric::learning
