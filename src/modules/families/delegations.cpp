#include "modules/families/delegations.hpp"

#include "lib/mask.hpp"
#include "modules/accounts/own_accounts.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/merges.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::families {
namespace {

constexpr std::int64_t longest_days = 366;
Words const the_delegation{"委托", "delegation"};

DelegationState state_of(Call& call, DelegationRow const& row)
{
    if (is_set(row.revoked_at))
        return DelegationState::revoked;
    if (row.until_day < call.today())
        return DelegationState::expired;
    if (!rights_for(call, row.granted_by, row.student).has(Right::sign))
        return DelegationState::suspended;
    auto const kept = directory::kept_record(call, row.person);
    return accounts::has_account(call, kept) ? DelegationState::running : DelegationState::invited;
}

Delegation shown(Call& call, DelegationRow const& row)
{
    auto names = directory::names_of(call, {row.student.value, row.person.value, row.granted_by.value, row.revoked_by.value});
    auto const brief = [&](PersonId id) { return directory::PersonBrief{id, names[id.value]}; };
    auto const phone = directory::person_phone(call, row.person).value_or("");
    return {row.id, brief(row.student), brief(row.person), unless_empty(lib::mask_phone(phone)), rights_in(row.scopes).list(),
        row.until_day, state_of(call, row), brief(row.granted_by), row.granted_at,
        row.revoked_by ? std::optional(brief(row.revoked_by)) : std::nullopt, unless_unset(row.revoked_at)};
}

std::string scopes_text(std::vector<Right> const& scopes)
{
    Rights rights;
    for (auto const scope : scopes)
        rights = rights | Rights{scope};
    // Nobody can confirm what they cannot see.
    return text_of(rights.has(Right::confirm) ? rights | Rights{Right::see} : rights);
}

PersonId person_meant(Call& call, Delegate const& input)
{
    if (auto const known = directory::known_person(call, input.name, input.phone))
        return directory::kept_record(call, *known);
    return directory::add_person(call, input.name, input.phone);
}

// A delegation that the viewer gave, could have given, or got.
DelegationRow own_delegation(Call& call, DelegationId id)
{
    auto row = call.db.row<DelegationRow>("SELECT * FROM delegations WHERE county = $1 AND id = $2 FOR_UPDATE", call.county, id);
    bool const is_theirs
        = row && (directory::kept_record(call, row->person) == call.viewer.person || may(call, row->student, Right::sign));
    if (!is_theirs)
        throw not_found(the_delegation);
    call.audit_subject = fmt::format("person:{}", row->student.value);
    return std::move(*row);
}

} // namespace

void check(Delegate const& input, Problems& problems)
{
    if (input.scopes.empty())
        problems.push_back({"scopes", "required", {"请至少选择一项。", "Please choose at least one."}});
    if (std::ranges::find(input.scopes, Right::sign) != input.scopes.end())
        problems.push_back({"scopes", "sign",
            {"签字只能由法定监护人本人办理，不能委托。", "Only a legal guardian signs; this cannot be passed on."}});
}

NewDelegation delegate(Call& call, Delegate const& input)
{
    require_right(call, input.id, Right::sign);
    if (input.until < call.today() || input.until > plus_days(call.today(), longest_days))
        throw invalid("until", "range", {"截止日期须在今天之后一年以内。", "The last day lies within a year from today."});
    auto const person = person_meant(call, input);
    if (rights_for(call, person, input.id).has(Right::sign))
        throw conflict({"这位家长本来就是监护人，不需要委托。", "This person is a guardian anyway."});
    DelegationRow const row{call.county, new_id_of<DelegationId>(), input.id, person, scopes_text(input.scopes), call.viewer.person,
        call.now, input.until, {}, {}, {}};
    call.db.insert("delegations", row);
    call.audit_subject = fmt::format("person:{}", input.id.value);
    NewDelegation made{shown(call, row), {}};
    if (!accounts::has_account(call, person))
        made.invitation = make_invitation(call, input.id, person, row.id);
    return made;
}

Delegation revoke(Call& call, OneDelegation const& input)
{
    auto row = own_delegation(call, input.id);
    if (is_set(row.revoked_at))
        throw conflict({"这项委托已经收回。", "This was taken back before."});
    row.revoked_by = call.viewer.person;
    row.revoked_at = call.now;
    call.db.execute("UPDATE delegations SET revoked_by = $3, revoked_at = $4 WHERE county = $1 AND id = $2", call.county, row.id,
        row.revoked_by, row.revoked_at);
    withdraw_invitations(call, row.id);
    return shown(call, row);
}

NewInvitation invite_again(Call& call, OneDelegation const& input)
{
    auto const row = own_delegation(call, input.id);
    if (state_of(call, row) != DelegationState::invited || !may(call, row.student, Right::sign))
        throw conflict({"这项委托不需要再发邀请码。", "This needs no code any more."});
    return make_invitation(call, row.student, row.person, row.id);
}

std::vector<Delegation> delegations_of(Call& call, PersonId child)
{
    std::vector<Delegation> all;
    for (auto const& row : call.db.rows<DelegationRow>(
             "SELECT * FROM delegations WHERE county = $1 AND student = $2 ORDER BY id DESC", call.county, child))
        all.push_back(shown(call, row));
    return all;
}

Routes delegation_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/children/{id}/delegations", signed_in, "delegation_create",
            "Entrusts one's child to somebody, until a day", delegate),
        route(Verb::del, "/api/delegations/{id}", signed_in, "delegation_revoke", "Takes a delegation back, at once", revoke),
        route(Verb::post, "/api/delegations/{id}/invitation", signed_in, "delegation_invite",
            "Makes a new code for whom the child was entrusted to", invite_again),
    };
}

} // namespace concentric::families
