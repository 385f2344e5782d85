#pragma once

#include "core/events.hpp"
#include "core/reseal.hpp"
#include "core/route.hpp"

// The growth book of a pupil (一生一册): what was recorded over the years, for the family, the class teacher and the next school.
namespace concentric::growth {

Routes routes();
void subscribe(Events& events);
std::vector<SealedColumn> sealed_columns();

} // namespace concentric::growth
