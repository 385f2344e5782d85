#pragma once

#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"

// What becomes of classroom days and workshops when somebody asks for their data, is erased, or turns out to be two records.
namespace concentric::programmes {

void people_merged_in_classroom(Call&, directory::PeopleMerged const&);
void classroom_removal_asked(Call&, directory::RemovalAsked const&);
void add_classroom_data(Call&, directory::PersonDataAsked const&);
void erase_from_classroom(Call&, PersonId);

} // namespace concentric::programmes
