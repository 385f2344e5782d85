#pragma once

#include "core/call.hpp"

// The roles that a post can give in a county: what they are called, what they may do, and in which organisations they exist. A
// county begins with the shipped ones and makes them its own.
namespace concentric::directory {

struct Role {
    std::string role; // the key, such as "class_teacher"
    Words name;
    Permissions permissions; // in the post's organisation and everywhere below it
    std::vector<std::string> kinds; // of organisations
    std::vector<std::string> titles; // how duty lists (职务) write it
    std::int64_t term_years = 0; // after which a new post ends by itself; 0: it does not
    std::int64_t version = 1;
};

// In the order in which the county lists them.
std::vector<Role> roles(db::Connection& db, std::int64_t county);
// Nothing when the county has no such role.
std::optional<Role> role_named(db::Connection& db, std::int64_t county, std::string_view role);
bool fits(Role const& role, std::string_view organisation_kind);

// For accounts, which asks for the right first; `version` counts on by itself.
void add_role(Call& call, Role const& role);
void change_role(Call& call, Role const& role);
void remove_role(Call& call, std::string_view role);

// The roles that somebody holds or held, and how many posts are in term today.
struct RoleUse {
    std::string role;
    std::int64_t in_term = 0;
};
BOOST_DESCRIBE_STRUCT(RoleUse, (), (role, in_term))
std::vector<RoleUse> role_uses(Call& call);

// Every permission there is, in the order of the enumeration.
std::vector<Permission> const& every_permission();
// Whether `some` holds nothing that `all` does not.
bool are_within(Permissions some, Permissions all);
// "read_people,manage_people" and what everybody has who is logged in; unknown names count for nothing.
Permissions permissions_in(std::string_view names);
// What permissions_in reads: without what everybody has.
std::string list_of(Permissions permissions);

} // namespace concentric::directory
