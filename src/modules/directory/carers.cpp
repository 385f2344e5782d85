#include "modules/directory/families.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/membership_watch.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_changes.hpp"

namespace concentric::directory {
namespace {

// The same person by identity number, else by phone and name; a name alone says nothing.
std::optional<PersonId> known_carer(Call& call, CarerInput const& input)
{
    if (input.identity_number)
        if (auto const found = call.db.value<PersonId>("SELECT id AS value FROM people WHERE county = $1 "
                                                       "AND substr(identity_number, 1, 28) = $2 AND identity_number <> '' "
                                                       "ORDER BY id LIMIT 1",
                call.county, whole(*input.identity_number)))
            return found;
    return input.phone ? known_person(call, input.name, *input.phone) : std::nullopt;
}

PersonId carer_of(Call& call, CarerInput const& input)
{
    if (auto const known = known_carer(call, input))
        return kept_record(call, *known);
    auto person = new_person(call, input.name);
    person.phone = input.phone.value_or("");
    set_identity(person, input.identity_number);
    call.db.insert("people", person);
    return person.id;
}

// Everyone whose family may become another one when a carer comes to this pupil, or goes.
Subjects household(Call& call, PersonId student, PersonId carer)
{
    Subjects subjects;
    auto students
        = call.db.values<std::int64_t>("SELECT student AS value FROM carers WHERE county = $1 AND carer = $2", call.county, carer);
    students.push_back(student.value);
    subjects[SubjectKind::student] = household_of(call, students);
    subjects[SubjectKind::carer] = {carer.value};
    return subjects;
}

template <class Change> void change_household(Call& call, PersonId student, PersonId carer, Change const& change)
{
    auto const subjects = household(call, student, carer);
    MembershipWatch watch(call, subjects);
    change();
    PupilsChangedFamily const moved{regroup_families(call, subjects[SubjectKind::student])};
    watch.publish();
    if (!moved.pupils.empty())
        call.events.publish(call, moved);
}

void require_link(Call& call, PersonId student, PersonId carer)
{
    if (!call.db.value<std::int64_t>(
            "SELECT carer AS value FROM carers WHERE county = $1 AND student = $2 AND carer = $3", call.county, student, carer))
        throw not_found({"照护人", "carer"});
}

} // namespace

void link_carer(Call& call, PersonId student, PersonId carer, Relation relation, std::optional<bool> is_guardian)
{
    auto const position = call.db.value<std::int64_t>(
        "SELECT max(position) AS value FROM carers WHERE county = $1 AND student = $2 AND household = 1", call.county, student);
    bool const is_parent = relation == Relation::father || relation == Relation::mother;
    CarerRow const row{call.county, student, carer, relation, position.value_or(0) + 1, is_guardian.value_or(is_parent), {}};
    change_household(call, student, carer, [&] {
        try {
            call.db.insert("carers", row);
        } catch (db::Error const& error) {
            if (error.fault == db::Fault::unique)
                throw conflict({"这位照护人已经登记在这名学生名下。", "This carer is there already."});
            throw;
        }
    });
}

void unlink_carer(Call& call, PersonId student, PersonId carer)
{
    change_household(call, student, carer, [&] {
        call.db.execute("DELETE FROM carers WHERE county = $1 AND student = $2 AND carer = $3", call.county, student, carer);
    });
}

void set_household(Call& call, PersonId student, PersonId carer, std::int64_t household)
{
    auto const position = call.db.value<std::int64_t>(
        "SELECT max(position) AS value FROM carers WHERE county = $1 AND student = $2 AND household = $3", call.county, student,
        household);
    change_household(call, student, carer, [&] {
        call.db.execute("UPDATE carers SET household = $4, position = $5 WHERE county = $1 AND student = $2 AND carer = $3 "
                        "AND household <> $4",
            call.county, student, carer, household, position.value_or(0) + 1);
    });
}

Person add_carer(Call& call, AddCarer const& input)
{
    auto const student = reached_student(call, input.id);
    begin_change(call, student.person);
    auto const carer = carer_of(call, input);
    if (carer == student.person)
        throw invalid("identity_number", "same", {"学生不能是自己的照护人。", "Pupils are not their own carers."});
    link_carer(call, student.person, carer, input.relation, input.is_guardian);
    return show_person(call, {student.person});
}

Person change_carer(Call& call, ChangeCarer const& input)
{
    auto const student = reached_student(call, input.id);
    require_link(call, student.person, input.carer);
    begin_change(call, student.person);
    call.db.execute(
        "UPDATE carers SET relation = $4, position = $5, is_guardian = $6 WHERE county = $1 AND student = $2 AND carer = $3",
        call.county, student.person, input.carer, input.relation, input.position.value, input.is_guardian);
    return show_person(call, {student.person});
}

Person remove_carer(Call& call, RemoveCarer const& input)
{
    auto const student = reached_student(call, input.id);
    require_link(call, student.person, input.carer);
    begin_change(call, student.person);
    unlink_carer(call, student.person, input.carer);
    return show_person(call, {student.person});
}

} // namespace concentric::directory
