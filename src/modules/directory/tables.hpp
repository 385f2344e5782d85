#pragma once

#include "core/call.hpp"
#include "core/sealed.hpp"

// The rows of the directory's tables; only this module reads and writes them.
namespace concentric::directory {

using MergeId = Id<struct MergeTag>;

struct OrganisationRow {
    std::int64_t county = 0;
    OrganisationId id, parent;
    std::string path, kind, name, search, code, stages;
    std::int64_t entry_year = 0, number = 0;
    std::string resource_kind, address, contact;
    SealedText phone;
    Day opened_on, closed_on = latest_day;
    std::string hand_edited;
    ImportId import;
    std::int64_t version = 1;

    bool is_open() const { return closed_on == latest_day; }
};
BOOST_DESCRIBE_STRUCT(OrganisationRow, (),
    (county, id, parent, path, kind, name, search, code, stages, entry_year, number, resource_kind, address, contact, phone,
        opened_on, closed_on, hand_edited, import, version))

// The day from which an organisation counts when nobody says: a class or grade from the August of its entry year, others always,
// since whoever brings in last year's history has had them last year.
inline Day usual_opening(OrganisationRow const& row, Day today)
{
    bool const is_of_a_year = (row.kind == "class" || row.kind == "grade") && row.entry_year != 0;
    return is_of_a_year ? std::min(today, day_of(static_cast<int>(row.entry_year), 8, 1)) : earliest_day;
}

enum class Sex { female, male, unknown };
BOOST_DESCRIBE_ENUM(Sex, female, male, unknown)

struct PersonRecord {
    std::int64_t county = 0;
    PersonId id;
    std::string name, search;
    Sex sex = Sex::unknown;
    std::optional<Day> birth_day;
    std::string identity_kind;
    SealedNumber identity_number, phone;
    std::string hand_edited;
    ImportId import;
    Instant created_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(PersonRecord, (),
    (county, id, name, search, sex, birth_day, identity_kind, identity_number, phone, hand_edited, import, created_at, version))

struct FamilyRow {
    std::int64_t county = 0;
    FamilyId id;
    std::string name;
    ImportId import;
};
BOOST_DESCRIBE_STRUCT(FamilyRow, (), (county, id, name, import))

enum class StudentStatus { active, left, graduated };
BOOST_DESCRIBE_ENUM(StudentStatus, active, left, graduated)

struct StudentRow {
    std::int64_t county = 0;
    PersonId person;
    SealedNumber student_number, school_number;
    OrganisationId class_;
    FamilyId family;
    StudentStatus status = StudentStatus::active;
    std::string residence, hand_edited;
    ImportId import;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(StudentRow, (),
    (county, person, student_number, school_number, class_, family, status, residence, hand_edited, import, version))

struct EnrolmentRow {
    std::int64_t county = 0;
    PersonId student;
    Day from_day, to_day = latest_day;
    OrganisationId class_;
    std::string stage;
    ImportId import;
};
BOOST_DESCRIBE_STRUCT(EnrolmentRow, (), (county, student, from_day, to_day, class_, stage, import))

struct GroupRow {
    std::int64_t county = 0;
    PersonId student;
    std::string name;
    Day from_day, to_day = latest_day;
    ImportId import;
};
BOOST_DESCRIBE_STRUCT(GroupRow, (), (county, student, name, from_day, to_day, import))

enum class Relation { father, mother, grandparent, sibling, relative, other };
BOOST_DESCRIBE_ENUM(Relation, father, mother, grandparent, sibling, relative, other)

struct CarerRow {
    std::int64_t county = 0;
    PersonId student, carer;
    Relation relation = Relation::other;
    std::int64_t position = 1;
    bool is_guardian = false;
    ImportId import;
    std::int64_t household = 1; // 2: parents live apart, and this carer in the second home
};
BOOST_DESCRIBE_STRUCT(CarerRow, (), (county, student, carer, relation, position, is_guardian, import, household))

// Two records of one person made one: `links` is what parting them needs.
struct MergeRow {
    std::int64_t county = 0;
    MergeId id;
    PersonId kept, merged;
    std::string links;
    bool moved_log_in = false;
    PersonId merged_by;
    Instant merged_at;
    PersonId undone_by;
    Instant undone_at; // 0 while it holds
};
BOOST_DESCRIBE_STRUCT(MergeRow, (), (county, id, kept, merged, links, moved_log_in, merged_by, merged_at, undone_by, undone_at))

struct PostRow {
    std::int64_t county = 0;
    PostId id;
    PersonId person;
    OrganisationId organisation;
    std::string role, title;
    Day from_day, to_day = latest_day;
    ImportId import;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(PostRow, (), (county, id, person, organisation, role, title, from_day, to_day, import, version))

} // namespace concentric::directory
