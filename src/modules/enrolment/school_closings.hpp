#pragma once

#include "core/route.hpp"

// Closes a school whose pupils go to another one (并校), or wait on the county's list until they have a class.
namespace concentric::enrolment {

Routes school_closing_routes();

} // namespace concentric::enrolment
