#include "modules/directory/roles.hpp"

#include "modules/directory/entailed.hpp"
#include "modules/directory/words.hpp"

#include <algorithm>

namespace concentric::directory {
namespace {

struct RoleRow {
    std::string role, name_zh, name_en, permissions, kinds, titles;
    std::int64_t term_years = 0, version = 0;
};
BOOST_DESCRIBE_STRUCT(RoleRow, (), (role, name_zh, name_en, permissions, kinds, titles, term_years, version))

constexpr std::string_view select_roles
    = "SELECT role, name_zh, name_en, permissions, kinds, titles, term_years, version FROM roles WHERE county = $1 ";

Role role_of(RoleRow row)
{
    return {std::move(row.role), {std::move(row.name_zh), std::move(row.name_en)}, permissions_in(row.permissions),
        split_list(row.kinds), split_list(row.titles), row.term_years, row.version};
}

} // namespace

std::vector<Role> roles(db::Connection& db, std::int64_t county)
{
    std::vector<Role> all;
    for (auto& row : db.rows<RoleRow>(std::string(select_roles) + "ORDER BY position, role", county))
        all.push_back(role_of(std::move(row)));
    return all;
}

std::optional<Role> role_named(db::Connection& db, std::int64_t county, std::string_view role)
{
    auto row = db.row<RoleRow>(std::string(select_roles) + "AND role = $2", county, role);
    return row ? std::optional(role_of(std::move(*row))) : std::nullopt;
}

void add_role(Call& call, Role const& role)
{
    call.db.execute("INSERT INTO roles (county, role, position, name_zh, name_en, permissions, kinds, titles, term_years, version) "
                    "SELECT $1, $2, COALESCE(MAX(position), 0) + 1, $3, $4, $5, $6, $7, $8, 1 FROM roles WHERE county = $1",
        call.county, role.role, role.name.zh, role.name.en, list_of(role.permissions), join_list(role.kinds),
        join_list(role.titles), role.term_years);
}

void change_role(Call& call, Role const& role)
{
    call.db.execute("UPDATE roles SET name_zh = $3, name_en = $4, permissions = $5, kinds = $6, titles = $7, term_years = $8, "
                    "version = version + 1 WHERE county = $1 AND role = $2",
        call.county, role.role, role.name.zh, role.name.en, list_of(role.permissions), join_list(role.kinds),
        join_list(role.titles), role.term_years);
}

void remove_role(Call& call, std::string_view role)
{
    call.db.execute("DELETE FROM roles WHERE county = $1 AND role = $2", call.county, role);
}

std::vector<RoleUse> role_uses(Call& call)
{
    return call.db.rows<RoleUse>(
        "SELECT role, SUM(CASE WHEN from_day <= $2 AND to_day >= $2 THEN 1 ELSE 0 END) AS in_term FROM posts "
        "WHERE county = $1 GROUP BY role",
        call.county, call.today());
}

bool fits(Role const& role, std::string_view organisation_kind)
{
    return std::ranges::find(role.kinds, organisation_kind) != role.kinds.end();
}

std::vector<Permission> const& every_permission()
{
    static auto const all = [] {
        std::vector<Permission> permissions;
        auto const& type = reflect::type_of<Permission>;
        for (std::size_t i = 0; i < type.count; ++i)
            permissions.push_back(static_cast<Permission>(type.enumerators[i].value));
        return permissions;
    }();
    return all;
}

bool are_within(Permissions some, Permissions all)
{
    return std::ranges::all_of(
        every_permission(), [&](Permission permission) { return all.has(permission) || !some.has(permission); });
}

Permissions permissions_in(std::string_view names)
{
    Permissions permissions{Permission::anyone, Permission::signed_in};
    for (auto rest = names; !rest.empty();) {
        auto const name = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(name.size() + 1, rest.size()));
        for (auto const permission : every_permission())
            if (name == name_of(permission))
                permissions.add(permission);
    }
    return with_entailed(permissions);
}

std::string list_of(Permissions permissions)
{
    std::string names;
    for (auto const permission : every_permission())
        if (permissions.has(permission) && permission != Permission::anyone && permission != Permission::signed_in)
            names.append(names.empty() ? "" : ",").append(name_of(permission));
    return names;
}

} // namespace concentric::directory
