#pragma once

#include "modules/directory/happenings.hpp"

// Forms in somebody's calendar, on the last day to answer them.
namespace concentric::forms {

void add_happenings(Call&, directory::HappeningsAsked const&);

} // namespace concentric::forms
