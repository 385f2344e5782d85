#pragma once

#include "core/route.hpp"
#include "core/sealed.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"

// What surrounds an event: drafts and their approval, templates, journeys with consents, budgets, roles, feedback, open days.
namespace concentric::activities {

Routes planning_routes();

// What these hold about people.
void merge_in_planning(Call&, directory::PeopleMerged const&);
void keep_for_planning(Call&, directory::RemovalAsked const&);
void add_planning_data(Call&, directory::PersonDataAsked const&);
void erase_from_planning(Call&, directory::PersonErased const&);

} // namespace concentric::activities
