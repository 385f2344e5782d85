#pragma once

#include "modules/directory/people.hpp"

// What people change in the files of pupils, carers and staff by hand.
namespace concentric::directory {

struct CarerInput {
    Text<1, 60> name;
    Relation relation = Relation::other;
    std::optional<Phone> phone;
    std::optional<IdentityNumber> identity_number;
    std::optional<bool> is_guardian; // parents are, unless said otherwise
};
BOOST_DESCRIBE_STRUCT(CarerInput, (), (name, relation, phone, identity_number, is_guardian))

struct CreateStudent {
    Text<1, 60> name;
    std::optional<Sex> sex;
    std::optional<Day> birth_day;
    std::optional<IdentityNumber> identity_number;
    std::optional<Text<1, 40>> student_number, school_number;
    OrganisationId class_;
    std::optional<Day> from;
    std::vector<CarerInput> carers;
};
BOOST_DESCRIBE_STRUCT(
    CreateStudent, (), (name, sex, birth_day, identity_number, student_number, school_number, class_, from, carers))

struct ChangePerson {
    PersonId id;
    std::optional<Text<1, 60>> name;
    std::optional<Sex> sex;
    std::optional<Day> birth_day;
    std::optional<IdentityNumber> identity_number;
    std::optional<Phone> phone;
    std::optional<Text<0, 40>> school_number, student_number;
    std::optional<Text<0, 40>> residence, staff_number, class_number;
    std::optional<Text<0, 200>> address;
};
BOOST_DESCRIBE_STRUCT(ChangePerson, (),
    (id, name, sex, birth_day, identity_number, phone, school_number, student_number, residence, staff_number, class_number,
        address))

struct MoveStudent {
    PersonId id;
    OrganisationId class_;
    Day from; // the first day in the new class
};
BOOST_DESCRIBE_STRUCT(MoveStudent, (), (id, class_, from))

struct SetStatus {
    PersonId id;
    StudentStatus status = StudentStatus::active;
    Day on; // the last day at school, or the first one back
};
BOOST_DESCRIBE_STRUCT(SetStatus, (), (id, status, on))

struct AddCarer : CarerInput {
    PersonId id;
};
BOOST_DESCRIBE_STRUCT(AddCarer, (CarerInput), (id))

struct ChangeCarer {
    PersonId id, carer;
    Relation relation = Relation::other;
    Within<1, 9> position;
    bool is_guardian = false;
};
BOOST_DESCRIBE_STRUCT(ChangeCarer, (), (id, carer, relation, position, is_guardian))

struct RemoveCarer {
    PersonId id, carer;
};
BOOST_DESCRIBE_STRUCT(RemoveCarer, (), (id, carer))

struct ExportPeople {
    std::optional<OrganisationId> organisation;
    std::optional<PeopleKind> kind;
};
BOOST_DESCRIBE_STRUCT(ExportPeople, (), (organisation, kind))

Person create_student(Call&, CreateStudent const&);
Person change_person(Call&, ChangePerson const&);
Person move_student(Call&, MoveStudent const&);
Person set_status(Call&, SetStatus const&);
Person add_carer(Call&, AddCarer const&);
Person change_carer(Call&, ChangeCarer const&);
Person remove_carer(Call&, RemoveCarer const&);
// Numbers are masked in the file, too.
Download export_people(Call&, ExportPeople const&);

Words words_of(Sex);

// For this module: a record with id and search words, not stored yet.
PersonRecord new_person(Call&, std::string const& name);
// Checks If-Match against the version of the person's file, of which everything about a pupil is a part, and counts it on.
void begin_change(Call&, PersonId);
// Takes the number over, with the birth day and sex that it tells where they are unknown; 422 where they are others.
void set_identity(PersonRecord&, std::optional<IdentityNumber> const&);

} // namespace concentric::directory
