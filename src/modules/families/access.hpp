#pragma once

#include "modules/accounts/access.hpp"

// What families add to the answer to "who can see this pupil, and why": those whom a guardian entrusted the child to; and without
// those whom an order keeps away.
namespace concentric::families {

// Listener.
void add_access(Call& call, accounts::AccessAsked const& asked);

} // namespace concentric::families
