#include "modules/directory/person_changes.hpp"

#include "lib/identity.hpp"
#include "lib/pinyin.hpp"

#include <fmt/format.h>

namespace concentric::directory {
namespace {

template <class T, class Input>
void set(T& field, std::optional<Input> const& value, std::string_view name, std::string& hand_edited)
{
    if (!value || field == T(*value))
        return;
    field = T(*value);
    add_to_list(hand_edited, name);
}

void save(Call& call, PersonRecord const& row)
{
    call.db.execute(
        "UPDATE people SET name = $3, search = $4, sex = $5, birth_day = $6, identity_kind = $7, identity_number = $8, phone = $9, "
        "hand_edited = $10, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, row.name, row.search, row.sex, row.birth_day, row.identity_kind, row.identity_number, row.phone,
        row.hand_edited);
}

void change_student(Call& call, StudentRow row, ChangePerson const& input)
{
    set(row.student_number, input.student_number, "student_number", row.hand_edited);
    set(row.school_number, input.school_number, "school_number", row.hand_edited);
    set(row.residence, input.residence, "residence", row.hand_edited);
    try {
        call.db.execute(
            "UPDATE students SET student_number = $3, school_number = $4, residence = $5, hand_edited = $6, version = version + 1 "
            "WHERE county = $1 AND person = $2",
            call.county, row.person, row.student_number, row.school_number, row.residence, row.hand_edited);
    } catch (db::Error const& error) {
        if (error.fault == db::Fault::unique)
            throw invalid("student_number", "taken", {"这个学籍号已经属于另一名学生。", "Another pupil has this pupil number."});
        throw;
    }
}

void change_details(Call& call, PersonRecord& row, ChangePerson const& input)
{
    auto details = details_of(call.db, call.county, row.id);
    set(details.address, input.address, "address", row.hand_edited);
    set(details.staff_number, input.staff_number, "staff_number", row.hand_edited);
    set(details.class_number, input.class_number, "class_number", row.hand_edited);
    set_details(call.db, call.county, {{row.id, details}});
}

} // namespace

Words words_of(Sex sex)
{
    switch (sex) {
    case Sex::female: return {"女", "Female"};
    case Sex::male: return {"男", "Male"};
    case Sex::unknown: break;
    }
    return {"", ""};
}

PersonRecord new_person(Call& call, std::string const& name)
{
    PersonRecord person;
    person.county = call.county;
    person.id = new_id_of<PersonId>();
    person.name = name;
    person.search = lib::search_key(name);
    person.created_at = call.now;
    return person;
}

void begin_change(Call& call, PersonId person)
{
    call.require_version(
        call.db.value<std::int64_t>("SELECT version AS value FROM people WHERE county = $1 AND id = $2", call.county, person)
            .value_or(0));
    call.db.execute("UPDATE people SET version = version + 1 WHERE county = $1 AND id = $2", call.county, person);
}

void set_identity(PersonRecord& person, std::optional<IdentityNumber> const& number)
{
    if (!number)
        return;
    auto const checked = lib::check_citizen_number(*number);
    auto const birth_day = day_of(
        checked.birth_date.year, static_cast<unsigned>(checked.birth_date.month), static_cast<unsigned>(checked.birth_date.day));
    auto const sex = checked.sex == lib::Sex::male ? Sex::male : Sex::female;
    Problems problems;
    if (!checked)
        problems.push_back({"identity_number", "number", {"身份证件号码不正确。", "The identity number does not hold."}});
    else if (person.birth_day && *person.birth_day != birth_day)
        problems.push_back(
            {"birth_day", "differs", {"出生日期与身份证件号码不一致。", "The birth day is not that of the identity number."}});
    else if (person.sex != Sex::unknown && person.sex != sex)
        problems.push_back({"sex", "differs", {"性别与身份证件号码不一致。", "The sex is not that of the identity number."}});
    if (!problems.empty())
        throw invalid(std::move(problems));
    person.identity_kind = "citizen";
    person.identity_number = checked.number;
    person.birth_day = birth_day;
    person.sex = sex;
}

Person change_person(Call& call, ChangePerson const& input)
{
    auto row = reached_person(call, input.id);
    call.require_version(row.version);
    set(row.name, input.name, "name", row.hand_edited);
    set(row.sex, input.sex, "sex", row.hand_edited);
    if (input.birth_day)
        set(row.birth_day, std::optional(std::optional(*input.birth_day)), "birth_day", row.hand_edited);
    set(row.phone, input.phone, "phone", row.hand_edited);
    if (input.identity_number && *input.identity_number != row.identity_number) {
        if (!input.birth_day)
            row.birth_day.reset();
        if (!input.sex)
            row.sex = Sex::unknown;
        set_identity(row, input.identity_number);
        add_to_list(row.hand_edited, "identity_number");
    }
    row.search = lib::search_key(row.name);
    if (input.address || input.staff_number || input.class_number)
        change_details(call, row, input);
    save(call, row);
    if (input.student_number || input.school_number || input.residence)
        change_student(call, reached_student(call, row.id), input);
    return show_person(call, {row.id});
}

} // namespace concentric::directory
