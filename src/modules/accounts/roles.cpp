#include "modules/accounts/roles.hpp"

#include "modules/accounts/accounts.hpp"
#include "modules/accounts/own_accounts.hpp"
#include "modules/accounts/person_data.hpp"
#include "modules/accounts/role_changes.hpp"
#include "modules/directory/post_changes.hpp"
#include "modules/directory/roster.hpp"

#include <algorithm>

namespace concentric::accounts {

Permissions permissions_of(Call& call, std::string_view role)
{
    auto const known = directory::role_named(call.db, call.county, role);
    return known ? known->permissions : directory::permissions_in("");
}

static std::vector<std::string> second_factor_roles;

void require_second_factor_of(std::vector<std::string> roles) { second_factor_roles = std::move(roles); }

bool needs_second_factor(std::string_view role)
{
    return std::ranges::find(second_factor_roles, role) != second_factor_roles.end();
}

std::vector<std::string> names_of(Permissions permissions)
{
    std::vector<std::string> names;
    for (auto const permission : directory::every_permission())
        if (permissions.has(permission))
            names.emplace_back(name_of(permission));
    return names;
}

static void refuse_wider_post(Call& call, directory::PostGiven const& post)
{
    if (!call.viewer.reaches(post.path) || !are_within(permissions_of(call, post.role), call.viewer.permissions))
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

// Whoever can manage the county's roles may leave only when somebody else can.
static void keep_role_keeper(Call& call, directory::PostShortened const& post)
{
    bool const is_countys = std::ranges::count(post.path, '/') == 2;
    if (is_countys && permissions_of(call, post.role).has(Permission::manage_roles))
        require_role_keeper(call, post.to == latest_day ? call.today() : std::max(call.today(), plus_days(post.to, 1)));
}

static void account_asked(Call& call, directory::AccountAsked const& asked)
{
    *asked.has_account
        = call.db.value<bool>("SELECT TRUE AS value FROM accounts WHERE county = $1 AND person = $2", call.county, asked.person)
              .has_value();
}

void subscribe(Events& events)
{
    events.subscribe<directory::PostShortened>(keep_role_keeper);
    events.subscribe<directory::AccountAsked>(account_asked);
    events.subscribe<directory::PostGiven>(refuse_wider_post);
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(erase_person);
    subscribe_to_merges(events);
}

} // namespace concentric::accounts
