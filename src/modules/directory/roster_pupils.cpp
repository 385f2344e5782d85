#include "modules/directory/roster_pupils.hpp"

#include "modules/directory/person_changes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::directory {

namespace column = pupil_field;

PupilMatch::PupilMatch(RosterWork& work, PeopleMatch& people, imports::Table const& table)
    : work_(work)
    , households_(work, people)
    , table_(table)
    , seen_students_(work.roll.students().size())
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
    auto const found = finding.is_faulty() ? RollAnswer {} : find(row, said, answer);
    if (!finding.is_faulty() && (!found || is_mine(row, found))) {
        auto const& unit = answer.unit ? *answer.unit : work_.make_class(row, answer);
        auto const student = found ? update(row, said, unit, found.at) : add(row, said, unit);
        households_.add_carers(row, student, !found);
    }
    work_.preview.add(table_, i, std::move(finding));
}

PupilMatch::Said PupilMatch::read(RowReader& row)
{
    Said said;
    said.person.name = row.name(column::name);
    auto const identity = row.identity(column::identity_kind, column::identity_number, RowReader::Strictness::fault);
    said.person.identity_kind = identity.kind;
    said.person.identity_number = identity.number;
    said.person.sex = row.sex(column::sex);
    said.person.birth_day = row.day(column::birth_day);
    said.student_number = row.student_number(column::student_number);
    said.school_number = row.text(column::school_number);
    said.residence = row.text(column::residence);
    said.entry = row.day(column::entry);
    if (!row.has(column::class_))
        row.fault(column::class_, "missing", {"缺少班级。", "The class is missing."});
    if (said.person.birth_day > work_.call.today())
        row.fault(column::birth_day, "impossible_date", {"出生日期在今天以后。", "The birth day is still to come."});
    compare_identity(row, said.person, identity);
    return said;
}

// A month without a day ("2016-05") is compared by its month.
void PupilMatch::compare_identity(RowReader& row, PersonFields& person, Identity const& identity)
{
    if (identity.birth_day) {
        bool const is_month_only = row.text(column::birth_day).size() <= 7 || row.text(column::birth_day).ends_with("月");
        auto const equal = is_month_only ? person.birth_day && person.birth_day->number / 100 == identity.birth_day->number / 100 : person.birth_day == identity.birth_day;
        if (person.birth_day && !equal)
            row.fault(column::birth_day, "birth_day_differs", {"出生日期与身份证件号不一致。", "The birth day is not that of the identity number."});
        person.birth_day = identity.birth_day;
    }
    if (identity.sex != Sex::unknown) {
        if (person.sex != Sex::unknown && person.sex != identity.sex)
            row.fault(column::sex, "sex_differs", {"性别与身份证件号不一致。", "The sex is not that of the identity number."});
        person.sex = identity.sex;
    }
}

void PupilMatch::refuse_doubles(RowReader& row, Said const& said)
{
    auto const refuse = [&](std::string const& key, std::size_t field) {
        auto const [at, is_first] = rows_by_key_.try_emplace(key, row.number());
        if (!is_first)
            row.fault(field, "duplicate",
                {fmt::format("与第 {} 行重复。", at->second), fmt::format("The same as in row {}.", at->second)});
    };
    if (!said.student_number.empty())
        refuse("s/" + said.student_number, column::student_number);
    if (!said.person.identity_number.empty())
        refuse("i/" + said.person.identity_number, column::identity_number);
}

// Number by number, the surest first. What one number says must not be against another.
RollAnswer PupilMatch::find(RowReader& row, Said const& said, RosterWork::ClassAnswer const& place)
{
    auto const& roll = work_.roll;
    auto const by_number = said.student_number.empty() ? RollAnswer {} : roll.by_student_number(said.student_number);
    auto const by_identity = said.person.identity_number.empty() ? RollAnswer {} : roll.by_identity(said.person.identity_number);
    if (by_number && by_identity && by_number.at != by_identity.at)
        row.fault(column::identity_number, "two_pupils", {"学籍号和身份证件号分别属于两名在册学生。", "The two numbers belong to two different pupils on the roll."});
    if (by_identity.is_ambiguous)
        row.fault(column::identity_number, "two_pupils", {"系统中有两名学生登记了这个身份证件号。", "Two pupils on the roll have this identity number."});
    if (by_number || by_identity)
        return by_number ? by_number : by_identity;
    if (!said.school_number.empty())
        if (auto const found = roll.by_school_number(place.school->id, said.school_number); found && agrees(row, said, found.at, column::school_number))
            return found;
    return row.finding().is_faulty() ? RollAnswer {} : find_by_name(row, said, place);
}

// The school number is that of a pupil whose other numbers are not the row's: one of both is wrong.
bool PupilMatch::agrees(RowReader& row, Said const& said, std::size_t at, std::size_t field)
{
    auto const& student = work_.roll.students()[at];
    auto const& person = work_.roll.person_of(student);
    auto const differ = [](std::string const& one, std::string const& other) { return !one.empty() && !other.empty() && one != other; };
    bool const is_other = differ(student.student_number, said.student_number) || differ(person.identity_number, said.person.identity_number);
    if (is_other || person.name != said.person.name) {
        row.fault(field, "taken", {"这个校内学号属于另一名学生。", "Another pupil has this school number."});
        return false;
    }
    return true;
}

// A name alone never makes two pupils one; name, class and birth day do.
RollAnswer PupilMatch::find_by_name(RowReader& row, Said const& said, RosterWork::ClassAnswer const& place)
{
    bool const has_number = !said.student_number.empty() || !said.person.identity_number.empty() || !said.school_number.empty();
    if (!has_number) {
        auto const birth_day = said.person.birth_day.value_or(Day {});
        auto const key = fmt::format("n/{}/{}/{}/{}/{}", place.school->id.value, row.text(column::grade), row.text(column::class_), said.person.name, birth_day.number);
        auto const [at, is_first] = rows_by_key_.try_emplace(key, row.number());
        if (!is_first)
            row.fault(column::name, "duplicate", {fmt::format("与第 {} 行重复。", at->second), fmt::format("The same as in row {}.", at->second)});
    }
    auto const found = place.unit ? work_.roll.by_name(place.unit->id, said.person.name) : RollAnswer {};
    if (!found && !found.is_ambiguous)
        return {};
    if (found) {
        auto const& student = work_.roll.students()[found.at];
        auto const& person = work_.roll.person_of(student);
        auto const differ = [](std::string const& one, std::string const& other) { return !one.empty() && !other.empty() && one != other; };
        bool const is_other = differ(student.student_number, said.student_number) || differ(person.identity_number, said.person.identity_number);
        if (!is_other && said.person.birth_day && person.birth_day == said.person.birth_day)
            return found;
        if (is_other || (said.person.birth_day && person.birth_day))
            return {};
    }
    if (!has_number)
        row.fault(column::name, "name_only",
            {"同班已有同名学生；没有学籍号、身份证件号或出生日期，无法确认是否同一人。", "The class has a pupil of this name; without a number or birth day it cannot be told whether it is the same."});
    return {};
}

bool PupilMatch::is_mine(RowReader& row, RollAnswer const& found)
{
    auto const& student = work_.roll.students()[found.at];
    auto* const unit = work_.units.find(student.class_);
    bool const is_reached = student.class_.value == 0 || (unit && unit->is_reached) || student.status != StudentStatus::active;
    if (!is_reached)
        row.fault(column::student_number, "elsewhere", {"这名学生登记在其他学校，请由上级办理转学。", "The pupil is on the roll of another school; ask for a transfer."});
    else if (seen_students_[found.at])
        row.fault(column::name, "duplicate", {"文件中另有一行是同一名学生。", "Another row is the same pupil."});
    seen_students_[found.at] = true;
    return !row.finding().is_faulty();
}

PersonId PupilMatch::add(RowReader& row, Said const& said, Unit const& unit)
{
    auto const place = work_.add_person(said.person);
    auto const id = work_.plan.new_people[place].id;
    auto const today = work_.call.today();
    auto const from = said.entry && *said.entry <= today ? *said.entry : term_start(today);
    StudentRow student {0, id, said.student_number, said.school_number, unit.id, {}, StudentStatus::active, said.residence, {}, {}, 1};
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
    auto& finding = row.finding();
    change_person(row, said, person);
    auto fields = fields_of(student);
    change_student(row, said, student, fields);
    classes_.insert(unit.id);
    if (student.class_ != unit.id || student.status != StudentStatus::active)
        move(row, student, unit, fields);
    if (auto const before = fields_of(student); fields != before)
        households_.change(student, fields);
    set_groups(row, student.person, work_.call.today(), false);
    if (!finding.changes.empty() && finding.action == imports::Action::leave
        && std::any_of(finding.changes.begin(), finding.changes.end(), [](auto const& change) { return !change.kept_by_hand; }))
        finding.action = imports::Action::change;
    return student.person;
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
    if (note(column::name, before.name, said.person.name)) {
        after.name = said.person.name;
        row.warn(column::name, "name_differs", {"号码相同而姓名不同，请核对是否同一人。", "The same number with another name; please compare."});
    }
    if (note(column::sex, sex(before.sex), sex(said.person.sex)))
        after.sex = said.person.sex;
    if (note(column::birth_day, day(before.birth_day), day(said.person.birth_day)))
        after.birth_day = said.person.birth_day;
    if (note(column::identity_number, before.identity_number, said.person.identity_number)) {
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
    take(column::student_number, fields.student_number, said.student_number);
    take(column::school_number, fields.school_number, said.school_number);
    take(column::residence, fields.residence, said.residence);
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
        auto const wanted = row.flag(column::first_group + i, terms[i].name);
        if (wanted && set_group(student, terms[i].name, *wanted, from) && !is_new) {
            row.finding().changes.push_back({std::string(terms[i].name), terms[i].words.zh, terms[i].words.en, *wanted ? "否" : "是", *wanted ? "是" : "否"});
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
             "SELECT * FROM enrolments WHERE county = $1 AND student ANY_OF($2) ORDER BY student, from_day", work_.call.county, db::IntegerList {ids}))
        last[row.student] = row;
    auto const today = work_.call.today();
    for (auto const& move : moves_) {
        auto const found = last.find(move.student);
        Day from = today;
        if (found != last.end()) {
            auto const& row = found->second;
            EnrolmentFields const before {row.from_day, row.to_day, row.class_, row.stage};
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
