#include "modules/families/invitations.hpp"

#include "core/crypto.hpp"
#include "modules/accounts/own_accounts.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/organisations.hpp"
#include "modules/directory/people.hpp"
#include "modules/families/code_text.hpp"

#include <fmt/format.h>

#include <unordered_set>

namespace concentric::families {
namespace {

InvitationState state_of(InvitationRow const& row, Instant now)
{
    if (is_set(row.used_at))
        return InvitationState::used;
    if (is_set(row.withdrawn_at))
        return InvitationState::withdrawn;
    return row.expires_at <= now ? InvitationState::expired : InvitationState::open;
}

// $5: which state, "" for all.
std::string const& list_sql()
{
    static std::string const sql
        = "SELECT i.* FROM family_invitations i WHERE i.county = $1 AND i.delegation = 0 AND i.id < $4 AND i.student IN ("
        + directory::pupils_reached
        + ") AND ($5 = '' OR $5 = CASE WHEN i.used_at <> 0 THEN 'used' WHEN i.withdrawn_at <> 0 THEN 'withdrawn' "
          "WHEN i.expires_at <= $6 THEN 'expired' ELSE 'open' END) ORDER BY i.id DESC LIMIT $7";
    return sql;
}

} // namespace

NewInvitation make_invitation(Call& call, PersonId student, PersonId person, DelegationId delegation)
{
    auto const code = new_code(invitation_code_length);
    call.db.execute(
        "UPDATE family_invitations SET withdrawn_at = $5 WHERE county = $1 AND student = $2 AND person = $3 AND delegation = $4 "
        "AND used_at = 0 AND withdrawn_at = 0",
        call.county, student, person, delegation, call.now);
    InvitationRow const row{call.county, new_id_of<InvitationId>(), student, person, delegation, crypto::sha256_hex(code),
        call.viewer.person, call.now, {call.now.milliseconds + invitation_days * milliseconds::day}, {}, {}};
    call.db.insert("family_invitations", row);
    std::int64_t const ids[] = {student.value};
    auto const children = directory::children_with(call, ids);
    auto const child = children.empty() ? directory::Child{} : children.front();
    return {row.id, code, directory::person_name(call, person).value_or(""), child.name, child.class_name, child.school_name,
        row.expires_at};
}

std::optional<InvitationRow> open_invitation(Call& call, std::string const& folded)
{
    auto row = call.db.row<InvitationRow>(
        "SELECT * FROM family_invitations i WHERE code_hash = $1 AND used_at = 0 AND withdrawn_at = 0 AND expires_at > $2 "
        "AND (delegation = 0 OR EXISTS (SELECT 1 FROM delegations d WHERE d.county = i.county AND d.id = i.delegation "
        "AND d.revoked_at = 0))",
        crypto::sha256_hex(folded), call.now);
    if (row)
        call.county = row->county;
    return row;
}

void use_invitation(Call& call, InvitationRow const& row)
{
    if (call.db.execute(
            "UPDATE family_invitations SET used_at = $3 WHERE county = $1 AND id = $2 AND used_at = 0 AND withdrawn_at = 0",
            call.county, row.id, call.now)
        == 0)
        throw conflict({"这个邀请码刚刚被使用或收回。", "This invitation was just used or taken back."});
    if (row.delegation)
        call.db.execute(
            "UPDATE delegations SET accepted_at = $3 WHERE county = $1 AND id = $2", call.county, row.delegation, call.now);
}

void give_delegation_to(Call& call, DelegationId delegation, PersonId person)
{
    call.db.execute("UPDATE delegations SET person = $3 WHERE county = $1 AND id = $2", call.county, delegation, person);
}

void withdraw_invitations(Call& call, DelegationId delegation)
{
    call.db.execute("UPDATE family_invitations SET withdrawn_at = $3 WHERE county = $1 AND delegation = $2 AND used_at = 0 "
                    "AND withdrawn_at = 0",
        call.county, delegation, call.now);
}

NewInvitation invite(Call& call, Invite const& input)
{
    directory::reached_student(call, input.id);
    call.audit_subject = fmt::format("person:{}", input.id.value);
    if (!directory::carer_between(call, input.id, input.carer))
        throw not_found({"照护人", "carer"});
    if (accounts::has_account(call, input.carer))
        throw conflict({"这位家长已有账号，不必再邀请。", "This carer has a log-in already."});
    return make_invitation(call, input.id, input.carer, {});
}

NewInvitations invite_class(Call& call, InviteClass const& input)
{
    auto const unit = directory::organisation(call.db, call.county, input.id);
    if (!unit || unit->kind != "class")
        throw not_found(directory::the_class);
    call.require_reach(unit->path, directory::the_class);
    call.audit_subject = fmt::format("organisation:{}", input.id.value);
    std::int64_t const classes[] = {unit->id.value};
    auto const rows = directory::pupils_of(call, classes);
    std::vector<std::int64_t> carers;
    for (auto const& row : rows)
        if (row.carer)
            carers.push_back(row.carer->value);
    auto const have_log_in = accounts::with_account(call, carers);
    std::unordered_set<PersonId> followed;
    for (auto const& row : rows)
        if (row.carer && have_log_in.contains(row.carer->value))
            followed.insert(row.student);
    NewInvitations made;
    for (auto const& row : rows)
        if (row.carer && followed.insert(row.student).second) // one slip for each child: the first carer's
            made.items.push_back(make_invitation(call, row.student, *row.carer, {}));
    return made;
}

Page<Invitation> list_invitations(Call& call, ListInvitations const& input)
{
    auto const path = input.organisation ? directory::path_of(call, *input.organisation).value_or("") : call.viewer.path;
    call.require_reach(path, directory::the_organisation);
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = call.db.rows<InvitationRow>(list_sql(), call.county, path, directory::path_end(path),
        input.after.value_or(InvitationId{INT64_MAX}), input.state ? name_of(*input.state) : std::string_view(), call.now,
        limit + 1);
    Page<Invitation> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    std::vector<std::int64_t> people;
    for (auto const& row : rows)
        people.insert(people.end(), {row.student.value, row.person.value, row.created_by.value});
    auto names = directory::names_of(call, people);
    for (auto const& row : rows)
        page.items.push_back({row.id, {row.student, names[row.student.value]}, {row.person, names[row.person.value]},
            state_of(row, call.now), names[row.created_by.value], row.created_at, row.expires_at});
    return page;
}

Nothing withdraw_invitation(Call& call, OneInvitation const& input)
{
    auto const row = call.db.row<InvitationRow>(
        "SELECT * FROM family_invitations WHERE county = $1 AND id = $2 AND delegation = 0", call.county, input.id);
    if (!row)
        throw not_found({"邀请", "invitation"});
    directory::reached_student(call, row->student);
    call.audit_subject = fmt::format("person:{}", row->student.value);
    if (call.db.execute(
            "UPDATE family_invitations SET withdrawn_at = $3 WHERE county = $1 AND id = $2 AND used_at = 0 AND withdrawn_at = 0",
            call.county, input.id, call.now)
        == 0)
        throw conflict({"这个邀请已经用过或收回。", "This invitation was used or taken back."});
    return {};
}

Routes invitation_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/invitations", approve_families, "invitation_list", "Invitations of carers within reach",
            list_invitations),
        route(Verb::post, "/api/students/{id}/carers/{carer}/invitation", approve_families, "invitation_create",
            "Makes a code with which one carer comes in", invite),
        route(Verb::post, "/api/classes/{id}/invitations", approve_families, "invitation_create_many",
            "Makes a code for one carer of each child whose family has not come in", invite_class),
        route(Verb::del, "/api/invitations/{id}", approve_families, "invitation_withdraw", "Takes an invitation back",
            withdraw_invitation),
    };
}

} // namespace concentric::families
