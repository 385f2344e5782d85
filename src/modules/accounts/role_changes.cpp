#include "modules/accounts/role_changes.hpp"

#include "modules/accounts/reach.hpp"
#include "modules/accounts/roles.hpp"
#include "modules/directory/holders.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::accounts {
namespace {

using directory::Role;
using Texts = std::vector<std::string>;

Words const the_role{"角色", "role"};

// ---- Reading. ----

std::vector<Permission> list_of(Permissions permissions)
{
    std::vector<Permission> list;
    for (auto const permission : directory::every_permission())
        if (permissions.has(permission))
            list.push_back(permission);
    return list;
}

// The rosters, the first administrator and the class teachers of imported classes are given these by the platform itself.
bool is_needed(std::string_view role) { return role == "county_official" || role == "class_teacher" || role == "teacher"; }

RoleRow row_of(Call const& call, Role const& role, std::vector<directory::RoleUse> const& uses)
{
    auto const use = std::ranges::find(uses, role.role, &directory::RoleUse::role);
    bool const is_used = use != uses.end();
    return {role.role, call.say(role.name), role.name.zh, role.name.en, list_of(role.permissions), role.kinds, role.titles,
        role.term_years, is_used ? use->in_term : 0, !is_used && !is_needed(role.role), role.version};
}

RoleRow shown(Call& call, std::string_view role)
{
    call.audit_subject = fmt::format("role:{}", role);
    auto row = row_of(call, directory::role_named(call.db, call.county, role).value(), directory::role_uses(call));
    call.version = row.version;
    return row;
}

// ---- What changed, for the audit log. ----

struct ListChange {
    Texts added, removed;
};
BOOST_DESCRIBE_STRUCT(ListChange, (), (added, removed))
template <class T> struct Change {
    T from, to;
    BOOST_DESCRIBE_CLASS(Change, (), (from, to), (), ())
};
struct RoleChange {
    std::optional<Change<std::string>> name_zh, name_en;
    std::optional<ListChange> permissions, kinds, titles;
    std::optional<Change<std::int64_t>> term_years;
};
BOOST_DESCRIBE_STRUCT(RoleChange, (), (name_zh, name_en, permissions, kinds, titles, term_years))

Texts without(Texts const& all, Texts const& some)
{
    Texts rest;
    std::ranges::copy_if(
        all, std::back_inserter(rest), [&](auto const& one) { return std::ranges::find(some, one) == some.end(); });
    return rest;
}

std::optional<ListChange> change_between(Texts const& before, Texts const& after)
{
    ListChange change{without(after, before), without(before, after)};
    return change.added.empty() && change.removed.empty() ? std::nullopt : std::optional(std::move(change));
}

template <class T> std::optional<Change<T>> change_between(T const& before, T const& after)
{
    return before == after ? std::nullopt : std::optional(Change<T>{before, after});
}

std::string difference(Role const& before, Role const& after)
{
    return to_json(RoleChange{change_between(before.name.zh, after.name.zh), change_between(before.name.en, after.name.en),
        change_between(names_of(before.permissions), names_of(after.permissions)), change_between(before.kinds, after.kinds),
        change_between(before.titles, after.titles), change_between(before.term_years, after.term_years)});
}

// ---- Rules. ----

Permissions set_of(std::vector<Permission> const& list)
{
    Permissions set{Permission::anyone, Permission::signed_in};
    for (auto const permission : list)
        set.add(permission);
    return directory::with_entailed(set);
}

template <class T> Texts texts_of(std::vector<T> const& list) { return {list.begin(), list.end()}; }

// Roles are the whole county's.
void require_county(Call const& call)
{
    if (!reaches_whole_county(call.viewer))
        throw forbidden();
}

void refuse_wider(Call const& call, Permissions before, Permissions after)
{
    for (auto const permission : directory::every_permission())
        if (after.has(permission) && !before.has(permission) && !call.viewer.may(permission))
            throw ApiError(ErrorKind::forbidden,
                {"不能把自己没有的权限给别人。", "You cannot give away a permission that you do not have."},
                std::string(name_of(permission)));
}

// A duty list (职务) must say one role.
void require_own_titles(Call& call, Role const& changed)
{
    for (auto const& other : directory::roles(call.db, call.county))
        for (auto const& title : changed.titles)
            if (other.role != changed.role
                && (other.name.zh == title || std::ranges::find(other.titles, title) != other.titles.end()))
                throw invalid("titles", "taken",
                    {"“" + title + "”已是角色“" + other.name.zh + "”的职务名称。",
                        "“" + title + "” is a duty of the role “" + other.name.en + "”."});
}

void check_kinds(std::vector<OrganisationKind> const& kinds, Problems& problems)
{
    if (kinds.empty())
        problems.push_back({"/kinds", "required", {"请至少选择一种机构。", "Choose at least one kind of organisation."}});
}

} // namespace

void check(CreateRole const& input, Problems& problems) { check_kinds(input.kinds, problems); }

void check(ChangeRole const& input, Problems& problems)
{
    if (input.kinds)
        check_kinds(*input.kinds, problems);
}

void require_role_keeper(Call& call, Day on)
{
    auto const holders = directory::county_holders(call, Permission::manage_roles, on);
    auto const somebody
        = call.db.value<bool>("SELECT TRUE AS value FROM accounts WHERE county = $1 AND person ANY_OF($2) AND NOT disabled LIMIT 1",
            call.county, db::IntegerList{holders});
    if (!somebody)
        throw conflict({"这样就没有人能管理角色了，请先让另一个人担任可以管理角色的县级岗位。",
            "Nobody could manage roles any more; first give somebody else a county post that may."});
}

RoleList list_roles(Call& call, Nothing const&)
{
    auto const uses = directory::role_uses(call);
    RoleList list;
    for (auto const& role : directory::roles(call.db, call.county))
        list.items.push_back(row_of(call, role, uses));
    list.entailed = directory::entailed();
    return list;
}

RoleRow create_role(Call& call, CreateRole const& input)
{
    require_county(call);
    Role role{fmt::format("role_{}", new_id()), {input.name_zh, input.name_en}, set_of(input.permissions), texts_of(input.kinds),
        texts_of(input.titles), input.term_years.value_or(Within<0, 30>{0}).value, 1};
    refuse_wider(call, {}, role.permissions);
    require_own_titles(call, role);
    directory::add_role(call, role);
    call.audit_detail = difference({}, role);
    return shown(call, role.role);
}

RoleRow change_role(Call& call, ChangeRole const& input)
{
    require_county(call);
    auto const before = directory::role_named(call.db, call.county, input.role);
    if (!before)
        throw not_found(the_role);
    call.require_version(before->version);
    auto after = *before;
    after.name = {input.name_zh.value_or(before->name.zh), input.name_en.value_or(before->name.en)};
    if (input.permissions)
        after.permissions = set_of(*input.permissions);
    if (input.kinds)
        after.kinds = texts_of(*input.kinds);
    if (input.titles)
        after.titles = texts_of(*input.titles);
    if (input.term_years)
        after.term_years = input.term_years->value;
    refuse_wider(call, before->permissions, after.permissions);
    require_own_titles(call, after);
    directory::change_role(call, after);
    if (before->permissions.has(Permission::manage_roles) && !after.permissions.has(Permission::manage_roles))
        require_role_keeper(call, call.today());
    call.audit_detail = difference(*before, after);
    return shown(call, after.role);
}

Nothing remove_role(Call& call, OneRole const& input)
{
    require_county(call);
    auto const role = directory::role_named(call.db, call.county, input.role);
    if (!role)
        throw not_found(the_role);
    if (!row_of(call, *role, directory::role_uses(call)).is_removable)
        throw conflict({"这个角色有人担任或担任过，或是平台需要的，不能删除。",
            "Somebody holds or held this role, or the platform needs it; it cannot be removed."});
    directory::remove_role(call, role->role);
    call.audit_subject = "role:" + role->role;
    call.audit_detail = difference(*role, {});
    return {};
}

} // namespace concentric::accounts
