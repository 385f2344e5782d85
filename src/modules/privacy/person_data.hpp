#pragma once

#include "modules/directory/person_data.hpp"

// What this module holds about a person: consents for a pupil or given by a carer, requests for a file, holds.
namespace concentric::privacy {

// Listener. All of it is kept: it proves that the law was followed.
void add_person_data(Call& call, directory::PersonDataAsked const& asked);

} // namespace concentric::privacy
