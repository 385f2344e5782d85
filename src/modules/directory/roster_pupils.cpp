#include "modules/directory/roster_pupils.hpp"

#include "modules/directory/person_changes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::directory {

PupilMatch::PupilMatch(RosterWork& work, PeopleMatch& people, imports::Table const& table)
    : work_(work), households_(work, people), table_(table), seen_students_(work.roll.students().size())
{
    load_groups();
}

void PupilMatch::load_groups()
{
    for (auto& row : work_.call.db.rows<GroupRow>("SELECT * FROM student_groups WHERE county = $1", work_.call.county))
        groups_[row.student].push_back(std::move(row));
}

void PupilMatch::match(std::size_t i)
{
    imports::Finding finding;
    RowReader row(table_, i, finding);
    auto const said = read(row);
    finding.title = said.person.name;
    refuse_doubles(row, said);
    auto const answer = work_.class_of(row);
    // Everything that could leave the row out comes before the first change of the plan.
    auto const found = finding.is_faulty() ? RollAnswer{} : find(row, said, answer);
    if (!finding.is_faulty() && (!found || is_mine(row, found))) {
        auto const& unit = answer.unit ? *answer.unit : work_.make_class(row, answer);
        auto const student = found ? update(row, said, unit, found.at) : add(row, said, unit);
        take_details(row, student, !found);
        households_.add_carers(row, student, !found);
    }
    work_.preview.add(table_, i, std::move(finding));
}

PupilMatch::Said PupilMatch::read(RowReader& row)
{
    Said said;
    said.person.name = row.name(pupil_field::name);
    auto const identity = row.identity(pupil_field::identity_kind, pupil_field::identity_number, RowReader::Strictness::fault);
    said.person.identity_kind = identity.kind;
    said.person.identity_number = identity.number;
    said.person.sex = row.sex(pupil_field::sex);
    said.person.birth_day = row.day(pupil_field::birth_day);
    said.student_number = row.student_number(pupil_field::student_number);
    said.school_number = row.text(pupil_field::school_number);
    said.residence = row.text(pupil_field::residence);
    said.entry = row.day(pupil_field::entry);
    if (!row.has(pupil_field::class_))
        row.fault(pupil_field::class_, "missing", {"缺少班级。", "The class is missing."});
    if (said.person.birth_day > work_.call.today())
        row.fault(pupil_field::birth_day, "impossible_date", {"出生日期在今天以后。", "The birth day is still to come."});
    compare_identity(row, said.person, identity);
    return said;
}

// A month without a day ("2016-05") is compared by its month.
void PupilMatch::compare_identity(RowReader& row, PersonFields& person, Identity const& identity)
{
    if (identity.birth_day) {
        bool const is_month_only = row.text(pupil_field::birth_day).size() <= 7 || row.text(pupil_field::birth_day).ends_with("月");
        auto const equal = is_month_only ? person.birth_day && person.birth_day->number / 100 == identity.birth_day->number / 100
                                         : person.birth_day == identity.birth_day;
        if (person.birth_day && !equal)
            row.fault(pupil_field::birth_day, "birth_day_differs",
                {"出生日期与身份证件号不一致。", "The birth day is not that of the identity number."});
        person.birth_day = identity.birth_day;
    }
    if (identity.sex != Sex::unknown) {
        if (person.sex != Sex::unknown && person.sex != identity.sex)
            row.fault(pupil_field::sex, "sex_differs", {"性别与身份证件号不一致。", "The sex is not that of the identity number."});
        person.sex = identity.sex;
    }
}

PersonId PupilMatch::add(RowReader& row, Said const& said, Unit const& unit)
{
    auto const place = work_.add_person(said.person);
    auto const id = work_.plan.new_people[place].id;
    auto const today = work_.call.today();
    // Nobody was in the class before there was one; of a class whose beginning is unknown only this term is certain.
    auto const begun = unit.opened_on == earliest_day ? term_start(today) : unit.opened_on;
    auto const from = said.entry && *said.entry <= today ? std::max(*said.entry, unit.opened_on) : begun;
    StudentRow student{
        0, id, said.student_number, said.school_number, unit.id, {}, StudentStatus::active, said.residence, {}, {}, 1};
    households_.enter_new(id, place);
    work_.plan.new_students.push_back(std::move(student));
    work_.plan.new_enrolments.push_back({0, id, from, latest_day, unit.id, unit.stages, {}});
    work_.plan.added[SubjectKind::student].push_back(id.value);
    classes_.insert(unit.id);
    set_groups(row, id, from, true);
    row.finding().action = imports::Action::add;
    if (row.finding().detail.zh.empty())
        row.finding().detail = {unit.name, unit.name};
    return id;
}

PersonId PupilMatch::update(RowReader& row, Said const& said, Unit const& unit, std::size_t at)
{
    auto const& student = work_.roll.students()[at];
    auto const& person = work_.roll.person_of(student);
    change_person(row, said, person);
    auto fields = fields_of(student);
    change_student(row, said, student, fields);
    classes_.insert(unit.id);
    if (student.class_ != unit.id || student.status != StudentStatus::active)
        move(row, student, unit, fields);
    if (auto const before = fields_of(student); fields != before)
        households_.change(student, fields);
    set_groups(row, student.person, work_.call.today(), false);
    return student.person;
}

void PupilMatch::take_details(RowReader& row, PersonId student, bool is_new)
{
    auto& finding = row.finding();
    auto const hand_edited = is_new ? std::string() : work_.roll.people()[work_.roll.place_of(student)].hand_edited;
    for (auto const& [field, detail] :
        {std::pair(pupil_field::class_number, &DetailFields::class_number), {pupil_field::address, &DetailFields::address}})
        work_.details.take(finding, table_.kind().fields[field], {student, is_new, hand_edited}, detail, row.text(field));
    if (finding.action == imports::Action::leave
        && std::any_of(finding.changes.begin(), finding.changes.end(), [](auto const& change) { return !change.kept_by_hand; }))
        finding.action = imports::Action::change;
}

void PupilMatch::change_person(RowReader& row, Said const& said, PersonRecord const& person)
{
    auto const before = fields_of(person);
    auto after = before;
    auto const note = [&](std::size_t field, std::string const& was, std::string const& is) {
        auto const& of = table_.kind().fields[field];
        return note_change(row.finding(), of.field, of.name, was, is, list_has(person.hand_edited, of.field));
    };
    auto const day = [](std::optional<Day> of) { return of ? text_of(*of) : std::string(); };
    auto const sex = [](Sex of) { return words_of(of).zh; };
    if (note(pupil_field::name, before.name, said.person.name)) {
        after.name = said.person.name;
        row.warn(pupil_field::name, "name_differs",
            {"号码相同而姓名不同，请核对是否同一人。", "The same number with another name; please compare."});
    }
    if (note(pupil_field::sex, sex(before.sex), sex(said.person.sex)))
        after.sex = said.person.sex;
    if (note(pupil_field::birth_day, day(before.birth_day), day(said.person.birth_day)))
        after.birth_day = said.person.birth_day;
    if (note(pupil_field::identity_number, before.identity_number, said.person.identity_number)) {
        after.identity_kind = said.person.identity_kind;
        after.identity_number = said.person.identity_number;
    }
    if (after != before)
        work_.plan.people.push_back({person.id.value, before, std::move(after)});
}

void PupilMatch::change_student(RowReader& row, Said const& said, StudentRow const& student, StudentFields& fields)
{
    auto const take = [&](std::size_t field, std::string& value, std::string const& wanted) {
        auto const& of = table_.kind().fields[field];
        if (note_change(row.finding(), of.field, of.name, value, wanted, list_has(student.hand_edited, of.field)))
            value = wanted;
    };
    take(pupil_field::student_number, fields.student_number, said.student_number);
    take(pupil_field::school_number, fields.school_number, said.school_number);
    take(pupil_field::residence, fields.residence, said.residence);
}

void PupilMatch::move(RowReader& row, StudentRow const& student, Unit const& unit, StudentFields& fields)
{
    auto const* const old = work_.units.find(student.class_);
    moves_.push_back({student.person, &unit, unit.stages});
    fields.class_ = unit.id;
    fields.status = StudentStatus::active;
    auto& finding = row.finding();
    finding.action = imports::Action::move;
    auto const arrow = fmt::format("{} → {}", old ? old->name : "", unit.name);
    bool const is_back = student.status != StudentStatus::active;
    finding.detail = {is_back ? "复学：" + arrow : arrow, is_back ? "Comes back: " + arrow : arrow};
    work_.plan.touched[SubjectKind::student].push_back(student.person.value);
}

void PupilMatch::set_groups(RowReader& row, PersonId student, Day from, bool is_new)
{
    auto const& terms = student_groups();
    for (std::size_t i = 0; i < terms.size(); ++i) {
        auto const wanted = row.flag(pupil_field::first_group + i, terms[i].name);
        if (wanted && set_group(student, terms[i].name, *wanted, from) && !is_new) {
            row.finding().changes.push_back(
                {std::string(terms[i].name), terms[i].words.zh, terms[i].words.en, *wanted ? "否" : "是", *wanted ? "是" : "否"});
            work_.plan.touched[SubjectKind::student].push_back(student.value);
        }
    }
}

// Whether something changes. A group that ended and begins again the same day goes on.
bool PupilMatch::set_group(PersonId student, std::string_view name, bool is_member, Day from)
{
    auto const spans = groups_.find(student);
    if (spans != groups_.end())
        for (auto const& span : spans->second) {
            bool const is_valid = span.to_day == latest_day;
            if (span.name != name || (!is_valid && span.from_day != from))
                continue;
            if (is_valid == is_member)
                return false;
            work_.plan.groups.push_back({student.value, {span.name, span.from_day, span.to_day},
                {span.name, span.from_day, is_member ? latest_day : plus_days(work_.call.today(), -1)}});
            return true;
        }
    if (is_member)
        work_.plan.new_groups.push_back({0, student, std::string(name), from, latest_day, {}});
    return is_member;
}

void PupilMatch::finish()
{
    end_enrolments();
    if (!work_.source.is_partial)
        hint_at_missing();
    households_.finish();
}

// The old enrolment ends the day before; one that began today is corrected instead.
void PupilMatch::end_enrolments()
{
    std::vector<std::int64_t> ids;
    for (auto const& move : moves_)
        ids.push_back(move.student.value);
    std::unordered_map<PersonId, EnrolmentRow> last;
    for (auto const& row : work_.call.db.rows<EnrolmentRow>(
             "SELECT * FROM enrolments WHERE county = $1 AND student ANY_OF($2) ORDER BY student, from_day", work_.call.county,
             db::IntegerList{ids}))
        last[row.student] = row;
    auto const today = work_.call.today();
    for (auto const& move : moves_) {
        auto const found = last.find(move.student);
        Day from = today;
        if (found != last.end()) {
            auto const& row = found->second;
            EnrolmentFields const before{row.from_day, row.to_day, row.class_, row.stage};
            auto after = before;
            if (row.from_day >= today) {
                after = {row.from_day, latest_day, move.unit->id, move.stage};
            } else if (row.to_day >= today) {
                after.to_day = plus_days(today, -1);
            }
            if (after != before)
                work_.plan.enrolments.push_back({move.student.value, before, after});
            if (row.from_day >= today)
                continue;
        }
        work_.plan.new_enrolments.push_back({0, move.student, from, latest_day, move.unit->id, move.stage, {}});
    }
}

// Pupils of the file's classes who are not in it: nobody is removed for that, but somebody should look.
void PupilMatch::hint_at_missing()
{
    for (std::size_t i = 0; i < seen_students_.size(); ++i) {
        auto const& student = work_.roll.students()[i];
        if (seen_students_[i] || student.status != StudentStatus::active || !classes_.contains(student.class_))
            continue;
        imports::Finding finding;
        finding.title = work_.roll.person_of(student).name;
        auto const* const unit = work_.units.find(student.class_);
        finding.detail = {unit->name, unit->name};
        finding.faults.push_back({{}, {}, "not_in_file", "在册但不在文件中，未作改动；如已离校请办理转出。",
            "On the roll but not in the file; nothing was changed. If the pupil has left, say so there.", {}, true});
        work_.preview.add_hint(table_, std::move(finding));
    }
}

void match_pupils(RosterWork& work, PeopleMatch& people, imports::Table const& table)
{
    PupilMatch match(work, people, table);
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (i % 1000 == 0) {
            work.progress.check();
            work.progress.set(static_cast<std::int64_t>(i), static_cast<std::int64_t>(table.size()));
        }
        match.match(i);
    }
    match.finish();
}

} // namespace concentric::directory
