#pragma once

#include "modules/instructors/asking.hpp"
#include "modules/instructors/times.hpp"

// What the steps of a booking share.
namespace concentric::instructors {

// Its state with everything that changes besides: time, place, reason, event, entries.
void store(Call&, BookingRow const&);
// The other side's page is to be read anew.
void tell(Call&, BookingRow const&);

} // namespace concentric::instructors
