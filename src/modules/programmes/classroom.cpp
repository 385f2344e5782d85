#include "modules/programmes/classroom.hpp"

#include "lib/workbook.hpp"
#include "modules/coursework/submissions.hpp"
#include "modules/programmes/attendance.hpp"
#include "modules/programmes/board.hpp"
#include "modules/programmes/scoring.hpp"
#include "modules/programmes/workshops.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::programmes {
namespace {

// Everything of a class that a learner's page is made of.
struct Whole {
    std::vector<TeamRow> teams;
    std::unordered_map<PersonId, TeamId> by_person;
    std::vector<Tutor> tutors;

    TeamId team_of(PersonId person) const
    {
        auto const found = by_person.find(person);
        return found == by_person.end() ? TeamId{} : found->second;
    }
    std::string name_of(TeamId id) const
    {
        auto const found = std::ranges::find(teams, id, &TeamRow::id);
        return found == teams.end() ? "" : found->name;
    }
    std::vector<std::string> names_of(Json const& ids) const
    {
        std::vector<std::string> names;
        for (auto const id : reflect::from_json<std::vector<TutorId>>(ids))
            if (auto const found = std::ranges::find(tutors, id, &Tutor::id); found != tutors.end())
                names.push_back(found->name);
        return names;
    }
};

Whole whole_of(Call& call, ClassId id) { return {teams_of(call, id), team_by_person(call, id), tutors_shown(call, id)}; }

void add_sessions(Call& call, ClassId id, PersonId self, Whole const& whole, OwnClassroom& own)
{
    std::set<SessionOfClassId> present;
    for (auto const& row : attendance_in(call, id))
        if (row.person == self)
            present.insert(row.session);
    for (auto const& row : sessions_of(call, id)) {
        if (!concerns(row, whole.team_of(self)))
            continue;
        auto& session = own.sessions.emplace_back(OwnSession{
            row.kind, row.title, row.place, row.starts_at, row.ends_at, {}, whole.names_of(row.tutors), present.contains(row.id)});
        if (row.team)
            session.team = whole.name_of(row.team);
        own.minutes += row.minutes();
        own.minutes_attended += session.is_present ? row.minutes() : 0;
    }
}

void add_team(Call& call, OwnedClass const& class_, PersonId self, Whole const& whole, OwnClassroom& own)
{
    auto const team = whole.team_of(self);
    for (auto const& tutor : whole.tutors)
        if (!tutor.team || tutor.team == team)
            own.tutors.push_back(tutor);
    if (!team)
        return;
    own.team = OwnTeam{whole.name_of(team), {}};
    for (auto const& member : members_below(call, class_.id, class_.owner_path))
        if (whole.team_of(member.person) == team)
            own.team->people.push_back(member.name.value_or(""));
    std::ranges::sort(own.team->people);
}

void add_marks(Call& call, ClassId id, PersonId self, OwnClassroom& own)
{
    auto const all = marks_of_person(call, id, self);
    for (auto const& task : tasks_of(call, id)) {
        std::vector<MarkRow> marks;
        std::vector<std::int64_t> scores;
        for (auto const& mark : all)
            if (mark.task == task.id) {
                marks.push_back(mark);
                scores.push_back(mark.score);
            }
        own.marks.push_back({task.title, task.kind, reflect::from_json<std::vector<Criterion>>(task.criteria), mean_of(scores),
            marks_shown(call, marks)});
    }
}

void add_product(Call& call, OwnedClass const& class_, PersonId self, OwnClassroom& own)
{
    if (class_.form != Form::workshop)
        return;
    own.product = OwnProduct{class_.product, {}, {}, 0, agreements_of(agreements_in(call, class_.id), self)};
    if (auto const submission = coursework::submission_of(call, class_.product, self)) {
        own.product->submission = submission->id;
        own.product->state = submission->state;
        own.product->rounds = submission->rounds;
    }
}

struct SheetOf {
    LedClass class_;
    Whole whole;
    std::vector<NamedMember> members; // by group and organisation
};

SheetOf sheet_of(Call& call, ClassId id)
{
    SheetOf sheet{led_class(call, id), whole_of(call, id), {}};
    sheet.members = members_below(call, id, sheet.class_.owner_path);
    std::ranges::sort(sheet.members, [&](auto const& a, auto const& b) {
        return std::tuple(sheet.whole.name_of(sheet.whole.team_of(a.person)), a.organisation_name, a.person)
            < std::tuple(sheet.whole.name_of(sheet.whole.team_of(b.person)), b.organisation_name, b.person);
    });
    return sheet;
}

std::vector<std::string> first_headings(Call const& call)
{
    return {call.say({"姓名", "Name"}), call.say({"单位", "Organisation"}), call.say({"小组", "Group"})};
}

std::vector<lib::Value> first_cells(SheetOf const& sheet, NamedMember const& member)
{
    return {
        member.name.value_or(""), member.organisation_name.value_or(""), sheet.whole.name_of(sheet.whole.team_of(member.person))};
}

void add_attendance_sheet(Call& call, lib::WorkbookWriter& book, SheetOf const& sheet)
{
    auto const sessions = sessions_of(call, sheet.class_.id);
    std::set<std::pair<PersonId, SessionOfClassId>> present;
    for (auto const& row : attendance_in(call, sheet.class_.id))
        present.emplace(row.person, row.session);
    auto headings = first_headings(call);
    for (auto const& session : sessions)
        headings.push_back(fmt::format("{} {}", text_of(day_at(session.starts_at)), session.title));
    headings.push_back(call.say({"参加分钟数", "Minutes attended"}));
    headings.push_back(call.say({"应参加分钟数", "Minutes in all"}));
    book.add_sheet(call.say({"签到", "Attendance"}), headings);
    for (auto const& member : sheet.members) {
        auto cells = first_cells(sheet, member);
        std::int64_t attended = 0, all = 0;
        for (auto const& session : sessions) {
            bool const is_asked = concerns(session, sheet.whole.team_of(member.person));
            bool const is_present = present.contains({member.person, session.id});
            cells.emplace_back(is_present ? "✓" : is_asked ? call.say({"缺", "absent"}) : "—");
            all += is_asked ? session.minutes() : 0;
            attended += is_present ? session.minutes() : 0;
        }
        cells.emplace_back(attended);
        cells.emplace_back(all);
        book.add_row(cells);
    }
}

// One line for each mark, so that every comment stands beside its score.
void add_mark_sheet(Call& call, lib::WorkbookWriter& book, SheetOf const& sheet)
{
    auto headings = first_headings(call);
    for (auto const& words :
        {Words{"考评项目", "Task"}, Words{"评分人", "Expert"}, Words{"得分", "Score"}, Words{"点评", "Comment"}})
        headings.push_back(call.say(words));
    book.add_sheet(call.say({"考评", "Marks"}), headings);
    auto const tasks = tasks_of(call, sheet.class_.id);
    for (auto const& member : sheet.members)
        for (auto const& row : marks_of_person(call, sheet.class_.id, member.person)) {
            auto const task = std::ranges::find(tasks, row.task, &TaskRow::id);
            auto const mark = marks_shown(call, {row}).front();
            auto cells = first_cells(sheet, member);
            cells.emplace_back(task == tasks.end() ? std::string() : task->title);
            cells.emplace_back(mark.marker);
            cells.emplace_back(mark.score);
            cells.emplace_back(mark.comment);
            book.add_row(cells);
        }
}

// The name of who agreed, or nothing.
std::string mentor_of(std::vector<AgreementRow> const& agreements, PersonId learner, MentorRole role)
{
    auto const found = std::ranges::find_if(agreements, [&](auto const& one) { return one.person == learner && one.role == role; });
    return found == agreements.end() ? "" : found->mentor;
}

void add_product_sheet(Call& call, lib::WorkbookWriter& book, SheetOf const& sheet)
{
    auto headings = first_headings(call);
    for (auto const& words : {Words{"稿次", "Drafts"}, Words{"状态", "State"}, Words{"理论导师同意", "Theory mentor agrees"},
             Words{"实践导师同意", "Practice mentor agrees"}})
        headings.push_back(call.say(words));
    book.add_sheet(call.say({"成果", "Products"}), headings);
    auto const agreements = agreements_in(call, sheet.class_.id);
    for (auto const& member : sheet.members) {
        auto const submission = coursework::submission_of(call, sheet.class_.product, member.person);
        auto cells = first_cells(sheet, member);
        cells.emplace_back(submission ? submission->rounds : 0);
        cells.emplace_back(call.say(!submission                               ? Words{"未提交", "none"}
                : submission->state == coursework::SubmissionState::accepted  ? Words{"合格", "passed"}
                : submission->state == coursework::SubmissionState::in_review ? Words{"待评定", "being read"}
                                                                              : Words{"修改中", "to be improved"}));
        for (auto const role : {MentorRole::theory_mentor, MentorRole::practice_mentor})
            cells.emplace_back(mentor_of(agreements, member.person, role));
        book.add_row(cells);
    }
}

} // namespace

OwnClassroom own_classroom(Call& call, OneLedClass const& input)
{
    auto const class_ = class_with(call, input.id);
    auto const self = call.viewer.person;
    if (!class_ || !named_member(call, input.id, self))
        throw not_found(the_class);
    auto const whole = whole_of(call, input.id);
    OwnClassroom own;
    add_sessions(call, input.id, self, whole, own);
    add_team(call, *class_, self, whole, own);
    add_marks(call, input.id, self, own);
    add_product(call, *class_, self, own);
    return own;
}

Download classroom_sheet(Call& call, OneLedClass const& input)
{
    auto const sheet = sheet_of(call, input.id);
    lib::WorkbookWriter book;
    add_attendance_sheet(call, book, sheet);
    add_mark_sheet(call, book, sheet);
    if (sheet.class_.form == Form::workshop)
        add_product_sheet(call, book, sheet);
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        call.say({sheet.class_.title + " 签到与考评.xlsx", sheet.class_.title + " attendance and marks.xlsx"})};
}

Routes classroom_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/own-training/{id}/classroom", signed_in, "own_classroom_show",
            "One's own timetable, group, marks and product in a training class", own_classroom),
        route(Verb::get, "/api/training-classes/{id}/classroom.xlsx", signed_in, "training_classroom_sheet",
            "Attendance, marks and products of a training class as a sheet", classroom_sheet)
            .as_personal_file(),
    };
}

} // namespace concentric::programmes
