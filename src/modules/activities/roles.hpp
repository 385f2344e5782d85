#pragma once

#include "modules/activities/access.hpp"
#include "modules/directory/posts.hpp"

// Who does something at an event other than attend: the parent who teaches, whoever helps. They are expected there, whomever the
// event is for, and have an entry of their own kind instead of the one for those who came.
namespace concentric::activities {

enum class ActivityRole { taught, helped };
BOOST_DESCRIBE_ENUM(ActivityRole, taught, helped)

struct RoleRow {
    std::int64_t county = 0;
    ActivityId activity;
    PersonId person;
    ActivityRole role = ActivityRole::helped;
};
BOOST_DESCRIBE_STRUCT(RoleRow, (), (county, activity, person, role))

struct RoleView {
    PersonId person;
    std::string name;
    ActivityRole role = ActivityRole::helped;
    bool was_there = false;
};
BOOST_DESCRIBE_STRUCT(RoleView, (), (person, name, role, was_there))

struct GiveRole {
    ActivityId id;
    PersonId person;
    ActivityRole role = ActivityRole::helped;
};
BOOST_DESCRIBE_STRUCT(GiveRole, (), (id, person, role))
struct OneRole {
    ActivityId id;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(OneRole, (), (id, person))
struct Roles {
    std::vector<RoleView> items;
};
BOOST_DESCRIBE_STRUCT(Roles, (), (items))

std::vector<RoleRow> roles_in(Call&, ActivityId);
bool has_role(Call&, ActivityId, PersonId);
Roles roles_of(Call&, ActivityId);
// 422 for a kind that nobody teaches at, and for somebody who is no carer or staff of those who hold it or are invited.
Roles give_role(Call&, GiveRole const&);
Roles take_role(Call&, OneRole const&);

// The adults whom a role can be given to, by name.
struct FindHelpers {
    ActivityId id;
    Text<1, 60> q;
};
BOOST_DESCRIBE_STRUCT(FindHelpers, (), (id, q))
struct Helpers {
    std::vector<directory::PersonBrief> items;
};
BOOST_DESCRIBE_STRUCT(Helpers, (), (items))
Helpers find_helpers(Call&, FindHelpers const&);

} // namespace concentric::activities
