#pragma once

#include "core/route.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/rolls.hpp"
#include "modules/safety/tables.hpp"

// Who sees and does what for the safety of a school. Those in charge: whose post reaches it, reads files and appends entries, as
// its leaders. Staff: whoever has a post in it. Families: by their children. Everybody else finds nothing.
namespace concentric::safety {

// The school or kindergarten; 404 unless the viewer is in charge of it.
directory::OrganisationRef managed_school(Call&, OrganisationId);
// The same for the viewer's own one where none is named; 422 at that path.
directory::OrganisationRef chosen_school(Call&, std::optional<OrganisationId>, std::string const& path);
// For those in charge and for all of its staff.
directory::OrganisationRef staffed_school(Call&, OrganisationId);
bool manages(Call const&, std::string_view school_path);
bool is_of_staff(Call const&, std::string_view school_path);
// The schools whose staff the viewer is one of, by the post that they act in, or which they reach, by name.
std::vector<directory::SchoolUnit> own_schools(Call&);
// The schools of the viewer's children.
std::vector<directory::OrganisationRef> schools_of_children(Call&);

// Everybody with a post in the school today, ascending.
std::vector<std::int64_t> staff_of(Call&, std::string const& school_path);
// 422 at that path for whoever is none of them.
void require_staff(Call&, std::string const& school_path, PersonId, std::string const& field);

// A drill with its school and who coordinates it.
struct OwnedDrill : DrillRow {
    std::string school_name, school_path;
    std::optional<std::string> coordinator_name;
};
BOOST_DESCRIBE_STRUCT(OwnedDrill, (DrillRow), (school_name, school_path, coordinator_name))

// SELECT … FROM drills d, with the names.
std::string const& drill_columns();
// For staff of the school. 404 for others.
OwnedDrill seen_drill(Call&, DrillId);
// Nobody else changes it until the transaction ends: for those in charge.
OwnedDrill held_drill(Call&, DrillId);
// The same for whoever coordinates it, too.
OwnedDrill run_drill(Call&, DrillId);
bool may_run(Call const&, OwnedDrill const&);

// Whether the viewer answers for the pupil now: class teacher, coordinating a drill that runs or leading the class in it, having
// raised or leading the class in an alarm that lasts, or leading an event of the day that the pupil goes to.
bool leads_now(Call&, OrganisationId class_); // by a drill or an alarm
bool is_in_charge_today(Call&, PersonId student, std::string const& class_path);

// The active pupil's class; 404 at the viewer's reach of it.
directory::OrganisationRef class_of_reached(Call&, PersonId student);

// News for all of the school's staff who look at a page of this module.
void tell_staff(Call&, std::string const& school_path);

} // namespace concentric::safety
