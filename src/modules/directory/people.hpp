#pragma once

#include "modules/directory/details.hpp"
#include "modules/directory/organisations.hpp"
#include "modules/directory/posts.hpp"

// Pupils, carers and staff: lists, one person's file, and what changes by hand.
namespace concentric::directory {

inline Words const the_person{"人员", "person"};
inline Words const the_student{"学生", "pupil"};

enum class PeopleKind { student, staff, carer };
BOOST_DESCRIBE_ENUM(PeopleKind, student, staff, carer)

struct PersonRow {
    PersonId id;
    std::string name;
    Sex sex = Sex::unknown;
    std::optional<Day> birth_day;
    std::optional<std::string> identity, phone; // masked
    bool is_student = false, is_staff = false, is_carer = false;
    std::optional<OrganisationBrief> organisation; // a pupil's class, else where they work
    std::optional<OrganisationBrief> school;
    std::optional<std::string> student_number; // masked
    std::vector<std::string> role_names;
    std::optional<StudentStatus> status;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (),
    (id, name, sex, birth_day, identity, phone, is_student, is_staff, is_carer, organisation, school, student_number, role_names,
        status))

struct ListPeople {
    std::optional<OrganisationId> organisation;
    std::optional<PeopleKind> kind;
    std::optional<Text<1, 60>> q;
    std::optional<StudentStatus> status;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListPeople, (), (organisation, kind, q, status, after, limit))

struct GroupSpan {
    GroupName name;
    Day from;
    std::optional<Day> to;
};
BOOST_DESCRIBE_STRUCT(GroupSpan, (), (name, from, to))

struct EnrolmentSpan {
    OrganisationBrief class_;
    std::optional<OrganisationBrief> school;
    StageName stage;
    Day from;
    std::optional<Day> to;
};
BOOST_DESCRIBE_STRUCT(EnrolmentSpan, (), (class_, school, stage, from, to))

struct CarerLine {
    PersonId person;
    std::string name;
    Relation relation = Relation::other;
    std::int64_t position = 1;
    bool is_guardian = false;
    std::optional<std::string> phone; // masked
};
BOOST_DESCRIBE_STRUCT(CarerLine, (), (person, name, relation, position, is_guardian, phone))

struct Sibling {
    PersonId id;
    std::string name;
    std::optional<std::string> class_name;
};
BOOST_DESCRIBE_STRUCT(Sibling, (), (id, name, class_name))

struct StudentPart {
    std::optional<std::string> student_number, school_number; // the first masked
    StudentStatus status = StudentStatus::active;
    std::optional<std::string> residence;
    std::optional<OrganisationBrief> class_, school;
    std::optional<FamilyId> family;
    std::vector<GroupSpan> groups;
    std::vector<EnrolmentSpan> enrolments;
    std::vector<CarerLine> carers;
    std::vector<Sibling> siblings;
};
BOOST_DESCRIBE_STRUCT(StudentPart, (),
    (student_number, school_number, status, residence, class_, school, family, groups, enrolments, carers, siblings))

struct ChildLine {
    PersonId id;
    std::string name;
    Relation relation = Relation::other;
    std::optional<std::string> class_name, school_name;
};
BOOST_DESCRIBE_STRUCT(ChildLine, (), (id, name, relation, class_name, school_name))

struct Person {
    PersonId id;
    std::string name;
    Sex sex = Sex::unknown;
    std::optional<Day> birth_day;
    std::optional<std::string> identity_kind, identity, phone; // numbers masked
    DetailFields details;
    std::int64_t version = 1;
    std::optional<StudentPart> student;
    std::vector<PostBrief> posts;
    std::vector<ChildLine> children;
    bool has_account = false;
};
BOOST_DESCRIBE_STRUCT(
    Person, (), (id, name, sex, birth_day, identity_kind, identity, phone, details, version, student, posts, children, has_account))

struct OnePerson {
    PersonId id;
};
BOOST_DESCRIBE_STRUCT(OnePerson, (), (id))

// Asked for a person's file: whoever keeps accounts answers.
struct AccountAsked {
    PersonId person;
    bool* has_account;
};

// People that the viewer's post reaches, in the order in which they were added; pupils who left only where `status` asks for them.
Page<PersonRow> list_people(Call&, ListPeople const&);
Person show_person(Call&, OnePerson const&);

// For this module: the record, or 404 when the viewer's post does not reach the person.
PersonRecord reached_person(Call&, PersonId, Words const& what = the_person);
StudentRow reached_student(Call&, PersonId);

} // namespace concentric::directory
