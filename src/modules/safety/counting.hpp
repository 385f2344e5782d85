#pragma once

#include "modules/safety/drills.hpp"

// Heads counted class by class, in a drill or in a real alarm. Both are counted alike and kept apart.
namespace concentric::safety {

// A class as the board shows it. Names only for those who may count it.
struct ClassOnBoard {
    PersonBrief class_; // id and name of the class
    std::optional<PersonBrief> leader; // beside its own teachers
    std::int64_t pupils = 0, present = 0, missing = 0;
    ClassState state = ClassState::not_reported;
    std::vector<std::string> missing_names;
    std::optional<Instant> arrived_at;
    std::optional<std::int64_t> seconds; // from the beginning until it had arrived
    std::optional<std::string> reported_by;
    std::optional<Instant> reported_at;
    bool may_count = false;
};
BOOST_DESCRIBE_STRUCT(ClassOnBoard, (),
    (class_, leader, pupils, present, missing, state, missing_names, arrived_at, seconds, reported_by, reported_at, may_count))

struct HeadCount {
    std::vector<ClassOnBoard> classes;
    std::int64_t pupils = 0, present = 0, missing = 0, not_reported = 0; // not_reported: classes
};
BOOST_DESCRIBE_STRUCT(HeadCount, (), (classes, pupils, present, missing, not_reported))

struct PupilOnRoll {
    PersonId id;
    std::string name;
    std::optional<bool> is_present;
    std::optional<Instant> marked_at;
    bool has_flag = false; // a guardian wrote down what to know in an emergency
};
BOOST_DESCRIBE_STRUCT(PupilOnRoll, (), (id, name, is_present, marked_at, has_flag))

struct Mark {
    PersonId student;
    bool is_present = true;
    Instant at; // by the phone's clock; a later one than now counts as now
};
BOOST_DESCRIBE_STRUCT(Mark, (), (student, is_present, at))

struct ClassReport {
    std::vector<Mark> marks;
    std::optional<Instant> arrived_at; // when the class stood at the assembly point; the first one stays
};
BOOST_DESCRIBE_STRUCT(ClassReport, (), (marks, arrived_at))
void check(ClassReport const&, Problems&);

// Where heads are counted.
struct Occasion {
    bool is_drill = true;
    std::int64_t id = 0;
    std::string school_path;
    Instant started_at;
    bool may_run = false; // the viewer may count every class
};
Occasion occasion_of(Call const&, OwnedDrill const&);

struct CountedClass {
    OrganisationId class_;
    PersonId leader, reported_by;
    Instant arrived_at, reported_at;
    std::string class_name, class_path;
    std::optional<std::string> leader_name, reporter_name;
};
BOOST_DESCRIBE_STRUCT(
    CountedClass, (), (class_, leader, reported_by, arrived_at, reported_at, class_name, class_path, leader_name, reporter_name))

std::vector<CountedClass> classes_of(Call&, Occasion const&);
// 404 where the class is not counted there.
CountedClass class_with(Call&, Occasion const&, OrganisationId class_);
// Its teachers, whoever leads it, whoever runs the occasion.
bool may_count(Call const&, Occasion const&, CountedClass const&);

HeadCount count_heads(Call&, Occasion const&);
std::vector<PupilOnRoll> roll_of(Call&, Occasion const&, CountedClass const&);
// Merged with what stands. The row has the first arrival afterwards.
void take_report(Call&, Occasion const&, CountedClass&, ClassReport const&);
// Who was there, ascending.
std::vector<PersonId> present_at(Call&, Occasion const&);

} // namespace concentric::safety
