#pragma once

#include "modules/families/tables.hpp"

#include <set>

// Whoever may let families into a class hears that some wait: by one letter, however many there are.
namespace concentric::families {

// After a request came in or was answered, in its transaction.
void tell_of_waiting(Call&, OrganisationId class_);
// After some were decided or taken back: the letter says how many are left, and is read once there are none.
void note_fewer_waiting(Call&, std::set<OrganisationId> const& classes);

} // namespace concentric::families
