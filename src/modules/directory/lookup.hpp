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

// How a carer stands to a pupil; nothing when they are not one.
struct CarerLink {
    std::string relation; // "mother"
    bool is_guardian = false;
};
BOOST_DESCRIBE_STRUCT(CarerLink, (), (relation, is_guardian))
std::optional<CarerLink> carer_link(db::Connection&, std::int64_t county, PersonId carer, PersonId student);

// Birthdays of people; those without one are left out.
std::unordered_map<PersonId, Day> birth_days_of(db::Connection&, std::int64_t county, std::span<std::int64_t const> people);

// Where a person who is no pupil stands: the organisation of the first post in term that day.
std::unordered_map<PersonId, OrganisationRef> workplaces_of(
    db::Connection&, std::int64_t county, std::span<std::int64_t const> people, Day on);

// The school or kindergarten at or above each of these paths, in the same order; empty refs where there is none.
std::vector<OrganisationRef> schools_above(Call&, std::vector<std::string> const& paths);

} // namespace concentric::directory
