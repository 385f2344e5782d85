#pragma once

#include "core/call.hpp"

#include <span>
#include <unordered_map>

// Answers other parts' questions about the tree: where an organisation stands, and which class a pupil is in.
namespace concentric::directory {

struct OrganisationRef {
    OrganisationId id, parent;
    std::string path, kind, name, stages;
};
BOOST_DESCRIBE_STRUCT(OrganisationRef, (), (id, parent, path, kind, name, stages))

// Nothing when there is no such organisation; does not look at reach.
std::optional<OrganisationRef> organisation(db::Connection&, std::int64_t county, OrganisationId);
std::unordered_map<OrganisationId, OrganisationRef> organisations(
    db::Connection&, std::int64_t county, std::span<std::int64_t const> ids);

// The class in which an active pupil is now; nothing for others.
std::optional<OrganisationRef> class_of(db::Connection&, std::int64_t county, PersonId student);
std::unordered_map<PersonId, OrganisationRef> classes_of(
    db::Connection&, std::int64_t county, std::span<std::int64_t const> students);

// Birthdays of people; those without one are left out.
std::unordered_map<PersonId, Day> birth_days_of(db::Connection&, std::int64_t county, std::span<std::int64_t const> people);

// Where a person who is no pupil stands: the organisation of the first post in term that day.
std::unordered_map<PersonId, OrganisationRef> workplaces_of(
    db::Connection&, std::int64_t county, std::span<std::int64_t const> people, Day on);

// The school or kindergarten at or above each of these paths, in the same order; empty refs where there is none.
std::vector<OrganisationRef> schools_above(Call&, std::vector<std::string> const& paths);

// Pieces for a list of a module above, so that its rows come with names in the same statement. `column` holds a person or an
// organisation of the `county` in the same row. A person's name is an expression, null where there is none: PostgreSQL starts it
// for a third less than a join.
std::string person_name_in(std::string_view county, std::string_view column);
// The organisation becomes `alias` with id, kind, name and path, all null where there is none.
std::string joined_organisation(std::string_view alias, std::string_view county, std::string_view column);
// The condition that the organisation lies at or below a path; `from` and `end` are places of parameters. Looked at row by row: for
// who walks rows in an order of their own, or of one class. As a join it would tempt PostgreSQL, which takes every range of paths
// for a two-hundredth of the county, to begin with the organisations.
std::string is_below(std::string_view county, std::string_view column, std::string_view from, std::string_view end);

} // namespace concentric::directory
