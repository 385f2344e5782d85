#pragma once

#include "modules/directory/happenings.hpp"

// Events in somebody's calendar: what they signed up for, booked or lead, and what invites them without a sign-up.
namespace concentric::activities {

void add_happenings(Call&, directory::HappeningsAsked const&);

} // namespace concentric::activities
