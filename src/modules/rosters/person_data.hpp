#pragma once

#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"

// What rosters hold about a person: handed out on request, and what goes with an erasure.
namespace concentric::rosters {

// Listeners.
void removal_asked(Call&, directory::RemovalAsked const&);
void add_person_data(Call&, directory::PersonDataAsked const&);
void person_erased(Call&, directory::PersonErased const&);

} // namespace concentric::rosters
