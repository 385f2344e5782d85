#include "modules/accounts/access.hpp"

#include "modules/accounts/reach.hpp"
#include "modules/accounts/roles.hpp"
#include "modules/directory/file_access.hpp"

#include <algorithm>
#include <unordered_set>

namespace concentric::accounts {
namespace {

// The permissions that open a file, or part of it.
constexpr Permission of_files[]{
    Permission::read_people, Permission::read_numbers, Permission::manage_people, Permission::read_ledger};

std::vector<Permission> file_rights(Permissions permissions)
{
    std::vector<Permission> rights;
    std::ranges::copy_if(of_files, std::back_inserter(rights), [&](Permission each) { return permissions.has(each); });
    return rights;
}

void add_posts(Call& call, PersonId person, std::vector<AccessReason>& reasons)
{
    for (auto const& post : directory::posts_over(call, person, call.today())) {
        auto const permissions = directory::permissions_in(post.permissions.value_or(""));
        if (!permissions.has(Permission::read_people))
            continue;
        auto const brief = directory::brief_of(call, post);
        reasons.push_back({{post.person, {}}, "post", brief.title + " · " + post.organisation_name, file_rights(permissions),
            brief.from, brief.to, false, {}, post.role});
    }
}

void add_carers(Call& call, PersonId person, std::vector<AccessReason>& reasons)
{
    for (auto const& carer : directory::carers_of(call, person))
        reasons.push_back({{carer.carer, {}}, "carer",
            call.say(carer.relation) + (carer.is_guardian ? call.say({" · 监护人", " · guardian"}) : ""), {}, {}, {}, false, {},
            {}});
}

void name_people(Call& call, std::vector<AccessReason>& reasons)
{
    std::vector<std::int64_t> people;
    for (auto const& reason : reasons)
        people.push_back(reason.person.id.value);
    auto const names = directory::names_of(call, people);
    auto const able = call.db.values<std::int64_t>(
        "SELECT person AS value FROM accounts WHERE county = $1 AND person ANY_OF($2) AND NOT disabled", call.county,
        db::IntegerList{people});
    std::unordered_set<std::int64_t> const can_log_in(able.begin(), able.end());
    for (auto& reason : reasons) {
        auto const name = names.find(reason.person.id.value);
        reason.person.name = name == names.end() ? "" : name->second;
        reason.can_log_in = can_log_in.contains(reason.person.id.value);
    }
}

} // namespace

AccessList show_access(Call& call, ShowAccess const& input)
{
    if (!reaches_person(call, input.id))
        throw not_found({"人员", "person"});
    call.audit_subject = "person:" + std::to_string(input.id.value);
    directory::open_file(call, input.id);
    AccessList list{{input.id, directory::person_name(call, input.id).value_or("")}, {}};
    add_posts(call, input.id, list.items);
    add_carers(call, input.id, list.items);
    call.events.publish(call, AccessAsked{input.id, list.items});
    name_people(call, list.items);
    return list;
}

} // namespace concentric::accounts
