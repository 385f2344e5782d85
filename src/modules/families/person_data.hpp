#pragma once

#include "modules/directory/person_data.hpp"

// What this module holds about a person: whom a child was entrusted to, who asked to join, what was to be corrected.
namespace concentric::families {

// Listeners. Orders that keep somebody away are told with the child alone: the person kept away is not to learn of them.
void add_person_data(Call& call, directory::PersonDataAsked const& asked);
void erase_person(Call& call, directory::PersonErased const& erased);

} // namespace concentric::families
