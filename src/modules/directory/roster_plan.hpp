#pragma once

#include "modules/directory/details.hpp"
#include "modules/directory/membership_watch.hpp"
#include "modules/directory/tables.hpp"
#include "modules/imports/imports.hpp"

// What applying a roster does to the database: rows to add, and rows to change with what they were before.
namespace concentric::directory {

// The fields of a row that an import may change; they are also what undoing compares and restores.
struct PersonFields {
    std::string name;
    Sex sex = Sex::unknown;
    std::optional<Day> birth_day;
    std::string identity_kind;
    SealedNumber identity_number, phone;
    bool operator==(PersonFields const&) const = default;
};
BOOST_DESCRIBE_STRUCT(PersonFields, (), (name, sex, birth_day, identity_kind, identity_number, phone))

struct StudentFields {
    SealedNumber student_number, school_number;
    OrganisationId class_;
    FamilyId family;
    StudentStatus status = StudentStatus::active;
    std::string residence;
    bool operator==(StudentFields const&) const = default;
};
BOOST_DESCRIBE_STRUCT(StudentFields, (), (student_number, school_number, class_, family, status, residence))

struct UnitFields {
    std::string name, code, stages;
    std::int64_t entry_year = 0, number = 0;
    std::string resource_kind, address, contact;
    SealedText phone;
    bool operator==(UnitFields const&) const = default;
};
BOOST_DESCRIBE_STRUCT(UnitFields, (), (name, code, stages, entry_year, number, resource_kind, address, contact, phone))

struct EnrolmentFields {
    Day from_day, to_day;
    OrganisationId class_;
    std::string stage;
    bool operator==(EnrolmentFields const&) const = default;
};
BOOST_DESCRIBE_STRUCT(EnrolmentFields, (), (from_day, to_day, class_, stage))

struct GroupFields {
    std::string name;
    Day from_day, to_day;
    bool operator==(GroupFields const&) const = default;
};
BOOST_DESCRIBE_STRUCT(GroupFields, (), (name, from_day, to_day))

struct CarerFields {
    PersonId carer;
    Relation relation = Relation::other;
    bool operator==(CarerFields const&) const = default;
};
BOOST_DESCRIBE_STRUCT(CarerFields, (), (carer, relation))

PersonFields fields_of(PersonRecord const&);
StudentFields fields_of(StudentRow const&);
UnitFields fields_of(OrganisationRow const&);

// The places of the change log.
namespace place {
inline constexpr std::string_view person = "person", student = "student", organisation = "organisation", enrolment = "enrolment",
                                  group = "group", carer = "carer", details = "details";
}

template <class Fields> struct Changed {
    std::int64_t id = 0; // of the person, student or organisation
    Fields before, after;
};

// One statement for each kind of change, for applying (before → after) and for undoing (the other way round). `before` must still
// hold for enrolments, groups and links, which are found by it.
void change(db::Connection&, std::int64_t county, std::vector<Changed<PersonFields>> const&);
void change(db::Connection&, std::int64_t county, std::vector<Changed<StudentFields>> const&);
void change(db::Connection&, std::int64_t county, std::vector<Changed<UnitFields>> const&);
void change(db::Connection&, std::int64_t county, std::vector<Changed<EnrolmentFields>> const&);
void change(db::Connection&, std::int64_t county, std::vector<Changed<GroupFields>> const&);
void change(db::Connection&, std::int64_t county, std::vector<Changed<CarerFields>> const&);
void change(db::Connection&, std::int64_t county, std::vector<Changed<DetailFields>> const&);

class RosterPlan : public imports::Proposal {
public:
    std::vector<OrganisationRow> new_units; // each after the one above it
    std::vector<PersonRecord> new_people;
    std::vector<FamilyRow> new_families;
    std::vector<StudentRow> new_students;
    std::vector<EnrolmentRow> new_enrolments;
    std::vector<GroupRow> new_groups;
    std::vector<CarerRow> new_links;
    std::vector<PostRow> new_posts;

    std::vector<Changed<UnitFields>> units;
    std::vector<Changed<PersonFields>> people;
    std::vector<Changed<StudentFields>> students;
    std::vector<Changed<EnrolmentFields>> enrolments;
    std::vector<Changed<GroupFields>> groups;
    std::vector<Changed<CarerFields>> links;
    std::vector<Changed<DetailFields>> details; // of new people, too

    // Whose memberships change, by what was there before and what is new.
    Subjects touched, added;

    void apply(Call&, imports::Source const&, Progress&) override;

private:
    void add_rows(Call&, ImportId);
    void note_changes(Call&, ImportId) const;
};

} // namespace concentric::directory
