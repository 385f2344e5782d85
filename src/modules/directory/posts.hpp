#pragma once

#include "modules/directory/words.hpp"

#include <unordered_map>

// Which posts a person holds, whose carer they are, and so whom and what a post reaches.
namespace concentric::directory {

// A role held in an organisation, from the first day to the last; `to_day` is latest_day while no end is set.
struct Post {
    PostId id;
    PersonId person;
    OrganisationId organisation;
    std::string role, title;
    Day from_day, to_day;
    std::string organisation_name, organisation_kind;
    std::string path; // of the organisation
    std::optional<std::string> role_zh, role_en, permissions; // of the role, while the county has it
};
BOOST_DESCRIBE_STRUCT(Post, (),
    (id, person, organisation, role, title, from_day, to_day, organisation_name, organisation_kind, path, role_zh, role_en,
        permissions))

// A pupil as the carer sees them; `class_name`, `school_name` and `path` (of the class) are empty for a pupil who is in no class.
struct Child {
    PersonId id;
    std::string name, class_name, school_name, path;
};
BOOST_DESCRIBE_STRUCT(Child, (), (id, name, class_name, school_name, path))

// A person, an organisation and a post as answers show them.
struct PersonBrief {
    PersonId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(PersonBrief, (), (id, name))
struct OrganisationBrief {
    OrganisationId id;
    OrganisationKind kind;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(OrganisationBrief, (), (id, kind, name))
struct PostBrief {
    PostId id;
    std::string role, role_name, title;
    OrganisationBrief organisation;
    Day from;
    std::optional<Day> to;
};
BOOST_DESCRIBE_STRUCT(PostBrief, (), (id, role, role_name, title, organisation, from, to))
// `role_name` in the call's language, `to` only where an end is set.
PostBrief brief_of(Call const& call, Post const& post);

// The posts in term that day whose organisation is open that day, the widest organisation (shortest path) first.
std::vector<Post> posts_of(Call& call, PersonId person, Day on);
// The same for many people at once, ordered by person.
std::vector<Post> posts_of(Call& call, std::vector<std::int64_t> const& people, Day on);
// Posts by id, in or out of term; unknown ids are left out.
std::vector<Post> posts_with(Call& call, std::vector<std::int64_t> const& ids);

std::optional<std::string> person_name(Call& call, PersonId person);
// The person's own number; "" when there is none, nothing when there is no such person.
std::optional<std::string> person_phone(Call& call, PersonId person);
// The active pupils whose carer the person is.
std::vector<Child> children_of(Call& call, PersonId carer);

// The posts in term that day that stand at or above a person: their class, school and county for a pupil or a carer, for staff
// where they hold posts. The widest organisation first.
std::vector<Post> posts_over(Call& call, PersonId person, Day on);

struct CarerOf {
    PersonId carer;
    Words relation;
    bool is_guardian = false;
};
std::vector<CarerOf> carers_of(Call& call, PersonId student);

// Names of people and organisations by id; unknown ids are left out.
std::unordered_map<std::int64_t, std::string> names_of(Call& call, std::vector<std::int64_t> const& ids);
// One of them; empty for an id that is not among them.
std::string name_in(std::unordered_map<std::int64_t, std::string> const& names, std::int64_t id);
std::string county_name(Call& call);
// The path of an organisation; nothing when there is none of this id.
std::optional<std::string> path_of(Call& call, OrganisationId organisation);

// Ids of people whose name, pinyin or initials contain the text, in ascending order, at most `most` of them. Does not look at
// reach.
std::vector<std::int64_t> people_named(Call& call, std::string_view text, std::int64_t most);

// Lists for the WHERE of other modules' queries: `person IN (` + people_reached + `)`. Parameters: $1 county, $2 Viewer::path,
// $3 Viewer::path_end(), $4 the day. People reached are holders of posts in term, active pupils, and carers of active pupils.
extern std::string const people_reached;
// Posts in the organisations reached, whether in term or not. Parameters $1, $2 and $3 only.
extern std::string const posts_reached;

// Makes the county and its root organisation (kind county) where they are not there yet, and adds a person who is county_official
// of it from today. Gives that person. For `concentric admin create`; the call's county is the one founded.
PersonId found_county(Call& call, std::string_view county_name, std::string_view person_name);

} // namespace concentric::directory
