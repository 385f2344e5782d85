#include "modules/directory/holders.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/roles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace concentric::directory {
namespace {

struct Right {
    std::int64_t person = 0;
    std::string permissions;
};
BOOST_DESCRIBE_STRUCT(Right, (), (person, permissions))

struct RightAt : Right {
    std::string path;
};
BOOST_DESCRIBE_STRUCT(RightAt, (Right), (path))

} // namespace

std::string holder_joins(std::string_view county, std::string_view person, std::string_view day)
{
    return fmt::format(
        "JOIN people h ON h.county = {0} AND h.id = {1} "
        "LEFT JOIN posts p ON p.county = {0} AND p.person = {1} AND p.from_day <= {2} AND p.to_day >= {2} "
        "LEFT JOIN organisations o ON o.county = {0} AND o.id = p.organisation AND o.opened_on <= {2} AND o.closed_on >= {2} "
        "LEFT JOIN roles r ON r.county = {0} AND r.role = p.role ",
        county, person, day);
}

std::vector<HeldPost> held_posts(std::span<HolderRow const* const> rows)
{
    std::vector<HeldPost> posts;
    for (auto const* row : rows)
        if (row->post && row->path) // a post ends with its organisation
            posts.push_back(
                {*row->post, *row->organisation, *row->role, *row->path, permissions_in(row->permissions.value_or(""))});
    std::ranges::sort(posts, {}, [](HeldPost const& post) { return std::pair(post.path.size(), post.id); });
    return posts;
}

std::optional<Holder> holder_of(Call& call, PersonId person, Day on)
{
    static auto const sql = fmt::format(
        "SELECT {} FROM people s {}WHERE s.county = $1 AND s.id = $2", holder_columns, holder_joins("s.county", "s.id", "$3"));
    auto const rows = call.db.rows<HolderRow>(sql, call.county, person, on);
    if (rows.empty())
        return std::nullopt;
    std::vector<HolderRow const*> all;
    for (auto const& row : rows)
        all.push_back(&row);
    return Holder{rows.front().person_name, held_posts(all)};
}

std::vector<std::int64_t> county_holders(Call& call, Permission permission, Day on)
{
    std::vector<std::int64_t> holders;
    for (auto const& right : call.db.rows<Right>(
             "SELECT p.person, r.permissions FROM organisations o JOIN posts p ON p.county = o.county AND p.organisation = o.id "
             "JOIN roles r ON r.county = p.county AND r.role = p.role "
             "WHERE o.county = $1 AND o.parent = 0 AND o.closed_on >= $2 AND p.from_day <= $2 AND p.to_day >= $2",
             call.county, on))
        if (permissions_in(right.permissions).has(permission))
            holders.push_back(right.person);
    return holders;
}

std::vector<std::int64_t> nearest_holders(
    Call& call, std::string const& place, std::string const& highest, Permission permission, Day on)
{
    std::vector<std::int64_t> nearest;
    std::string at;
    for (auto const& right :
        call.db.rows<RightAt>(
            "SELECT p.person, r.permissions, o.path FROM organisations o JOIN posts p ON p.county = o.county AND p.organisation = "
            "o.id JOIN roles r ON r.county = p.county AND r.role = p.role WHERE o.county = $1 AND o.id ANY_OF($2) AND o.path >= $3 "
            "AND o.closed_on >= $4 AND p.from_day <= $4 AND p.to_day >= $4 ORDER BY length(o.path), p.id",
            call.county, db::IntegerList{ids_in(place)}, highest, on)) {
        if (!permissions_in(right.permissions).has(permission))
            continue;
        if (std::exchange(at, right.path) != right.path)
            nearest.clear();
        nearest.push_back(right.person);
    }
    return nearest;
}

} // namespace concentric::directory
