#include "modules/activities/attendance.hpp"

#include "lib/text.hpp"
#include "lib/workbook.hpp"
#include "modules/activities/consents.hpp"
#include "modules/activities/presence.hpp"
#include "modules/activities/roles.hpp"
#include "modules/activities/scan_lists.hpp"
#include "modules/activities/sign_ups.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/members.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace concentric::activities {
namespace {

using directory::SubjectKind;

std::vector<SubjectKind> subjects_of(Audience audience)
{
    switch (audience) {
    case Audience::families: return {SubjectKind::carer};
    case Audience::staff: return {SubjectKind::staff};
    case Audience::pupils: return {SubjectKind::student};
    case Audience::everybody: break;
    }
    return {SubjectKind::carer, SubjectKind::staff};
}

std::string invited_of(SubjectKind kind)
{
    return "SELECT m.subject AS person, MIN(m.name) AS name, MIN(m.unit_name) AS unit_name FROM ("
        + std::string(directory::members_query(kind))
        + ") m WHERE m.from_day <= $3 AND m.to_day >= $3 AND m.path >= $4 AND m.path < $5 AND m.subject > $6 "
          "AND (m.subject ANY_OF($7) OR $8) AND EXISTS (SELECT 1 FROM activity_parties p JOIN organisations u ON u.county = "
          "p.county "
          "AND u.id = p.party WHERE p.county = $1 AND p.activity = $2 AND p.part = 'audience' AND m.path LIKE u.path || '%') "
          "GROUP BY m.subject";
}

template <class Row> std::map<PersonId, Row> by_person(std::vector<Row> rows)
{
    std::map<PersonId, Row> found;
    for (auto& row : rows)
        found.emplace(row.person, std::move(row));
    return found;
}

// What is known of the people of an event.
struct Known {
    std::map<PersonId, SignUpRow> sign_ups;
    std::map<PersonId, SlotRow> slots;
    std::map<PersonId, std::vector<PresenceRow>> presence;
    std::map<PersonId, Passage> passages;
};

Known known_of(Call& call, ActivityId id)
{
    Known known;
    known.sign_ups = by_person(
        call.db.rows<SignUpRow>("SELECT * FROM activity_sign_ups WHERE county = $1 AND activity = $2", call.county, id));
    known.slots = by_person(
        call.db.rows<SlotRow>("SELECT * FROM activity_slots WHERE county = $1 AND activity = $2 AND person <> 0", call.county, id));
    for (auto& row : presence_in(call, id))
        known.presence[row.person].push_back(std::move(row));
    known.passages = by_person(passages_of(call, id));
    return known;
}

Attendee attendee_of(OwnedActivity const& activity, Known const& known, Invited const& person)
{
    Attendee attendee;
    attendee.person = person.person;
    attendee.name = person.name;
    attendee.unit_name = person.unit_name;
    PersonId student;
    if (auto const found = known.sign_ups.find(person.person); found != known.sign_ups.end()) {
        attendee.state = found->second.state;
        student = found->second.student;
    }
    if (auto const found = known.slots.find(person.person); found != known.slots.end()) {
        attendee.slot_at = found->second.starts_at;
        student = found->second.student;
    }
    if (auto const found = known.presence.find(person.person); found != known.presence.end()) {
        std::vector<Stretch> stretches;
        std::set<PresenceSource> sources;
        for (auto const& row : found->second) {
            stretches.push_back({row.from_at, row.until_at});
            sources.insert(row.source);
            attendee.arrived_at = std::min(attendee.arrived_at.value_or(row.from_at), row.from_at);
            student = student ? student : row.student;
        }
        attendee.sources.assign(sources.begin(), sources.end());
        attendee.minutes = minutes_within(std::move(stretches), activity.time());
    }
    if (auto const found = known.passages.find(person.person); found != known.passages.end()) {
        attendee.gate = found->second.gate;
        attendee.lacks_out = found->second.lacks_out;
        attendee.is_without_consent = found->second.is_without_consent;
        if (found->second.left_at.milliseconds)
            attendee.left_at = found->second.left_at;
    }
    if (student)
        attendee.student = student;
    return attendee;
}

std::vector<std::int64_t> ids_of(std::vector<Attendee> const& attendees)
{
    std::vector<std::int64_t> ids;
    for (auto const& attendee : attendees) {
        ids.push_back(attendee.person.value);
        if (attendee.student)
            ids.push_back(attendee.student->value);
    }
    return ids;
}

// Names of those who are not of the organiser's own, and the child of each.
void add_names(Call& call, OwnedActivity const& activity, std::vector<Attendee>& attendees)
{
    if (activity.audience != Audience::staff)
        for (auto& attendee : attendees)
            if (auto const student = attendee.student ? *attendee.student : student_for(call, activity, attendee.person))
                attendee.student = student;
    auto const names = directory::names_of(call, ids_of(attendees));
    auto const name_of = [&](PersonId id) { return directory::name_in(names, id.value); };
    for (auto& attendee : attendees) {
        attendee.name = attendee.name.empty() ? name_of(attendee.person) : attendee.name;
        if (attendee.student)
            attendee.student_name = name_of(*attendee.student);
    }
}

std::vector<std::int64_t> common_ids(std::vector<std::int64_t> const& some, std::vector<std::int64_t> const& others)
{
    std::vector<std::int64_t> both;
    std::ranges::set_intersection(some, others, std::back_inserter(both));
    return both;
}

// Whoever is looked for, in ascending order: named so, expected, or all who are invited.
std::vector<Invited> people_looked_for(Call& call, OwnedActivity const& activity, ListAttendance const& input, std::int64_t most)
{
    auto const after = input.after.value_or(PersonId{});
    auto const named = input.q ? directory::people_named(call, *input.q, most_found) : std::vector<std::int64_t>{};
    if (input.list.value_or(AttendanceList::expected) == AttendanceList::invited)
        return invited_people(call, activity, input.q ? &named : nullptr, after, most);
    auto expected = expected_people(call, activity.id);
    if (input.q)
        expected = common_ids(expected, named);
    std::erase_if(expected, [&](auto id) { return id <= after.value; });
    auto const own = by_person(invited_people(call, activity, &expected, after, static_cast<std::int64_t>(expected.size())));
    std::vector<Invited> people;
    for (auto const id : expected)
        people.push_back(own.contains({id}) ? own.at({id}) : Invited{{id}, "", ""});
    return people;
}

lib::Value moment(std::optional<Instant> at)
{
    return at ? lib::Value(text_of(*at).substr(0, 16).replace(10, 1, " ")) : lib::Value();
}

} // namespace

PersonId student_for(Call& call, OwnedActivity const& activity, PersonId person)
{
    if (activity.audience == Audience::pupils && !has_role(call, activity.id, person))
        return person;
    auto const children = children_invited(call, activity, directory::children_of(call, person));
    return children.empty() ? PersonId{} : children.front().id;
}

std::vector<Invited> invited_people(
    Call& call, OwnedActivity const& activity, std::vector<std::int64_t> const* among, PersonId after, std::int64_t most)
{
    if (!call.viewer.may(Permission::read_people))
        return {};
    std::string sql;
    for (auto const kind : subjects_of(activity.audience))
        sql += (sql.empty() ? "" : " UNION ") + invited_of(kind);
    auto const everybody = std::vector<std::int64_t>{};
    auto people = call.db.rows<Invited>("SELECT i.person, MIN(i.name) AS name, MIN(i.unit_name) AS unit_name FROM (" + sql
            + ") i GROUP BY i.person ORDER BY "
              "i.person LIMIT $9",
        call.county, activity.id, day_at(activity.starts_at), activity.organiser_path, directory::path_end(activity.organiser_path),
        after, db::IntegerList{among ? *among : everybody}, among == nullptr, most);
    return people;
}

std::vector<std::int64_t> expected_people(Call& call, ActivityId id)
{
    return call.db.values<std::int64_t>(
        "SELECT person AS value FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND state <> 'cancelled' UNION SELECT "
        "person FROM activity_slots WHERE county = $1 AND activity = $2 AND person <> 0 UNION SELECT person FROM activity_presence "
        "WHERE county = $1 AND activity = $2 UNION SELECT person FROM activity_roles WHERE county = $1 AND activity = $2 ORDER BY "
        "value",
        call.county, id);
}

std::vector<PresenceRow> presence_in(Call& call, ActivityId id)
{
    return call.db.rows<PresenceRow>(
        "SELECT * FROM activity_presence WHERE county = $1 AND activity = $2 ORDER BY person, from_at", call.county, id);
}

void note_presence(Call& call, PresenceRow const& row)
{
    call.db.execute(
        "INSERT INTO activity_presence (county, activity, person, source, number, student, from_at, until_at, brought_by, "
        "noted_by, noted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (county, activity, person, "
        "source, number) DO NOTHING",
        row.county, row.activity, row.person, row.source, row.number, row.student, row.from_at, row.until_at, row.brought_by,
        row.noted_by, row.noted_at);
}

void check(TickAttendance const& input, Problems& problems)
{
    if (input.people.empty() || input.people.size() > 500)
        problems.push_back({"/people", "length", {"请选择 1 到 500 人。", "Please choose 1 to 500 people."}});
}

Page<Attendee> list_attendance(Call& call, ListAttendance const& input)
{
    auto const activity = watched_activity(call, input.id);
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto const known = known_of(call, activity.id);
    // Where only some of them are asked for, they are looked for among all.
    auto const most = input.is_present || input.is_without_consent ? std::int64_t{1'000'000} : limit + 1;
    Page<Attendee> page;
    for (auto const& person : people_looked_for(call, activity, input, most)) {
        if (input.is_present && *input.is_present != known.presence.contains(person.person))
            continue;
        auto attendee = attendee_of(activity, known, person);
        if (input.is_without_consent && *input.is_without_consent != attendee.is_without_consent)
            continue;
        if (static_cast<std::int64_t>(page.items.size()) == limit) {
            page.next = std::to_string(page.items.back().person.value);
            break;
        }
        page.items.push_back(std::move(attendee));
    }
    add_names(call, activity, page.items);
    return page;
}

Ticked tick_attendance(Call& call, TickAttendance const& input)
{
    auto const activity = run_activity(call, input.id);
    require_announced(activity);
    if (activity.starts_at > call.now)
        throw conflict({"活动还没有开始。", "The event has not begun."});
    std::vector<std::int64_t> ids;
    for (auto const person : input.people)
        ids.push_back(person.value);
    Ticked ticked;
    if (!input.is_present) {
        ticked.changed = call.db.execute(
            "DELETE FROM activity_presence WHERE county = $1 AND activity = $2 AND source = 'list' AND person ANY_OF($3)",
            call.county, activity.id, db::IntegerList{ids});
        return ticked;
    }
    auto allowed = expected_people(call, activity.id);
    for (auto const& person : invited_people(call, activity, &ids, {}, static_cast<std::int64_t>(ids.size())))
        allowed.push_back(person.person.value);
    require_consents(call, activity, ids);
    auto const known = known_of(call, activity.id);
    for (auto const id : ids) {
        if (std::ranges::find(allowed, id) == allowed.end())
            throw invalid(
                "/people", "not_found", {"有人不在本次活动的对象之中。", "Somebody is not among those whom the event is for."});
        auto const slot = known.slots.find({id});
        auto const time = slot == known.slots.end() ? activity.time() : Stretch{slot->second.starts_at, slot->second.ends_at};
        note_presence(call,
            {call.county, activity.id, {id}, PresenceSource::list, 0, {}, time.from, time.until, {}, call.viewer.person, call.now});
        ++ticked.changed;
    }
    return ticked;
}

static Words words_of(SignUpState state)
{
    switch (state) {
    case SignUpState::placed: return {"已报名", "Signed up"};
    case SignUpState::waiting: return {"候补", "Waiting"};
    case SignUpState::cancelled: break;
    }
    return {"已取消", "Withdrawn"};
}

Download export_attendance(Call& call, OneActivity const& input)
{
    auto const activity = watched_activity(call, input.id);
    auto const known = known_of(call, activity.id);
    std::vector<Attendee> attendees;
    ListAttendance everybody;
    everybody.id = input.id;
    for (auto const& person : people_looked_for(call, activity, everybody, 0))
        attendees.push_back(attendee_of(activity, known, person));
    add_names(call, activity, attendees);
    std::vector<std::string> headings;
    for (auto const& words :
        {Words{"姓名", "Name"}, {"孩子", "Child"}, {"班级或单位", "Class or organisation"}, {"报名", "Sign-up"}, {"时段", "Slot"},
            {"到场", "Was there"}, {"到达时间", "Arrived"}, {"离开时间", "Left"}, {"入口", "Gate"}, {"未签退", "No check-out"},
            {"没有监护人的同意", "Without a guardian's consent"}, {"分钟", "Minutes"}})
        headings.push_back(call.say(words));
    lib::WorkbookWriter workbook;
    workbook.add_sheet(call.say({"签到表", "Attendance"}), headings);
    for (auto const& one : attendees)
        workbook.add_row({one.name, one.student_name, one.unit_name, one.state ? call.say(words_of(*one.state)) : "",
            moment(one.slot_at), call.say(one.sources.empty() ? Words{"否", "no"} : Words{"是", "yes"}), moment(one.arrived_at),
            moment(one.left_at), one.gate, one.lacks_out ? call.say({"是", "yes"}) : "",
            one.is_without_consent ? call.say({"是", "yes"}) : "", one.minutes});
    add_scan_sheet(call, activity, workbook);
    return {workbook.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", activity.title + ".xlsx"};
}

} // namespace concentric::activities
