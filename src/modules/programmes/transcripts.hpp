#pragma once

#include "modules/programmes/learners.hpp"

// A learner's transcript: every condition, everything that counts for it, and the mark; to print or to work with.
namespace concentric::programmes {

Routes transcript_routes();

} // namespace concentric::programmes
