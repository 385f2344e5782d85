#pragma once

#include "modules/directory/person_data.hpp"

// What this module holds about a pupil's ways between classes and schools.
namespace concentric::enrolment {

// Listeners. The moves themselves stay without a name, as enrolments do; an erasure takes away the words that were written to them.
void add_person_data(Call& call, directory::PersonDataAsked const& asked);
void erase_person(Call& call, directory::PersonErased const& erased);

} // namespace concentric::enrolment
