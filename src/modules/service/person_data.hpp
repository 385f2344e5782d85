#pragma once

#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"

// What this module holds about a person: handed out on request, and what goes with an erasure.
namespace concentric::service {

// Listeners.
void removal_asked(Call&, directory::RemovalAsked const&);
void add_person_data(Call&, directory::PersonDataAsked const&);
void person_erased(Call&, directory::PersonErased const&);
void people_merged(Call&, directory::PeopleMerged const&);

} // namespace concentric::service
