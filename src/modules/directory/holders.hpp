#pragma once

#include "modules/directory/posts.hpp"

#include <span>

// Who a person is and what they may do where: what every request asks first, so it comes in one statement together with the
// session.
namespace concentric::directory {

// A person with one post in term and the rights that it gives, or with none.
struct HolderRow {
    std::string person_name;
    std::optional<PostId> post;
    std::optional<OrganisationId> organisation;
    std::optional<std::string> role, permissions, path;
};
BOOST_DESCRIBE_STRUCT(HolderRow, (), (person_name, post, organisation, role, permissions, path))

// Pieces of a SELECT of a module above: its columns, and the joins that give a row for each post that a person has in term that day
// in an open organisation. `county`, `person` and `day` are columns or parameters of that statement.
inline constexpr std::string_view holder_columns
    = "h.name AS person_name, p.id AS post, o.id AS organisation, p.role, r.permissions, o.path";
std::string holder_joins(std::string_view county, std::string_view person, std::string_view day);

// A post that counts, with its rights.
struct HeldPost {
    PostId id;
    OrganisationId organisation;
    std::string role, path;
    Permissions permissions;
};
// The post at each row, if any; the one of the widest organisation (shortest path) first.
std::vector<HeldPost> held_posts(std::span<HolderRow const* const> rows);

// Name and posts of a person; nothing when there is no such person.
struct Holder {
    std::string name;
    std::vector<HeldPost> posts;
};
std::optional<Holder> holder_of(Call& call, PersonId person, Day on);

// Who may do this in the whole county on that day: by posts at the root of its tree.
std::vector<std::int64_t> county_holders(Call& call, Permission permission, Day on);
// Who may do this at a place, by the posts nearest to it: those at the organisation itself, else at the next one above that has
// any, as far up as `highest`. Both are paths.
std::vector<std::int64_t> nearest_holders(
    Call& call, std::string const& place, std::string const& highest, Permission permission, Day on);

} // namespace concentric::directory
