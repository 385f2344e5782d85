#pragma once

#include "modules/directory/happenings.hpp"

// Turns of duty in the calendars of those who serve.
namespace concentric::rosters {

void add_happenings(Call&, directory::HappeningsAsked const&);

} // namespace concentric::rosters
