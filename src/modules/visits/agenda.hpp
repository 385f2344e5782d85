#pragma once

#include "modules/directory/happenings.hpp"

// Home visits in the calendars of the team and of the child's family.
namespace concentric::visits {

void add_happenings(Call&, directory::HappeningsAsked const&);

} // namespace concentric::visits
