#include "modules/accounts/roles.hpp"

#include "modules/accounts/accounts.hpp"
#include "modules/accounts/person_data.hpp"
#include "modules/directory/post_changes.hpp"
#include "modules/directory/roles.hpp"
#include "modules/directory/roster.hpp"

#include <algorithm>

namespace concentric::accounts {

using enum Permission;

struct RolePermissions {
    std::string_view role;
    Permissions permissions;
};

// Nobody has manage_installation by a post: it reaches beyond the county.
static constexpr RolePermissions table[]{
    {"county_official",
        {anyone, signed_in, read_directory, manage_organisations, read_people, manage_people, import_roster, manage_posts,
            manage_accounts, read_plan, manage_plan, read_indicators, read_ledger, append_entries, import_history, read_audit,
            manage_roles, approve_families, manage_families, manage_enrolment, approve_access, manage_privacy, read_numbers,
            export_county}},
    {"county_reader", {anyone, signed_in, read_directory, read_people, read_plan, read_indicators, read_ledger, read_audit}},
    {"department_official", {anyone, signed_in, read_directory, read_plan, read_indicators}},
    {"school_leader",
        {anyone, signed_in, read_directory, manage_organisations, read_people, manage_people, import_roster, manage_posts,
            manage_accounts, read_plan, read_indicators, read_ledger, append_entries, import_history, read_audit, approve_families,
            manage_families, manage_enrolment, approve_access, read_numbers}},
    {"moral_education_director",
        {anyone, signed_in, read_directory, manage_organisations, read_people, manage_people, import_roster, read_plan,
            read_indicators, read_ledger, append_entries, import_history, approve_families, manage_families, manage_enrolment,
            read_numbers}},
    {"grade_leader", {anyone, signed_in, read_directory, read_people, read_plan, read_indicators, read_ledger, append_entries}},
    {"class_teacher",
        {anyone, signed_in, read_directory, read_people, manage_people, read_plan, read_indicators, read_ledger, append_entries,
            approve_families, read_numbers}},
    {"teacher", {anyone, signed_in, read_directory, read_plan, read_indicators, append_entries}},
    {"community_worker", {anyone, signed_in, read_directory, read_plan, read_indicators, read_ledger, append_entries}},
    {"resource_contact", {anyone, signed_in, read_directory, read_plan, read_indicators, append_entries}},
    {"evaluator", {anyone, signed_in, read_directory, read_plan, read_indicators, read_ledger}},
};

Permissions permissions_of(std::string_view role)
{
    auto const* const found = std::ranges::find(table, role, &RolePermissions::role);
    return found == std::end(table) ? Permissions{anyone, signed_in} : found->permissions;
}

static std::vector<std::string> second_factor_roles;

void require_second_factor_of(std::vector<std::string> roles)
{
    second_factor_roles = std::move(roles);
}

bool needs_second_factor(std::string_view role)
{
    return std::ranges::find(second_factor_roles, role) != second_factor_roles.end();
}

static std::vector<Permission> every_permission()
{
    std::vector<Permission> all;
    auto const& type = reflect::type_of<Permission>;
    for (std::size_t i = 0; i < type.count; ++i)
        all.push_back(static_cast<Permission>(type.enumerators[i].value));
    return all;
}

std::vector<std::string> names_of(Permissions permissions)
{
    std::vector<std::string> names;
    for (auto const permission : every_permission())
        if (permissions.has(permission))
            names.emplace_back(name_of(permission));
    return names;
}

bool are_within(Permissions some, Permissions all)
{
    return std::ranges::all_of(
        every_permission(), [&](Permission permission) { return all.has(permission) || !some.has(permission); });
}

static void refuse_wider_post(Call& call, directory::PostGiven const& post)
{
    if (!call.viewer.reaches(post.path) || !are_within(permissions_of(post.role), call.viewer.permissions))
        throw ApiError(
            ErrorKind::forbidden, {"不能授予高于自己权限的岗位。", "You cannot give a post with more rights than your own."});
}

// Whoever can log in stays in the directory.
static void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const id :
        call.db.values<std::int64_t>("SELECT person AS value FROM accounts WHERE county = $1 AND person ANY_OF($2)", call.county,
            db::IntegerList{asked.ids}))
        asked.in_use->insert(id);
}

void subscribe(Events& events)
{
    events.subscribe<directory::PostGiven>(refuse_wider_post);
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(erase_person);
}

RoleList list_roles(Call& call, Nothing const&)
{
    RoleList list;
    for (auto const& role : directory::roles()) {
        std::string const key(role.role);
        list.items.push_back({key, call.say(role.name), names_of(permissions_of(key)), {role.kinds.begin(), role.kinds.end()}});
    }
    return list;
}

} // namespace concentric::accounts
