#include "modules/directory/roster_pupils.hpp"

#include <fmt/format.h>

// Which pupil on the roll a row means, if any.
namespace concentric::directory {

static bool differ(std::string const& one, std::string const& other) { return !one.empty() && !other.empty() && one != other; }

void PupilMatch::refuse_doubles(RowReader& row, Said const& said)
{
    auto const refuse = [&](std::string const& key, std::size_t field) {
        auto const [at, is_first] = rows_by_key_.try_emplace(key, row.number());
        if (!is_first)
            row.fault(field, "duplicate",
                {fmt::format("与第 {} 行重复。", at->second), fmt::format("The same as in row {}.", at->second)});
    };
    if (!said.student_number.empty())
        refuse("s/" + said.student_number, pupil_field::student_number);
    if (!said.person.identity_number.empty())
        refuse("i/" + said.person.identity_number, pupil_field::identity_number);
    auto const name_in_class = fmt::format("n/{}/{}/{}/{}", row.text(pupil_field::school), row.text(pupil_field::grade),
        row.text(pupil_field::class_), said.person.name);
    auto const [at, is_first] = rows_by_key_.try_emplace(name_in_class, row.number());
    if (!is_first && !row.finding().is_faulty())
        row.warn(pupil_field::name, "same_name",
            {fmt::format("与第 {} 行同班同名，请核对是否同一人。", at->second),
                fmt::format("The same name in the same class as in row {}; please compare.", at->second)});
}

// Number by number, the surest first. What one number says must not be against another.
RollAnswer PupilMatch::find(RowReader& row, Said const& said, RosterWork::ClassAnswer const& place)
{
    auto const& roll = work_.roll;
    auto const by_number = said.student_number.empty() ? RollAnswer{} : roll.by_student_number(said.student_number);
    auto const by_identity = said.person.identity_number.empty() ? RollAnswer{} : roll.by_identity(said.person.identity_number);
    if (by_number && by_identity && by_number.at != by_identity.at)
        row.fault(pupil_field::identity_number, "two_pupils",
            {"学籍号和身份证件号分别属于两名在册学生。", "The two numbers belong to two different pupils on the roll."});
    if (by_identity.is_ambiguous)
        row.fault(pupil_field::identity_number, "two_pupils",
            {"系统中有两名学生登记了这个身份证件号。", "Two pupils on the roll have this identity number."});
    if (by_number || by_identity)
        return by_number ? by_number : by_identity;
    if (!said.school_number.empty())
        if (auto const found = roll.by_school_number(place.school->id, said.school_number);
            found && agrees(row, said, found.at, pupil_field::school_number))
            return found;
    return row.finding().is_faulty() ? RollAnswer{} : find_by_name(row, said, place);
}

// The school number is that of a pupil whose other numbers are not the row's: one of both is wrong.
bool PupilMatch::agrees(RowReader& row, Said const& said, std::size_t at, std::size_t field)
{
    auto const& student = work_.roll.students()[at];
    auto const& person = work_.roll.person_of(student);
    bool const is_other
        = differ(student.student_number, said.student_number) || differ(person.identity_number, said.person.identity_number);
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
        auto const birth_day = said.person.birth_day.value_or(Day{});
        auto const key = fmt::format("n/{}/{}/{}/{}/{}", place.school->id.value, row.text(pupil_field::grade),
            row.text(pupil_field::class_), said.person.name, birth_day.number);
        auto const [at, is_first] = rows_by_key_.try_emplace(key, row.number());
        if (!is_first)
            row.fault(pupil_field::name, "duplicate",
                {fmt::format("与第 {} 行重复。", at->second), fmt::format("The same as in row {}.", at->second)});
    }
    auto const found = place.unit ? work_.roll.by_name(place.unit->id, said.person.name) : RollAnswer{};
    if (!found && !found.is_ambiguous)
        return {};
    if (found) {
        auto const& student = work_.roll.students()[found.at];
        auto const& person = work_.roll.person_of(student);
        bool const is_other
            = differ(student.student_number, said.student_number) || differ(person.identity_number, said.person.identity_number);
        if (!is_other && said.person.birth_day && person.birth_day == said.person.birth_day)
            return found;
        if (is_other || (said.person.birth_day && person.birth_day))
            return {};
    }
    if (!has_number)
        row.fault(pupil_field::name, "name_only",
            {"同班已有同名学生；没有学籍号、身份证件号或出生日期，无法确认是否同一人。",
                "The class has a pupil of this name; without a number or birth day it cannot be told whether it is the same."});
    return {};
}

bool PupilMatch::is_mine(RowReader& row, RollAnswer const& found)
{
    auto const& student = work_.roll.students()[found.at];
    auto* const unit = work_.units.find(student.class_);
    bool const is_reached = student.class_.value == 0 || (unit && unit->is_reached) || student.status != StudentStatus::active;
    if (!is_reached)
        row.fault(pupil_field::student_number, "elsewhere",
            {"这名学生登记在其他学校，请由上级办理转学。", "The pupil is on the roll of another school; ask for a transfer."});
    else if (seen_students_[found.at])
        row.fault(pupil_field::name, "duplicate", {"文件中另有一行是同一名学生。", "Another row is the same pupil."});
    seen_students_[found.at] = true;
    return !row.finding().is_faulty();
}

} // namespace concentric::directory
