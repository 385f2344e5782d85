#pragma once

#include "modules/directory/tables.hpp"

#include <unordered_map>

// Many classes, pupils and posts change places on one day, as at the turn of a school year, and can be put back. What was before
// that day stays as it was: classes are closed, not renamed, and stays of pupils end, they are not rewritten.
namespace concentric::directory {

// A grade or class that opens; the one above it may open in the same reshaping, earlier in the list.
struct NewUnit {
    OrganisationId id, parent;
    std::string kind, name, stage;
    std::int64_t entry_year = 0, number = 0;
};
BOOST_DESCRIBE_STRUCT(NewUnit, (), (id, parent, kind, name, stage, entry_year, number))

// An active pupil goes from one class to another, or, without `to`, out of all classes with the status that they have from then on
// (active: waits for a class). `was_to` is where the stay in `from` ended before; for a pupil who waits for a class, in the past.
struct Step {
    PersonId student;
    OrganisationId from, to;
    StudentStatus status = StudentStatus::active;
    Day was_to = latest_day;
};
BOOST_DESCRIBE_STRUCT(Step, (), (student, from, to, status, was_to))

struct EndedPost {
    PostId id;
    Day was_to;
};
BOOST_DESCRIBE_STRUCT(EndedPost, (), (id, was_to))

struct NewPost {
    PostId id;
    PersonId person;
    OrganisationId organisation;
    std::string role, title;
    Day to_day = latest_day;
};
BOOST_DESCRIBE_STRUCT(NewPost, (), (id, person, organisation, role, title, to_day))

struct Reshaping {
    Day on; // the first day of the new state; what ends, ends on the day before
    std::vector<OrganisationId> closed;
    std::vector<NewUnit> opened;
    std::vector<Step> steps;
    std::vector<EndedPost> ended;
    std::vector<NewPost> begun;
};

// In the caller's transaction, told to all who count. 409 with the name of the pupil, class or post that is not (any more) as the
// reshaping takes it to be. Does not look at reach; posts that begin may be refused as PostGiven says.
void reshape(Call&, Reshaping const&);

// Puts everything back as it was before, after hindrances() was empty.
void take_back(Call&, Reshaping const&);

// What came later and rests on a reshaping, in words: pupils who moved on, pupils, posts and records of classes that it opened.
std::vector<Words> hindrances(Call&, Reshaping const&);

// For this module: where pupils are now, with their last stay in a class.
struct PupilPlace {
    PersonId id;
    std::string name;
    OrganisationId class_, stay;
    StudentStatus status = StudentStatus::active;
    Day from_day, to_day;
};
BOOST_DESCRIBE_STRUCT(PupilPlace, (), (id, name, class_, stay, status, from_day, to_day))
std::unordered_map<PersonId, PupilPlace> places_of(Call&, std::vector<std::int64_t> const& students);

} // namespace concentric::directory
