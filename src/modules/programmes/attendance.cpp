#include "modules/programmes/attendance.hpp"

#include "modules/programmes/enrolments.hpp"
#include "modules/programmes/learners.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::programmes {
namespace {

constexpr std::size_t most_people = 2'000;

struct Detail {
    std::string training_class, title;
};
BOOST_DESCRIBE_STRUCT(Detail, (), (training_class, title))

ledger::NewEntry fact_of(Call const& call, OwnedClass const& class_, SessionRow const& session, MemberRow const& member)
{
    ledger::NewEntry fact;
    fact.kind = class_.form == Form::workshop ? "workshop.attended" : "classroom.attended";
    fact.happened_at = session.starts_at;
    fact.person = member.person.value;
    fact.unit = member.organisation.value;
    fact.minutes = session.minutes();
    fact.during = {{session.starts_at, session.ends_at}};
    fact.recorded_by = call.viewer.person.value;
    // Taken back and noted again is a fact of its own.
    fact.source = fmt::format("programmes:session:{}:{}", session.id.value, new_id());
    fact.data = to_json(Detail{class_.title, session.title});
    return fact;
}

std::vector<NamedMember> concerned(Call& call, OwnedClass const& class_, SessionRow const& session)
{
    auto const teams = team_by_person(call, class_.id);
    auto members = members_below(call, class_.id, class_.owner_path);
    std::erase_if(members, [&](auto const& member) {
        auto const team = teams.find(member.person);
        return !concerns(session, team == teams.end() ? TeamId{} : team->second);
    });
    return members;
}

std::vector<AttendanceRow> present_in(Call& call, SessionOfClassId session)
{
    return call.db.rows<AttendanceRow>(
        "SELECT * FROM training_attendance WHERE county = $1 AND session = $2", call.county, session);
}

void note_present(Call& call, OwnedClass const& class_, SessionRow const& session, std::vector<MemberRow> const& members)
{
    std::vector<ledger::NewEntry> facts;
    for (auto const& member : members)
        facts.push_back(fact_of(call, class_, session, member));
    auto const entries = ledger::append(call, facts);
    for (std::size_t i = 0; i < members.size(); ++i)
        call.db.insert("training_attendance",
            AttendanceRow{call.county, class_.id, members[i].person, session.id, entries[i].id, call.viewer.person, call.now});
}

void take_back(Call& call, SessionRow const& session, std::vector<AttendanceRow> const& rows)
{
    std::vector<EntryId> entries;
    std::vector<std::int64_t> people;
    for (auto const& row : rows) {
        entries.push_back(row.entry);
        people.push_back(row.person.value);
    }
    ledger::reverse(call, entries, call.say({"签到更正", "Attendance was corrected"}));
    call.db.execute("DELETE FROM training_attendance WHERE county = $1 AND class = $2 AND session = $3 AND person ANY_OF($4)",
        call.county, session.class_, session.id, db::IntegerList{people});
}

std::set<PersonId> wanted_of(NoteAttendance const& input, std::vector<NamedMember> const& members)
{
    Problems problems;
    for (std::size_t i = 0; i < input.people.size(); ++i)
        if (std::ranges::find(members, input.people[i], &NamedMember::person) == members.end())
            problems.push_back({fmt::format("/people/{}", i), "not_found",
                {"此人不在这节课的名单里。", "This session does not concern this person."}});
    if (!problems.empty())
        throw invalid(std::move(problems));
    return {input.people.begin(), input.people.end()};
}

void settle_marks(Call& call, OwnedClass const& class_, std::set<PersonId> const& people)
{
    std::vector<std::int64_t> ids;
    for (auto const person : people)
        ids.push_back(person.value);
    refresh(call, class_, ids);
    for (auto const person : people)
        settle_mark(call, class_, person);
}

} // namespace

void check(NoteAttendance const& input, Problems& problems)
{
    if (input.people.empty() || input.people.size() > most_people)
        problems.push_back({"/people", "length", {"一次登记 1 到 2000 人。", "Note 1 to 2,000 people at once."}});
}

Attendance show_attendance(Call& call, OneSession const& input)
{
    auto const class_ = led_class(call, input.id);
    auto const session = session_with(call, class_.id, input.session);
    auto const teams = team_by_person(call, class_.id);
    std::set<PersonId> present;
    for (auto const& row : present_in(call, session.id))
        present.insert(row.person);
    Attendance list;
    for (auto const& member : concerned(call, class_, session)) {
        auto& attendee = list.items.emplace_back(Attendee{
            {member.person, member.name.value_or("")}, member.organisation_name.value_or(""), {}, present.contains(member.person)});
        if (auto const team = teams.find(member.person); team != teams.end())
            attendee.team = team->second;
    }
    std::ranges::sort(list.items, [](auto const& a, auto const& b) {
        return std::tie(a.team, a.organisation, a.person.id) < std::tie(b.team, b.organisation, b.person.id);
    });
    return list;
}

Attendance note_attendance(Call& call, NoteAttendance const& input)
{
    auto const class_ = led_class(call, input.id);
    auto const session = session_with(call, class_.id, input.session);
    if (call.now < session.starts_at)
        throw conflict({"课还没有开始，不能登记签到。", "The session has not begun."});
    call.db.hold({class_.id.value});
    auto const members = concerned(call, class_, session);
    auto const wanted = wanted_of(input, members);
    auto rows = present_in(call, session.id);
    std::erase_if(rows, [&](auto const& row) { return !wanted.contains(row.person); });
    if (input.is_present) {
        std::vector<MemberRow> added;
        for (auto const& member : members)
            if (wanted.contains(member.person) && std::ranges::find(rows, member.person, &AttendanceRow::person) == rows.end())
                added.push_back(member);
        note_present(call, class_, session, added);
    } else {
        take_back(call, session, rows);
    }
    settle_marks(call, class_, wanted);
    return show_attendance(call, {input.id, input.session});
}

std::vector<AttendanceRow> attendance_in(Call& call, ClassId id)
{
    return call.db.rows<AttendanceRow>("SELECT * FROM training_attendance WHERE county = $1 AND class = $2", call.county, id);
}

std::unordered_map<PersonId, SessionMinutes> session_minutes(Call& call, ClassId id, std::span<std::int64_t const> people)
{
    std::unordered_map<PersonId, SessionMinutes> minutes;
    auto const sessions = sessions_of(call, id);
    if (sessions.empty())
        return minutes;
    auto const teams = team_by_person(call, id);
    std::set<std::pair<PersonId, SessionOfClassId>> present;
    for (auto const& row :
        call.db.rows<AttendanceRow>("SELECT * FROM training_attendance WHERE county = $1 AND class = $2 AND person ANY_OF($3)",
            call.county, id, db::IntegerList{people}))
        present.emplace(row.person, row.session);
    for (auto const value : people) {
        PersonId const person{value};
        auto const team = teams.find(person);
        auto& sum = minutes[person];
        for (auto const& session : sessions)
            if (concerns(session, team == teams.end() ? TeamId{} : team->second)) {
                sum.all += session.minutes();
                sum.attended += present.contains({person, session.id}) ? session.minutes() : 0;
            }
    }
    return minutes;
}

Routes attendance_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/training-classes/{id}/sessions/{session}/attendance", signed_in, "training_attendance_show",
            "Who came to a session", show_attendance)
            .as_personal_file(),
        route(Verb::put, "/api/training-classes/{id}/sessions/{session}/attendance", signed_in, "training_attendance_note",
            "Notes who came to a session, or takes it back", note_attendance),
    };
}

} // namespace concentric::programmes
