#pragma once

#include "core/route.hpp"
#include "modules/directory/posts.hpp"

// Pupils change classes within their school, or get a class after they waited for one.
namespace concentric::enrolment {

Routes class_change_routes();

} // namespace concentric::enrolment
