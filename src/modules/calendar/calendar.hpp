#pragma once

#include "core/route.hpp"

// Everyone's own calendar: what concerns somebody in one list, on other devices too, and what collides with it.
namespace concentric::calendar {

Routes routes();
void subscribe(Events&);

} // namespace concentric::calendar
