#pragma once

#include "modules/directory/tables.hpp"

#include <unordered_map>

// The classes of schools with their pupils and teachers, as whoever plans the next school year needs them.
namespace concentric::directory {

struct SchoolUnit {
    OrganisationId id;
    std::string path, kind, name, stages;
};
BOOST_DESCRIBE_STRUCT(SchoolUnit, (), (id, path, kind, name, stages))

// An open class or grade.
struct ClassUnit {
    OrganisationId id, parent;
    std::string path, kind, name, stages;
    std::int64_t entry_year = 0, number = 0;
};
BOOST_DESCRIBE_STRUCT(ClassUnit, (), (id, parent, path, kind, name, stages, entry_year, number))

// An active pupil in an open class.
struct PupilOnRoll {
    PersonId id;
    OrganisationId class_;
    Sex sex = Sex::unknown;
    Day since; // in this class
};
BOOST_DESCRIBE_STRUCT(PupilOnRoll, (), (id, class_, sex, since))

// A post in a class or grade that is in term on the day.
struct PostInClass {
    PostId id;
    PersonId person;
    OrganisationId organisation;
    std::string name, role, title;
    Day to_day;
};
BOOST_DESCRIBE_STRUCT(PostInClass, (), (id, person, organisation, name, role, title, to_day))

struct Rolls {
    std::vector<SchoolUnit> schools; // and kindergartens, open ones, by name
    std::vector<ClassUnit> units; // grades before their classes; by school, entry year, number
    std::vector<PupilOnRoll> pupils; // by class
    std::vector<PostInClass> posts;
};

// Everything at or below the path; does not look at reach.
Rolls rolls_below(Call&, std::string const& path, Day on);
std::vector<SchoolUnit> schools_below(Call&, std::string const& path);

// Open classes of a school or kindergarten, by entry year and number.
std::vector<ClassUnit> classes_of_school(Call&, std::string const& path);

// Everything at or below the path that is open, itself included.
std::vector<OrganisationId> open_units(Call&, std::string const& path);

// An active pupil as lists name them.
struct PupilBrief {
    PersonId id;
    std::string name;
    Sex sex = Sex::unknown;
    std::optional<Day> birth_day;
    SealedNumber student_number;
    OrganisationId class_;
    std::string class_name, path; // of the class
    StudentStatus status = StudentStatus::active;
};
BOOST_DESCRIBE_STRUCT(PupilBrief, (), (id, name, sex, birth_day, student_number, class_, class_name, path, status))

// The active pupils at or below the path, and any pupils by id; both without looking at reach.
std::vector<PupilBrief> pupils_below(Call&, std::string const& path);
// Those among them whose name, pinyin or initials contain the text, by name, at most `limit`.
std::vector<PupilBrief> pupils_named(Call&, std::string const& path, std::string_view text, std::int64_t limit);
std::unordered_map<PersonId, PupilBrief> pupils_with(Call&, std::vector<std::int64_t> const& ids);

// A pupil who is in no class although nobody said that they left: their class or school was closed.
struct Unplaced {
    PersonId id;
    std::string name;
    Sex sex = Sex::unknown;
    std::optional<Day> birth_day;
    OrganisationId class_;
    std::string class_name, path; // of the last class
    std::int64_t entry_year = 0;
    std::string stages;
    Day until; // the last day in it
};
BOOST_DESCRIBE_STRUCT(Unplaced, (), (id, name, sex, birth_day, class_, class_name, path, entry_year, stages, until))

// At or below the path, after a pupil's id, at most `limit`; `name_like` is a LIKE pattern of search words ("%" for everybody).
std::vector<Unplaced> unplaced(
    Call&, std::string const& path, std::string const& name_like, std::int64_t after, std::int64_t limit);
std::int64_t count_unplaced(Call&, std::string const& path);
bool is_unplaced(Call&, PersonId);

// A stay of a pupil in a class at or below a path who is not there any more.
struct PastStay {
    PersonId id;
    std::string name;
    Sex sex = Sex::unknown;
    OrganisationId class_;
    std::string class_name, path, stage;
    Day from_day, to_day;
    StudentStatus status = StudentStatus::active; // now
    bool is_reached = false; // the pupil's file is within the path, as that of a pupil who left
};
BOOST_DESCRIBE_STRUCT(PastStay, (), (id, name, sex, class_, class_name, path, stage, from_day, to_day, status, is_reached))

// The last stay of each pupil who was at or below the path and is now in a class elsewhere, or left.
std::vector<PastStay> former_pupils(
    Call&, std::string const& path, std::string const& name_like, std::int64_t after, std::int64_t limit);
// All stays of one pupil at or below the path, the first one first.
std::vector<PastStay> stays_within(Call&, std::string const& path, PersonId pupil);

// Whether the person is a pupil whose file the viewer's post reaches: their class lies within it.
bool reaches_pupil(Call&, PersonId);
// The active pupil of this name and pupil number, wherever in the county; nothing when both do not fit.
std::optional<PersonId> pupil_with(Call&, std::string const& name, std::string const& student_number);

} // namespace concentric::directory
