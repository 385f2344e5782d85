#include "modules/safety/pick_up.hpp"

#include "lib/mask.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/families/recipients.hpp"
#include "modules/families/rights.hpp"
#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::safety {
namespace {

struct NamedHandover : HandoverRow {
    std::optional<std::string> student_name, carer_name, giver_name;
};
BOOST_DESCRIBE_STRUCT(NamedHandover, (HandoverRow), (student_name, carer_name, giver_name))

std::string const& handover_columns()
{
    static std::string const sql = "SELECT g.*, " + directory::person_name_in("g.county", "g.student") + " AS student_name, "
        + directory::person_name_in("g.county", "g.carer") + " AS carer_name, "
        + directory::person_name_in("g.county", "g.handed_by") + " AS giver_name FROM handovers g ";
    return sql;
}

HandoverView view_of(NamedHandover const& row)
{
    return {row.id, {row.student, row.student_name.value_or("")}, {row.carer, row.carer_name.value_or("")},
        {row.handed_by, row.giver_name.value_or("")}, row.note, row.handed_at};
}

std::optional<HandoverView> last_since(Call& call, PersonId student, PersonId carer, Instant since)
{
    static std::string const sql = handover_columns()
        + " WHERE g.county = $1 AND g.student = $2 AND (g.carer = $3 OR $3 = 0) AND g.handed_at >= $4 ORDER BY g.id DESC LIMIT 1";
    auto const row = call.db.row<NamedHandover>(sql, call.county, student, carer, since);
    return row ? std::optional(view_of(*row)) : std::nullopt;
}

directory::OrganisationRef class_of_pupil(Call& call, PersonId student)
{
    auto found = directory::class_of(call.db, call.county, student);
    bool const reads = found && call.viewer.may(Permission::read_people) && call.viewer.reaches(found->path);
    if (!found || !(reads || is_in_charge_today(call, student, found->path)))
        throw not_found(the_pupil);
    call.audit_subject = fmt::format("person:{}", student.value);
    return std::move(*found);
}

std::vector<PickUpPerson> people_for(Call& call, PersonId student, std::vector<families::Recipient> const& recipients)
{
    std::int64_t const ids[] = {student.value};
    auto const carers = directory::carers_of(call, std::span(ids));
    auto const relations = directory::carers_of(call, student);
    std::vector<PickUpPerson> people;
    for (auto const& one : recipients) {
        if (one.child != student || !one.rights.has(families::Right::pick_up))
            continue;
        PickUpPerson person;
        person.person = {one.person, directory::person_name(call, one.person).value_or("")};
        auto const known = std::ranges::find(relations, one.person, &directory::CarerOf::carer);
        person.relation = call.say(known == relations.end() ? Words{"受托接送", "Entrusted"} : known->relation);
        person.is_guardian = known != relations.end() && known->is_guardian;
        auto const carer = std::ranges::find(carers, one.person, &directory::CarerOfPupil::person);
        auto const phone
            = carer == carers.end() ? directory::person_phone(call, one.person).value_or("") : std::string(carer->phone);
        if (!phone.empty())
            person.phone = lib::mask_phone(phone);
        people.push_back(std::move(person));
    }
    std::ranges::stable_sort(people, std::greater(), &PickUpPerson::is_guardian);
    return people;
}

std::vector<PickUpList> lists_of(Call& call, std::string const& class_name, std::vector<directory::PersonBrief> const& pupils)
{
    std::vector<std::int64_t> ids;
    for (auto const& pupil : pupils)
        ids.push_back(pupil.id.value);
    auto const recipients = families::recipients_of(call, ids);
    std::vector<PickUpList> lists;
    for (auto const& pupil : pupils)
        lists.push_back(
            {pupil, class_name, people_for(call, pupil.id, recipients), last_since(call, pupil.id, {}, start_of(call.today()))});
    return lists;
}

void tell_guardians(Call& call, HandoverView const& one)
{
    std::int64_t const ids[] = {one.student.id.value};
    std::vector<std::int64_t> people;
    for (auto const& recipient : families::recipients_of(call, ids))
        if (recipient.rights.has(families::Right::sign))
            people.push_back(recipient.person.value);
    inbox::tell(call, people,
        {inbox::LetterKind::family,
            {fmt::format("{}已由{}接走", one.student.name, one.carer.name),
                fmt::format("{} was picked up by {}", one.student.name, one.carer.name)},
            {text_of(one.handed_at).substr(0, 16).replace(10, 1, " "), text_of(one.handed_at).substr(0, 16).replace(10, 1, " ")},
            ""});
}

} // namespace

PickUpList show_pick_up(Call& call, OnePupil const& input)
{
    auto const unit = class_of_pupil(call, input.id);
    return lists_of(call, unit.name, {{input.id, directory::person_name(call, input.id).value_or("")}}).front();
}

ClassPickUp show_class_pick_up(Call& call, OneClass const& input)
{
    auto const unit = directory::organisation(call.db, call.county, input.id);
    bool const reads = unit && call.viewer.may(Permission::read_people) && call.viewer.reaches(unit->path);
    if (!unit || unit->kind != "class" || !(reads || leads_now(call, unit->id)))
        throw not_found(the_class);
    call.audit_subject = fmt::format("organisation:{}", unit->id.value);
    std::vector<directory::PersonBrief> pupils;
    for (auto const& pupil : directory::pupils_below(call, unit->path))
        pupils.push_back({pupil.id, pupil.name});
    return {{{unit->id.value}, unit->name}, call.today(), lists_of(call, unit->name, pupils)};
}

HandoverView hand_over(Call& call, HandOver const& input)
{
    auto const unit = class_of_pupil(call, input.student);
    if (!families::rights_for(call, input.carer, input.student).has(families::Right::pick_up))
        throw invalid("/carer", "not_found",
            {"此人现在无权接走这名学生，请核对接送名单。", "This person may not pick the child up: look at the list."});
    call.db.hold({input.student.value});
    auto const at = std::min(input.at.value_or(call.now), call.now);
    auto const again = last_since(call, input.student, input.carer, {at.milliseconds - 10 * minute});
    if (again && again->handed_at.milliseconds <= at.milliseconds + 10 * minute)
        return *again;
    auto const school = directory::schools_above(call, {unit.path}).front();
    call.db.insert("handovers",
        HandoverRow{call.county, new_id_of<HandoverId>(), school.id, unit.id, input.student, input.carer,
            SealedText(std::string(input.note.value_or(Text<0, 200>{}))), call.viewer.person, at});
    auto const view = last_since(call, input.student, input.carer, at).value();
    tell_guardians(call, view);
    return view;
}

Page<HandoverView> list_handovers(Call& call, ListHandovers const& input)
{
    auto const unit = directory::organisation(call.db, call.county, input.class_);
    if (!unit || !call.viewer.may(Permission::read_people) || !call.viewer.reaches(unit->path))
        throw not_found(the_class);
    static std::string const sql = handover_columns() + directory::joined_organisation("o", "g.county", "g.class")
        + " WHERE g.county = $1 AND o.path >= $2 AND o.path < $3 AND g.handed_at >= $4 AND g.handed_at < $5 AND (g.id < $6 OR $6 = "
          "0) ORDER BY g.id DESC LIMIT $7";
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto const day = input.day.value_or(call.today());
    Page<HandoverView> page;
    for (auto const& row :
        call.db.rows<NamedHandover>(sql, call.county, unit->path, unit->path.substr(0, unit->path.size() - 1) + "0", start_of(day),
            start_of(plus_days(day, 1)), input.after.value_or(HandoverId{}), limit + 1)) {
        if (static_cast<std::int64_t>(page.items.size()) == limit) {
            page.next = std::to_string(page.items.back().id.value);
            break;
        }
        page.items.push_back(view_of(row));
    }
    return page;
}

} // namespace concentric::safety
