#include "modules/families/no_contacts.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/people.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::families {
namespace {

bool is_in_force(NoContactRow const& row, Day today)
{
    return !is_set(row.lifted_at) && row.from_day <= today && today <= row.to_day;
}

NoContact shown(Call& call, NoContactRow const& row)
{
    auto names = directory::names_of(call, {row.student.value, row.person.value, row.set_by.value, row.lifted_by.value});
    return {row.id, {row.student, names[row.student.value]}, {row.person, names[row.person.value]}, row.document,
        unless_empty(row.reason), row.from_day, row.to_day == latest_day ? std::nullopt : std::optional(row.to_day),
        names[row.set_by.value], row.set_at, row.lifted_by ? std::optional(names[row.lifted_by.value]) : std::nullopt,
        unless_unset(row.lifted_at), is_in_force(row, call.today())};
}

bool has_to_do_with(Call& call, PersonId child, PersonId person)
{
    return directory::carer_between(call, child, person)
        || call.db.value<std::int64_t>("SELECT id AS value FROM delegations WHERE county = $1 AND student = $2 AND person = $3 "
                                       "UNION ALL SELECT id FROM join_requests WHERE county = $1 AND student = $2 AND person = $3",
            call.county, child, person);
}

void end_what_is_open(Call& call, NoContactRow const& row)
{
    call.db.execute(
        "UPDATE join_requests SET state = 'refused', decided_by = $4, decided_at = $5 WHERE county = $1 AND student = $2 "
        "AND person = $3 AND state IN ('waiting', 'asked')",
        call.county, row.student, row.person, call.viewer.person, call.now);
    call.db.execute("UPDATE family_invitations SET withdrawn_at = $4 WHERE county = $1 AND student = $2 AND person = $3 "
                    "AND used_at = 0 AND withdrawn_at = 0",
        call.county, row.student, row.person, call.now);
}

} // namespace

// A county's official has no business with a family's court papers.
bool is_of_the_school(Call& call, PersonId child)
{
    std::int64_t const ids[] = {child.value};
    auto const children = directory::children_with(call, ids);
    if (children.empty() || !call.viewer.reaches(children.front().path))
        return false;
    auto const school = directory::schools_above(call, {children.front().path}).front();
    return school.id && call.viewer.path.starts_with(school.path);
}

void check(SetNoContact const& input, Problems& problems)
{
    if (input.from && input.to && *input.to < *input.from)
        problems.push_back({"to", "order", {"结束日期不能早于开始日期。", "The end is not to be before the beginning."}});
}

NoContact set_no_contact(Call& call, SetNoContact const& input)
{
    auto const person = directory::kept_record(call, input.person);
    if (!is_of_the_school(call, input.id))
        throw not_found(directory::the_student);
    if (!has_to_do_with(call, input.id, person))
        throw not_found(directory::the_person);
    NoContactRow row{call.county, new_id_of<NoContactId>(), input.id, person, input.document, input.reason.value_or(""),
        input.from.value_or(call.today()), input.to.value_or(latest_day), call.viewer.person, call.now, {}, {}};
    call.db.insert("no_contacts", row);
    end_what_is_open(call, row);
    call.audit_subject = fmt::format("person:{}", input.id.value);
    return shown(call, row);
}

NoContact lift_no_contact(Call& call, LiftNoContact const& input)
{
    auto row = call.db.row<NoContactRow>("SELECT * FROM no_contacts WHERE county = $1 AND id = $2", call.county, input.id);
    if (!row || !is_of_the_school(call, row->student))
        throw not_found({"限制接触记录", "no-contact order"});
    if (is_set(row->lifted_at))
        throw conflict({"这条限制已经解除。", "This order was lifted before."});
    row->lifted_by = call.viewer.person;
    row->lifted_at = call.now;
    call.db.execute("UPDATE no_contacts SET lifted_by = $3, lifted_at = $4 WHERE county = $1 AND id = $2", call.county, input.id,
        row->lifted_by, row->lifted_at);
    call.audit_subject = fmt::format("person:{}", row->student.value);
    return shown(call, *row);
}

std::vector<NoContact> no_contacts_of(Call& call, PersonId child)
{
    std::vector<NoContact> orders;
    if (!call.viewer.may(Permission::approve_families) || !is_of_the_school(call, child))
        return orders;
    for (auto const& row : call.db.rows<NoContactRow>(
             "SELECT * FROM no_contacts WHERE county = $1 AND student = $2 ORDER BY id DESC", call.county, child))
        orders.push_back(shown(call, row));
    return orders;
}

bool resembles_kept_away(Call& call, PersonId child, PersonId person, std::string const& name, std::string const& phone)
{
    auto const rows = call.db.rows<NoContactRow>("SELECT * FROM no_contacts WHERE county = $1 AND student = $2 AND lifted_at = 0 "
                                                 "AND from_day <= $3 AND to_day >= $3",
        call.county, child, call.today());
    return std::ranges::any_of(rows, [&](NoContactRow const& row) {
        auto const kept = directory::kept_record(call, row.person);
        auto const records = directory::records_of(call, kept);
        return std::ranges::find(records, person.value) != records.end() || directory::kept_record(call, person) == kept
            || lib::search_fold(directory::person_name(call, row.person).value_or("")) == lib::search_fold(name)
            || (!phone.empty() && directory::person_phone(call, row.person) == phone);
    });
}

Routes no_contact_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/students/{id}/no-contacts", manage_families, "no_contact_create",
            "Keeps a person away from a child, by an order", set_no_contact),
        route(Verb::del, "/api/no-contacts/{id}", manage_families, "no_contact_lift", "Lifts a no-contact order", lift_no_contact),
    };
}

} // namespace concentric::families
