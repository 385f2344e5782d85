#include "modules/activities/consents.hpp"

#include "lib/workbook.hpp"
#include "modules/activities/roles.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/families/rights.hpp"

#include <fmt/format.h>

#include <map>

namespace concentric::activities {
namespace {

struct Travelling {
    OwnedActivity activity;
    TravelSheet sheet;
    std::string hash;
};

Travelling travelling(Call& call, OwnedActivity activity)
{
    auto sheet = travel_of(call, activity.id);
    if (!sheet)
        throw not_found({"外出安排", "journey"});
    auto hash = hash_of(activity, *sheet);
    return {std::move(activity), std::move(*sheet), std::move(hash)};
}

std::map<PersonId, ConsentRow> consents_to(Call& call, ActivityId id)
{
    std::map<PersonId, ConsentRow> rows;
    for (auto& row : call.db.rows<ConsentRow>(
             "SELECT * FROM activity_consents WHERE county = $1 AND activity = $2 ORDER BY student", call.county, id))
        rows.emplace(row.student, std::move(row));
    return rows;
}

ConsentState state_of(ConsentRow const* row, std::string_view hash)
{
    if (!row)
        return ConsentState::missing;
    if (!row->agrees)
        return ConsentState::refused;
    return row->hash == hash ? ConsentState::agreed : ConsentState::outdated;
}

ConsentRow const* found_in(std::map<PersonId, ConsentRow> const& rows, PersonId student)
{
    auto const found = rows.find(student);
    return found == rows.end() ? nullptr : &found->second;
}

TravelView view_of(Call& call, Travelling const& trip)
{
    TravelView view;
    static_cast<TravelSheet&>(view) = trip.sheet;
    view.hash = trip.hash;
    auto const rows = consents_to(call, trip.activity.id);
    for (auto const& child : children_invited(call, trip.activity, directory::children_shown_to(call, call.viewer.person))) {
        auto const* const row = found_in(rows, child.id);
        auto& own = view.consents.emplace_back();
        own.student = child.id;
        own.student_name = child.name;
        own.may_sign = families::may(call, child.id, families::Right::sign);
        own.state = state_of(row, trip.hash);
        if (row) {
            own.note = row->note;
            own.given_at = row->given_at;
        }
    }
    return view;
}

std::vector<std::int64_t> pupils_of_event(Call& call, ActivityId id)
{
    return call.db.values<std::int64_t>(
        "SELECT student AS value FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND state <> 'cancelled' AND student "
        "<> 0 UNION SELECT student FROM activity_consents WHERE county = $1 AND activity = $2 ORDER BY value",
        call.county, id);
}

std::vector<Consent> consents_of(Call& call, Travelling const& trip)
{
    auto const rows = consents_to(call, trip.activity.id);
    auto const students = pupils_of_event(call, trip.activity.id);
    auto people = students;
    for (auto const& [student, row] : rows)
        people.push_back(row.person.value);
    auto const names = directory::names_of(call, people);
    auto const classes = directory::classes_of(call.db, call.county, students);
    std::vector<Consent> list;
    for (auto const id : students) {
        PersonId const student{id};
        auto const* const row = found_in(rows, student);
        auto& one = list.emplace_back();
        one.student = student;
        one.student_name = directory::name_in(names, student.value);
        if (auto const found = classes.find(student); found != classes.end())
            one.class_name = found->second.name;
        one.state = state_of(row, trip.hash);
        if (row) {
            one.person_name = directory::name_in(names, row->person.value);
            one.note = row->note;
            one.given_at = row->given_at;
        }
    }
    return list;
}

bool is_missing(ConsentState state) { return state == ConsentState::missing || state == ConsentState::outdated; }

Words words_for(ConsentState state)
{
    switch (state) {
    case ConsentState::agreed: return {"同意", "agreed"};
    case ConsentState::refused: return {"不同意", "refused"};
    case ConsentState::outdated: return {"行程有变，需重新确认", "the journey changed since"};
    case ConsentState::missing: break;
    }
    return {"未答复", "no answer"};
}

} // namespace

TravelView show_travel(Call& call, OneTravel const& input)
{
    return view_of(call, travelling(call, visible_activity(call, input.id)));
}

TravelView give_consent(Call& call, GiveConsent const& input)
{
    visible_activity(call, input.id);
    auto const trip = travelling(call, held_activity(call, input.id));
    require_announced(trip.activity);
    if (trip.activity.starts_at <= call.now)
        throw conflict({"活动已经开始，不能再答复。", "The event has begun: nothing can be answered any more."});
    families::require_right(call, input.student, families::Right::sign);
    if (children_invited(call, trip.activity, directory::children_with(call, std::vector{input.student.value})).empty())
        throw not_found({"孩子", "child"});
    if (input.hash != trip.hash)
        throw conflict({"行程或保险刚刚有变，请重新阅读后再答复。", "The journey was changed meanwhile; please read it again."});
    auto const note = std::string(input.note.value_or(""));
    call.db.execute(
        "INSERT INTO activity_consents (county, activity, student, person, agrees, note, hash, given_at) VALUES ($1, $2, $3, $4, "
        "$5, $6, $7, $8) ON CONFLICT (county, activity, student) DO UPDATE SET person = EXCLUDED.person, agrees = EXCLUDED.agrees, "
        "note = EXCLUDED.note, hash = EXCLUDED.hash, given_at = EXCLUDED.given_at",
        call.county, trip.activity.id, input.student, call.viewer.person, input.agrees, sealed(note), trip.hash, call.now);
    return view_of(call, trip);
}

Consents list_consents(Call& call, ListConsents const& input)
{
    auto const trip = travelling(call, watched_activity(call, input.id));
    Consents list;
    list.items = consents_of(call, trip);
    for (auto const& one : list.items)
        list.missing += is_missing(one.state) ? 1 : 0;
    if (input.state)
        std::erase_if(list.items, [&](auto const& one) { return one.state != *input.state; });
    return list;
}

Download export_consents(Call& call, OneTravel const& input)
{
    auto const trip = travelling(call, watched_activity(call, input.id));
    std::vector<std::string> headings;
    for (auto const& words : {Words{"学生", "Pupil"}, {"班级", "Class"}, {"答复", "Answer"}, {"监护人", "Guardian"},
             {"需要留意", "To look after"}, {"时间", "When"}})
        headings.push_back(call.say(words));
    lib::WorkbookWriter workbook;
    workbook.add_sheet(call.say({"外出同意", "Consents"}), headings);
    for (auto const& one : consents_of(call, trip))
        workbook.add_row({one.student_name, one.class_name, call.say(words_for(one.state)), one.person_name, one.note,
            one.given_at ? lib::Value(text_of(*one.given_at).substr(0, 16).replace(10, 1, " ")) : lib::Value()});
    return {workbook.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", trip.activity.title + ".xlsx"};
}

ConsentsGiven::ConsentsGiven(Call& call, OwnedActivity const& activity)
{
    auto const sheet = activity.audience == Audience::pupils ? travel_of(call, activity.id) : std::nullopt;
    travels_ = sheet.has_value();
    if (!sheet)
        return;
    auto const agreed = call.db.values<PersonId>(
        "SELECT student AS value FROM activity_consents WHERE county = $1 AND activity = $2 AND agrees AND hash = $3", call.county,
        activity.id, hash_of(activity, *sheet));
    may_come_.insert(agreed.begin(), agreed.end());
    for (auto const& role : roles_in(call, activity.id))
        may_come_.insert(role.person);
}

void require_consents(Call& call, OwnedActivity const& activity, std::vector<std::int64_t> const& people)
{
    ConsentsGiven const consents(call, activity);
    std::set<std::int64_t> missing;
    for (auto const id : people)
        if (consents.lacks({id}))
            missing.insert(id);
    if (!missing.empty())
        throw invalid("/people", "no_consent",
            {fmt::format("有 {} 名学生还没有监护人的同意，不能参加外出活动。", missing.size()),
                fmt::format("{} pupils have no guardian's consent and cannot travel.", missing.size())});
}

} // namespace concentric::activities
