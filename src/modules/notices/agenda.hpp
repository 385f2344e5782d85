#pragma once

#include "modules/directory/happenings.hpp"

// Notices in somebody's calendar, on the last day to answer them.
namespace concentric::notices {

void add_happenings(Call&, directory::HappeningsAsked const&);

} // namespace concentric::notices
