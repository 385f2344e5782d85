#pragma once

#include "modules/directory/entailed.hpp"
#include "modules/directory/roles.hpp"
#include "modules/directory/words.hpp"

// How a county shapes its roles: who edits them can never give away a right of which they have none, and somebody is always left
// who may.
namespace concentric::accounts {

using directory::OrganisationKind;

// A role as the county's administrators see it.
struct RoleRow {
    std::string role, name, name_zh, name_en; // `name` in the call's language
    std::vector<Permission> permissions;
    std::vector<std::string> kinds, titles;
    std::int64_t term_years = 0; // 0: a post in it has no end by itself
    std::int64_t holders = 0; // posts in term today
    bool is_removable = false; // nobody ever held it, and nothing of the platform needs it
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(
    RoleRow, (), (role, name, name_zh, name_en, permissions, kinds, titles, term_years, holders, is_removable, version))
struct RoleList {
    std::vector<RoleRow> items;
    std::vector<directory::Entailed> entailed; // whichever role has the one has the other too
};
BOOST_DESCRIBE_STRUCT(RoleList, (), (items, entailed))

struct CreateRole {
    Text<1, 40> name_zh;
    Text<1, 60> name_en;
    std::vector<Permission> permissions;
    std::vector<OrganisationKind> kinds;
    std::vector<Text<1, 30>> titles;
    std::optional<Within<0, 30>> term_years;
};
BOOST_DESCRIBE_STRUCT(CreateRole, (), (name_zh, name_en, permissions, kinds, titles, term_years))
void check(CreateRole const& input, Problems& problems);

// What is not said stays as it is.
struct ChangeRole {
    Text<1, 60> role;
    std::optional<Text<1, 40>> name_zh;
    std::optional<Text<1, 60>> name_en;
    std::optional<std::vector<Permission>> permissions;
    std::optional<std::vector<OrganisationKind>> kinds;
    std::optional<std::vector<Text<1, 30>>> titles;
    std::optional<Within<0, 30>> term_years;
};
BOOST_DESCRIBE_STRUCT(ChangeRole, (), (role, name_zh, name_en, permissions, kinds, titles, term_years))
void check(ChangeRole const& input, Problems& problems);

struct OneRole {
    Text<1, 60> role;
};
BOOST_DESCRIBE_STRUCT(OneRole, (), (role))

RoleList list_roles(Call& call, Nothing const&);
RoleRow create_role(Call& call, CreateRole const& input);
// 403 for a right that the viewer lacks, 409 when nobody would be left who may manage roles.
RoleRow change_role(Call& call, ChangeRole const& input);
// 409 when somebody holds or held it, or the platform itself gives it.
Nothing remove_role(Call& call, OneRole const& input);

// 409 unless somebody who can log in may manage the county's roles on that day.
void require_role_keeper(Call& call, Day on);

} // namespace concentric::accounts
