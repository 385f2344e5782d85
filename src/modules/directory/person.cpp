#include "modules/directory/people.hpp"

#include "lib/mask.hpp"
#include "lib/text.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/lookup.hpp"

#include <fmt/format.h>

namespace concentric::directory {
namespace {

struct EnrolmentLine : EnrolmentRow {
    std::string name, path;
};
BOOST_DESCRIBE_STRUCT(EnrolmentLine, (EnrolmentRow), (name, path))

struct CarerFound {
    PersonId person;
    std::string name;
    Relation relation = Relation::other;
    std::int64_t position = 1;
    bool is_guardian = false;
    SealedNumber phone;
};
BOOST_DESCRIBE_STRUCT(CarerFound, (), (person, name, relation, position, is_guardian, phone))

struct ChildFound {
    PersonId id;
    std::string name;
    Relation relation = Relation::other;
    std::optional<std::string> class_name, path;
};
BOOST_DESCRIBE_STRUCT(ChildFound, (), (id, name, relation, class_name, path))

using lib::unless_empty;
std::optional<Day> unless_endless(Day day) { return day == latest_day ? std::nullopt : std::optional(day); }
std::optional<OrganisationBrief> brief(OrganisationRef const& ref)
{
    return ref.id ? std::optional(OrganisationBrief{ref.id, ref.kind, ref.name}) : std::nullopt;
}

std::vector<EnrolmentSpan> enrolments_of(Call& call, PersonId student)
{
    auto const rows = call.db.rows<EnrolmentLine>(
        "SELECT e.county, e.student, e.from_day, e.to_day, e.class, e.stage, e.import, o.name, o.path FROM enrolments e "
        "JOIN organisations o ON o.county = e.county AND o.id = e.class "
        "WHERE e.county = $1 AND e.student = $2 ORDER BY e.from_day",
        call.county, student);
    std::vector<std::string> paths;
    for (auto const& row : rows)
        paths.push_back(row.path);
    auto const schools = schools_above(call, paths);
    std::vector<EnrolmentSpan> spans;
    for (std::size_t i = 0; i < rows.size(); ++i)
        spans.push_back({{rows[i].class_, "class", rows[i].name}, brief(schools[i]), rows[i].stage, rows[i].from_day,
            unless_endless(rows[i].to_day)});
    return spans;
}

StudentPart student_part(Call& call, StudentRow const& student)
{
    StudentPart part;
    part.student_number = unless_empty(lib::mask_identity_number(student.student_number));
    part.school_number = unless_empty(student.school_number);
    part.status = student.status;
    part.residence = unless_empty(student.residence);
    part.family = student.family ? std::optional(student.family) : std::nullopt;
    if (auto const unit = organisation(call.db, call.county, student.class_)) {
        part.class_ = brief(*unit);
        part.school = brief(schools_above(call, {unit->path}).front());
    }
    for (auto const& row : call.db.rows<GroupRow>(
             "SELECT name, from_day, to_day FROM student_groups WHERE county = $1 AND student = $2 ORDER BY from_day, name",
             call.county, student.person))
        part.groups.push_back({row.name, row.from_day, unless_endless(row.to_day)});
    part.enrolments = enrolments_of(call, student.person);
    for (auto const& row :
        call.db.rows<CarerFound>("SELECT c.carer AS person, p.name, c.relation, c.position, c.is_guardian, p.phone FROM carers c "
                                 "JOIN people p ON p.county = c.county AND p.id = c.carer "
                                 "WHERE c.county = $1 AND c.student = $2 ORDER BY c.position, c.carer",
            call.county, student.person))
        part.carers.push_back(
            {row.person, row.name, row.relation, row.position, row.is_guardian, unless_empty(lib::mask_phone(row.phone))});
    // A brother at a school that the viewer does not reach is still part of the family that they look after.
    part.siblings = call.db.rows<Sibling>(
        "SELECT p.id, p.name, o.name AS class_name FROM students s JOIN people p ON p.county = s.county AND p.id = s.person "
        "LEFT JOIN organisations o ON o.county = s.county AND o.id = s.class "
        "WHERE s.county = $1 AND s.family = $2 AND s.family <> 0 AND s.person <> $3 AND s.status = 'active' ORDER BY p.id",
        call.county, student.family, student.person);
    return part;
}

std::vector<ChildLine> children_with_relation(Call& call, PersonId carer)
{
    auto const rows = call.db.rows<ChildFound>("SELECT p.id, p.name, c.relation, o.name AS class_name, o.path FROM carers c "
                                               "JOIN students s ON s.county = c.county AND s.person = c.student "
                                               "JOIN people p ON p.county = c.county AND p.id = c.student "
                                               "LEFT JOIN organisations o ON o.county = s.county AND o.id = s.class "
                                               "WHERE c.county = $1 AND c.carer = $2 ORDER BY p.birth_day, p.id",
        call.county, carer);
    std::vector<std::string> paths;
    for (auto const& row : rows)
        paths.push_back(row.path.value_or(""));
    auto const schools = schools_above(call, paths);
    std::vector<ChildLine> children;
    for (std::size_t i = 0; i < rows.size(); ++i)
        children.push_back({rows[i].id, rows[i].name, rows[i].relation, rows[i].class_name, unless_empty(schools[i].name)});
    return children;
}

} // namespace

PersonRecord reached_person(Call& call, PersonId id, Words const& what)
{
    // The post at the root sees people who belong nowhere any more, too.
    auto row = call.db.row<PersonRecord>(
        "SELECT * FROM people p WHERE p.county = $1 AND p.id = $2 AND ($6 "
        "OR EXISTS (SELECT 1 FROM students s JOIN organisations o ON o.county = s.county AND o.id = s.class "
        "WHERE s.county = p.county AND s.person = p.id AND o.path >= $3 AND o.path < $4) "
        "OR EXISTS (SELECT 1 FROM carers c JOIN students s ON s.county = c.county AND s.person = c.student "
        "JOIN organisations o ON o.county = s.county AND o.id = s.class "
        "WHERE c.county = p.county AND c.carer = p.id AND o.path >= $3 AND o.path < $4) "
        "OR EXISTS (SELECT 1 FROM posts q JOIN organisations o ON o.county = q.county AND o.id = q.organisation "
        "WHERE q.county = p.county AND q.person = p.id AND q.to_day >= $5 AND o.path >= $3 AND o.path < $4))",
        call.county, id, call.viewer.path, call.viewer.path_end(), call.today(),
        !call.viewer.path.empty() && ids_in(call.viewer.path).size() <= 1);
    if (!row)
        throw not_found(what);
    return *row;
}

StudentRow reached_student(Call& call, PersonId id)
{
    auto row
        = call.db.row<StudentRow>("SELECT s.* FROM students s LEFT JOIN organisations o ON o.county = s.county AND o.id = s.class "
                                  "WHERE s.county = $1 AND s.person = $2 AND (o.path >= $3 AND o.path < $4)",
            call.county, id, call.viewer.path, call.viewer.path_end());
    if (!row)
        throw not_found(the_student);
    return *row;
}

Person show_person(Call& call, OnePerson const& input)
{
    auto const record = reached_person(call, input.id);
    call.version = record.version;
    call.audit_subject = fmt::format("person:{}", record.id.value);
    Person person;
    person.id = record.id;
    person.name = record.name;
    person.sex = record.sex;
    person.birth_day = record.birth_day;
    person.identity_kind = unless_empty(record.identity_kind);
    person.identity = unless_empty(lib::mask_identity_number(record.identity_number));
    person.phone = unless_empty(lib::mask_phone(record.phone));
    person.details = details_of(call.db, call.county, record.id);
    person.version = record.version;
    if (auto const student
        = call.db.row<StudentRow>("SELECT * FROM students WHERE county = $1 AND person = $2", call.county, record.id)) {
        call.events.publish(call, FileOpened{record.id});
        person.student = student_part(call, *student);
    }
    for (auto const& post : posts_of(call, record.id, call.today()))
        person.posts.push_back(brief_of(call, post));
    person.children = children_with_relation(call, record.id);
    call.events.publish(call, AccountAsked{record.id, &person.has_account});
    return person;
}

} // namespace concentric::directory
