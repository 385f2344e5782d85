#pragma once

#include "modules/enrolment/turns.hpp"

// Takes in lists (分班名单) that say which pupil goes to which new class.
namespace concentric::enrolment {

Routes turn_place_routes();

} // namespace concentric::enrolment
