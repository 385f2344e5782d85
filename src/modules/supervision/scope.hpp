#pragma once

#include "modules/directory/lookup.hpp"
#include "modules/ledger/views.hpp"
#include "modules/tally/figures.hpp"

// What a question about figures is about: an obligation, a period of it, and an organisation that the viewer reaches.
namespace concentric::supervision {

using ledger::NamedOrganisation;
using ledger::NamedPerson;

struct Scope {
    std::shared_ptr<tally::Rules const> rules; // keeps the rule alive
    tally::Rule const* rule = nullptr;
    plan::Period period;
    directory::OrganisationRef organisation;
};

// The organisation, or the viewer's own when none is named; 404 beyond the viewer's reach.
directory::OrganisationRef organisation_in_reach(Call& call, std::optional<OrganisationId> organisation);
// 404 for an unknown obligation or period. Without a period: the one that holds today, or else the last one before today, or the
// first.
Scope scope_of(Call& call, std::int64_t number, std::optional<OrganisationId> organisation, std::optional<Day> period);
// The rule's period for a day, as above.
plan::Period const* period_for(tally::Rule const& rule, Day day);

NamedOrganisation brief(directory::OrganisationRef const& organisation);

} // namespace concentric::supervision
