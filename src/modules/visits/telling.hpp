#pragma once

#include "modules/visits/access.hpp"

// What families and teams are told of a visit.
namespace concentric::visits {

// Everybody who may confirm for the child, but whoever is doing it.
void tell_family(Call&, OwnedVisit const&, Words const& what);
void tell_team(Call&, OwnedVisit const&, Words const& what);

} // namespace concentric::visits
