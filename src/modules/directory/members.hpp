#pragma once

#include "modules/directory/lookup.hpp"
#include "modules/directory/memberships.hpp"

// Lists of who belongs where, for the queries of modules above: they join their own figures to them.
namespace concentric::directory {

// A SELECT of the members of a kind with the columns subject, name, unit, unit_name, path, kind, stages, resource_kind, from_day,
// to_day. A family or carer has a row for each enrolment of each child. Its only parameter is $1, the county.
std::string_view members_query(SubjectKind kind);

// The condition that a row m of members_query is of a group on a day; both are places of parameters ("$5"). A family or carer is of
// the groups of its children.
std::string in_group_condition(SubjectKind kind, std::string const& group, std::string const& day);

// The condition that nobody cares for the pupil in `student` of whom `condition` holds, which is about c.carer.
std::string has_no_carer_with(std::string_view county, std::string_view student, std::string_view condition);

// Pupils and their families.
struct Kin {
    std::int64_t person = 0;
    std::int64_t family = 0;
};
BOOST_DESCRIBE_STRUCT(Kin, (), (person, family))
std::vector<Kin> families_of_students(db::Connection&, std::int64_t county, std::span<std::int64_t const> students);
// The same for the whole county, for computing everything anew.
std::vector<Kin> all_families_of_students(db::Connection&, std::int64_t county);

// The open organisation of that name or code; the widest where several have it.
std::optional<OrganisationRef> organisation_called(db::Connection&, std::int64_t county, std::string_view name_or_code);

// The organisations directly below one that are open on a day, in the order in which people count them.
std::vector<OrganisationRef> open_children(db::Connection&, std::int64_t county, OrganisationId parent, Day on);

// Every class at or below the path, closed ones too, by name as people count them.
std::vector<OrganisationRef> classes_below(db::Connection&, std::int64_t county, std::string const& path);

// How much a county's directory holds: what the set-up list of a fresh county asks.
struct Inventory {
    std::int64_t schools = 0, students = 0, posts = 0;
};
BOOST_DESCRIBE_STRUCT(Inventory, (), (schools, students, posts))
Inventory inventory(db::Connection&, std::int64_t county);

} // namespace concentric::directory
