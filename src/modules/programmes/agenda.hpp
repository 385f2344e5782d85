#pragma once

#include "modules/directory/happenings.hpp"

// Classroom days in somebody's calendar: of the classes that they learn or teach in.
namespace concentric::programmes {

void add_happenings(Call&, directory::HappeningsAsked const&);

} // namespace concentric::programmes
