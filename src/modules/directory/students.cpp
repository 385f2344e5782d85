#include "modules/directory/families.hpp"
#include "modules/directory/membership_watch.hpp"
#include "modules/directory/person_changes.hpp"

#include <fmt/format.h>

namespace concentric::directory {
namespace {

OrganisationRow reached_class(Call& call, OrganisationId id)
{
    auto row = reached(call, id);
    if (row.kind != "class")
        throw invalid("class", "kind", {"请选择一个班级。", "Choose a class."});
    if (!row.is_open())
        throw conflict({"这个班级已经关闭。", "This class is closed."});
    if (split_list(row.stages).size() != 1)
        throw conflict({"请先给这个班级设置唯一的学段。", "Give this class exactly one stage first."});
    return row;
}

Subjects student(PersonId person)
{
    Subjects subjects;
    subjects[SubjectKind::student] = {person.value};
    return subjects;
}

void enrol(Call& call, PersonId person, OrganisationRow const& unit, Day from)
{
    call.db.insert("enrolments", EnrolmentRow{call.county, person, from, latest_day, unit.id, unit.stages, {}});
}

EnrolmentRow last_enrolment(Call& call, PersonId person)
{
    auto row = call.db.row<EnrolmentRow>(
        "SELECT * FROM enrolments WHERE county = $1 AND student = $2 ORDER BY from_day DESC LIMIT 1", call.county, person);
    if (!row)
        throw conflict({"这名学生没有学籍记录。", "This pupil has no enrolment."});
    return *row;
}

void end_enrolment(Call& call, EnrolmentRow const& row, Day last)
{
    call.db.execute("UPDATE enrolments SET to_day = $4 WHERE county = $1 AND student = $2 AND from_day = $3", call.county,
        row.student, row.from_day, last);
}

void require_past(Call& call, Day day, std::string_view field)
{
    if (day > call.today())
        throw invalid(std::string(field), "future", {"日期不能晚于今天。", "The day is not to be after today."});
}

void move(Call& call, StudentRow const& row, OrganisationRow const& unit, Day from)
{
    auto const last = last_enrolment(call, row.person);
    if (from < last.from_day)
        throw invalid("from", "too_early",
            {fmt::format("这名学生 {} 才进入现在的班级。", text_of(last.from_day)),
                fmt::format("The pupil is in the present class since {}.", text_of(last.from_day))});
    if (from == last.from_day) // was put into the wrong class that day
        call.db.execute(
            "DELETE FROM enrolments WHERE county = $1 AND student = $2 AND from_day = $3", call.county, row.person, from);
    else if (last.to_day >= from) // else the pupil waited for a class since then
        end_enrolment(call, last, plus_days(from, -1));
    enrol(call, row.person, unit, from);
    call.db.execute("UPDATE students SET class = $3, version = version + 1 WHERE county = $1 AND person = $2", call.county,
        row.person, unit.id);
}

// Back at school: the old enrolment goes on where no day lies between, else a new one begins.
void come_back(Call& call, StudentRow const& row, Day on)
{
    auto const last = last_enrolment(call, row.person);
    auto const unit = reached_class(call, row.class_);
    if (on <= last.to_day)
        throw invalid("on", "too_early", {"日期早于离校日期。", "The day is before the pupil left."});
    if (plus_days(last.to_day, 1) == on && last.class_ == row.class_)
        end_enrolment(call, last, latest_day);
    else
        enrol(call, row.person, unit, on);
}

void leave(Call& call, StudentRow const& row, Day on)
{
    auto const last = last_enrolment(call, row.person);
    if (on < last.from_day)
        throw invalid(
            "on", "too_early", {"日期早于进入现在班级的日期。", "The day is before the pupil came into the present class."});
    if (row.status == StudentStatus::active)
        end_enrolment(call, last, on);
}

StudentRow new_student(Call& call, PersonRecord const& person, CreateStudent const& input, OrganisationRow const& unit)
{
    FamilyRow const family{call.county, new_id_of<FamilyId>(), family_name(person.name), {}};
    call.db.insert("families", family);
    StudentRow row{call.county, person.id, input.student_number.value_or(""), input.school_number.value_or(""), unit.id, family.id};
    try {
        call.db.insert("students", row);
    } catch (db::Error const& error) {
        if (error.fault == db::Fault::unique)
            throw invalid("student_number", "taken", {"这个学籍号已经属于另一名学生。", "Another pupil has this pupil number."});
        throw;
    }
    return row;
}

void require_new_identity(Call& call, PersonRecord const& person)
{
    if (person.identity_number.empty())
        return;
    auto const known = call.db.value<std::int64_t>(
        "SELECT p.id AS value FROM people p JOIN students s ON s.county = p.county AND s.person = p.id "
        "WHERE p.county = $1 AND substr(p.identity_number, 1, 28) = $2 AND p.identity_number <> ''",
        call.county, whole(person.identity_number));
    if (known)
        throw invalid("identity_number", "taken",
            {"这个身份证件号码的学生已经在册。", "A pupil with this identity number is on the roll already."});
}

} // namespace

Person create_student(Call& call, CreateStudent const& input)
{
    auto const unit = reached_class(call, input.class_);
    auto const from = input.from.value_or(call.today());
    require_past(call, from, "from");
    auto person = new_person(call, input.name);
    person.sex = input.sex.value_or(Sex::unknown);
    person.birth_day = input.birth_day;
    set_identity(person, input.identity_number);
    require_new_identity(call, person);
    call.db.insert("people", person);
    auto const row = new_student(call, person, input, unit);

    MembershipWatch watch(call, {});
    enrol(call, person.id, unit, from);
    watch.publish(student(row.person));
    for (auto const& carer : input.carers) {
        AddCarer link;
        static_cast<CarerInput&>(link) = carer;
        link.id = person.id;
        add_carer(call, link);
    }
    return show_person(call, {person.id});
}

Person move_student(Call& call, MoveStudent const& input)
{
    auto const row = reached_student(call, input.id);
    begin_change(call, row.person);
    auto const unit = reached_class(call, input.class_);
    require_past(call, input.from, "from");
    if (row.status != StudentStatus::active)
        throw conflict({"这名学生已经离校。", "This pupil has left."});
    if (unit.id != row.class_ || last_enrolment(call, row.person).to_day != latest_day) {
        MembershipWatch watch(call, student(row.person));
        move(call, row, unit, input.from);
        watch.publish();
    }
    return show_person(call, {row.person});
}

Person set_status(Call& call, SetStatus const& input)
{
    auto const row = reached_student(call, input.id);
    begin_change(call, row.person);
    require_past(call, input.on, "on");
    if (input.status == row.status)
        return show_person(call, {row.person});
    MembershipWatch watch(call, student(row.person));
    if (input.status == StudentStatus::active)
        come_back(call, row, input.on);
    else
        leave(call, row, input.on);
    call.db.execute("UPDATE students SET status = $3, version = version + 1 WHERE county = $1 AND person = $2", call.county,
        row.person, input.status);
    watch.publish();
    return show_person(call, {row.person});
}

} // namespace concentric::directory
