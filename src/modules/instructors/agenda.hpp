#pragma once

#include "modules/directory/happenings.hpp"

// Bookings of instructors in the calendars of both sides.
namespace concentric::instructors {

void add_happenings(Call&, directory::HappeningsAsked const&);

} // namespace concentric::instructors
