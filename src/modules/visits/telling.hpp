#pragma once

#include "modules/inbox/inbox.hpp"
#include "modules/visits/access.hpp"

#include <span>

// What families and teams are told of a visit.
namespace concentric::visits {

// Everybody who may confirm for the child, but whoever is doing it.
void tell_family(Call&, OwnedVisit const&, Words const& what);
// The same of many visits; the same number of statements however many there are.
void tell_families(Call&, std::span<OwnedVisit const>, Words const& what);
void tell_team(Call&, OwnedVisit const&, Words const& what);
// Those who lead the campaign's school, and who began it.
void tell_leaders(Call&, CampaignRow const&, TeamId, inbox::Letter const&);

} // namespace concentric::visits
