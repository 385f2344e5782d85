#include "modules/families/change_requests.hpp"

#include "lib/mask.hpp"
#include "modules/accounts/own_accounts.hpp"
#include "modules/directory/details.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/organisations.hpp"
#include "modules/directory/people.hpp"
#include "modules/families/campaigns.hpp"
#include "modules/families/rights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace concentric::families {
namespace {

Words const the_request{"变更申请", "change request"};
constexpr std::size_t longest_name = 60;

bool is_about_child(ChangeField field) { return field == ChangeField::child_name || field == ChangeField::address; }
bool is_about_link(ChangeField field) { return field == ChangeField::relation || field == ChangeField::position; }

std::optional<std::int64_t> position_in(std::string const& text)
{
    std::int64_t position = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), position);
    bool const is_whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
    return is_whole && position >= 1 && position <= 9 ? std::optional(position) : std::nullopt;
}

std::optional<Words> fault_of(WantedChange const& change)
{
    switch (change.field) {
    case ChangeField::phone: return Phone::check(change.wanted);
    case ChangeField::relation:
        if (!reflect::value_named<Relation>(change.wanted))
            return Words{"请选择关系。", "Choose how you are related."};
        break;
    case ChangeField::position:
        if (!position_in(change.wanted))
            return Words{"联系顺序为 1 到 9。", "The contact order is 1 to 9."};
        break;
    case ChangeField::name:
    case ChangeField::child_name:
        if (change.wanted.size() > 4 * longest_name)
            return Words{"姓名太长。", "The name is too long."};
        break;
    case ChangeField::address: break;
    }
    return std::nullopt;
}

// What a field says now, as it is stored.
std::string present_of(Call& call, ChangeField field, PersonId child, PersonId person)
{
    auto const link = directory::carer_between(call, child, person);
    switch (field) {
    case ChangeField::name: return directory::person_name(call, person).value_or("");
    case ChangeField::phone: return directory::person_phone(call, person).value_or("");
    case ChangeField::relation: return link ? std::string(name_of(link->relation)) : "";
    case ChangeField::position: return link ? std::to_string(link->position) : "";
    case ChangeField::child_name: return directory::person_name(call, child).value_or("");
    case ChangeField::address: break;
    }
    return address_of(call, child, link ? link->household : 1);
}

void apply(Call& call, ChangeField field, std::string const& wanted, PersonId child, PersonId person)
{
    switch (field) {
    case ChangeField::name: return directory::set_name(call, person, wanted);
    case ChangeField::phone:
        accounts::follow_phone(call, person, directory::person_phone(call, person).value_or(""), Phone(wanted));
        return directory::set_phone(call, person, wanted);
    case ChangeField::relation: return directory::set_relation(call, child, person, reflect::value_named<Relation>(wanted).value());
    case ChangeField::position: return directory::set_position(call, child, person, position_in(wanted).value());
    case ChangeField::child_name: return directory::set_name(call, child, wanted);
    case ChangeField::address: break;
    }
    auto const link = directory::carer_between(call, child, person);
    if (!link || link->household == 1)
        return directory::set_address(call, child, wanted);
    call.db.execute("INSERT INTO second_homes (county, student, address) VALUES ($1, $2, $3) "
                    "ON CONFLICT (county, student) DO UPDATE SET address = excluded.address",
        call.county, child, wanted);
}

std::string masked_phone(ChangeField field, std::string const& text)
{
    return field == ChangeField::phone ? lib::mask_phone(text) : text;
}

ChangeRequest shown(Call& call, ChangeRequestRow const& row)
{
    std::int64_t const ids[] = {row.student.value};
    auto const children = directory::children_with(call, ids);
    auto const person = directory::kept_record(call, row.person);
    auto const link = directory::carer_between(call, row.student, person);
    auto names = directory::names_of(call, {row.student.value, person.value, row.decided_by.value});
    ChangeRequest request{row.id, {row.student, names[row.student.value]}, {person, names[person.value]},
        children.empty() ? "" : children.front().class_name, link ? std::optional(link->relation) : std::nullopt, row.state, {},
        row.made_at, row.decided_by ? std::optional(names[row.decided_by.value]) : std::nullopt, unless_unset(row.decided_at),
        row.version};
    for (auto const& field : call.db.rows<ChangeFieldRow>(
             "SELECT * FROM change_fields WHERE county = $1 AND request = $2 ORDER BY place", call.county, row.id))
        request.fields.push_back({field.field, field.present,
            field.state == FieldState::waiting && row.state == ChangeRequestState::waiting
                ? std::string(field.wanted)
                : masked_phone(field.field, field.wanted),
            field.state, unless_empty(field.reason)});
    return request;
}

void require_may_propose(Call& call, ProposeChanges const& input)
{
    require_right(call, input.id, Right::see);
    bool const is_guardian = may(call, input.id, Right::sign);
    bool const is_carer = directory::carer_between(call, input.id, call.viewer.person).has_value();
    Problems problems;
    for (std::size_t i = 0; i < input.changes.size(); ++i) {
        auto const field = input.changes[i].field;
        if ((is_about_child(field) && !is_guardian) || (is_about_link(field) && !is_carer))
            problems.push_back(
                {fmt::format("changes/{}/field", i), "guardian", {"这一项须由监护人提出。", "A guardian has to ask for this."}});
    }
    if (!problems.empty())
        throw invalid(std::move(problems));
}

void withdraw_waiting(Call& call, PersonId child)
{
    auto const records = directory::records_of(call, call.viewer.person);
    call.db.execute("UPDATE change_requests SET state = 'withdrawn', version = version + 1 WHERE county = $1 AND student = $2 "
                    "AND person ANY_OF($3) AND state = 'waiting'",
        call.county, child, db::IntegerList{records});
}

ChangeRequestRow reached_request(Call& call, ChangeRequestId id)
{
    auto row
        = call.db.row<ChangeRequestRow>("SELECT * FROM change_requests WHERE county = $1 AND id = $2 FOR_UPDATE", call.county, id);
    if (!row)
        throw not_found(the_request);
    directory::reached_student(call, row->student);
    call.require_version(row->version);
    if (row->state != ChangeRequestState::waiting)
        throw conflict({"这条申请已经处理或撤回。", "This request was decided or taken back."});
    return std::move(*row);
}

void decide_field(Call& call, ChangeRequestRow const& row, FieldDecision const& decision)
{
    auto const field = call.db.row<ChangeFieldRow>(
        "SELECT * FROM change_fields WHERE county = $1 AND request = $2 AND field = $3 AND state = 'waiting'", call.county, row.id,
        decision.field);
    if (!field)
        throw not_found({"待审核的这一项", "such field that waits"});
    if (decision.accept)
        apply(call, field->field, field->wanted, row.student, directory::kept_record(call, row.person));
    call.db.execute(
        "UPDATE change_fields SET state = $4, reason = $5, wanted = $6 WHERE county = $1 AND request = $2 AND field = $3",
        call.county, row.id, decision.field, decision.accept ? FieldState::accepted : FieldState::refused,
        decision.reason.value_or(""), SealedText(masked_phone(field->field, field->wanted)));
}

} // namespace

void check(ProposeChanges const& input, Problems& problems)
{
    std::set<ChangeField> seen;
    if (input.changes.empty())
        problems.push_back({"changes", "required", {"请至少修改一项。", "Change at least one thing."}});
    for (std::size_t i = 0; i < input.changes.size(); ++i) {
        auto const& change = input.changes[i];
        if (auto words = fault_of(change))
            problems.push_back({fmt::format("changes/{}/wanted", i), "invalid", std::move(*words)});
        if (!seen.insert(change.field).second)
            problems.push_back(
                {fmt::format("changes/{}/field", i), "twice", {"同一项不能出现两次。", "The same field came twice."}});
    }
}

std::string address_of(Call& call, PersonId child, std::int64_t household)
{
    if (household == 1)
        return directory::details_of(call.db, call.county, child).address;
    return call.db
        .value<std::string>("SELECT address AS value FROM second_homes WHERE county = $1 AND student = $2", call.county, child)
        .value_or("");
}

Proposed propose_changes(Call& call, ProposeChanges const& input)
{
    require_may_propose(call, input);
    withdraw_waiting(call, input.id);
    call.audit_subject = fmt::format("person:{}", input.id.value);
    ChangeRequestRow row;
    row.county = call.county;
    row.id = new_id_of<ChangeRequestId>();
    row.student = input.id;
    row.person = call.viewer.person;
    row.made_at = call.now;
    std::vector<ChangeFieldRow> fields;
    for (auto const& change : input.changes) {
        auto const present = present_of(call, change.field, input.id, call.viewer.person);
        if (present != change.wanted)
            fields.push_back({call.county, row.id, static_cast<std::int64_t>(fields.size()), change.field,
                masked_phone(change.field, present), SealedText(change.wanted)});
    }
    row.campaign = answer_campaigns(call, input.id, fields.empty() ? CheckAnswer::right : CheckAnswer::changes);
    if (fields.empty())
        return {};
    call.db.insert("change_requests", row);
    for (auto const& field : fields)
        call.db.insert("change_fields", field);
    return {shown(call, row)};
}

Nothing withdraw_changes(Call& call, OneChangeRequest const& input)
{
    auto const records = directory::records_of(call, call.viewer.person);
    auto const child = call.db.value<PersonId>(
        "UPDATE change_requests SET state = 'withdrawn', version = version + 1 WHERE county = $1 AND id = $2 AND person ANY_OF($3) "
        "AND state = 'waiting' RETURNING student AS value",
        call.county, input.id, db::IntegerList{records});
    if (!child)
        throw not_found(the_request);
    call.audit_subject = fmt::format("person:{}", child->value);
    return {};
}

std::optional<ChangeRequest> own_changes(Call& call, PersonId child, ChangeRequestState state)
{
    auto const records = directory::records_of(call, call.viewer.person);
    auto const row = call.db.row<ChangeRequestRow>("SELECT * FROM change_requests WHERE county = $1 AND student = $2 AND person "
                                                   "ANY_OF($3) AND state = $4 ORDER BY id DESC LIMIT 1",
        call.county, child, db::IntegerList{records}, state);
    return row ? std::optional(shown(call, *row)) : std::nullopt;
}

Page<ChangeRequest> list_change_requests(Call& call, ListChangeRequests const& input)
{
    static std::string const sql
        = "SELECT r.* FROM change_requests r WHERE r.county = $1 AND r.id < $4 AND r.state = $5 AND r.student IN ("
        + directory::pupils_reached + ") ORDER BY r.id DESC LIMIT $6";
    auto const path = input.organisation ? directory::path_of(call, *input.organisation).value_or("") : call.viewer.path;
    call.require_reach(path, directory::the_organisation);
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = call.db.rows<ChangeRequestRow>(sql, call.county, path, directory::path_end(path),
        input.after.value_or(ChangeRequestId{INT64_MAX}), input.state.value_or(ChangeRequestState::waiting), limit + 1);
    Page<ChangeRequest> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        page.items.push_back(shown(call, row));
    return page;
}

ChangeRequest decide_changes(Call& call, DecideChanges const& input)
{
    auto row = reached_request(call, input.id);
    for (auto const& decision : input.fields)
        decide_field(call, row, decision);
    bool const is_done = !call.db.value<std::string>(
        "SELECT field AS value FROM change_fields WHERE county = $1 AND request = $2 AND state = 'waiting' LIMIT 1", call.county,
        row.id);
    row.state = is_done ? ChangeRequestState::decided : ChangeRequestState::waiting;
    row.decided_by = call.viewer.person;
    row.decided_at = call.now;
    call.version = ++row.version;
    call.db.execute(
        "UPDATE change_requests SET state = $3, decided_by = $4, decided_at = $5, version = $6 WHERE county = $1 AND id = $2",
        call.county, row.id, row.state, row.decided_by, row.decided_at, row.version);
    call.audit_subject = fmt::format("person:{}", row.student.value);
    return shown(call, row);
}

Routes change_request_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/children/{id}/changes", signed_in, "change_request_create",
            "Asks to have one's own or one's child's data changed", propose_changes),
        route(Verb::del, "/api/own-changes/{id}", signed_in, "change_request_withdraw", "Takes a change request back",
            withdraw_changes),
        route(Verb::get, "/api/change-requests", approve_families, "change_request_list",
            "What families want changed, field by field", list_change_requests)
            .as_personal_file(),
        route(Verb::put, "/api/change-requests/{id}/decision", approve_families, "change_request_decide",
            "Accepts or refuses what a family wants changed, field by field", decide_changes),
    };
}

} // namespace concentric::families
