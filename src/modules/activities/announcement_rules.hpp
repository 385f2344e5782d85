#pragma once

#include "modules/activities/announcing.hpp"

// What stands against an event by its content alone, each fault by its field.
namespace concentric::activities {

void check_time(Instant from, Instant until, Problems&);
void check_link(std::string_view link, Problems&);
// A place, a link, or both.
void check_meeting_point(std::string_view place, std::string_view link, Problems&);

} // namespace concentric::activities
