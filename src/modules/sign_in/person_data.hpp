#pragma once

#include "modules/directory/person_data.hpp"

// What this module holds about how a person logs in.
namespace concentric::sign_in {

// Listeners.
void add_person_data(Call& call, directory::PersonDataAsked const& asked);
void erase_person(Call& call, directory::PersonErased const& erased);

} // namespace concentric::sign_in
