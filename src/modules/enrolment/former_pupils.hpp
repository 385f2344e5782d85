#pragma once

#include "core/route.hpp"

// What a school keeps of pupils who went elsewhere: the time that they were there, to read only.
namespace concentric::enrolment {

Routes former_pupil_routes();

} // namespace concentric::enrolment
