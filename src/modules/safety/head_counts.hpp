#pragma once

#include "modules/safety/drills.hpp"

// Who is there: counted class by class on phones that may be off line, merged in any order, seen live on a board.
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

struct TaskView {
    TaskId id;
    SchoolBrief school;
    std::optional<DrillId> drill;
    std::string drill_title; // "" without one
    std::string words;
    PersonBrief owner;
    Day due;
    bool is_overdue = false, may_finish = false;
    std::string outcome;
    std::optional<Instant> done_at;
};
BOOST_DESCRIBE_STRUCT(TaskView, (), (id, school, drill, drill_title, words, owner, due, is_overdue, may_finish, outcome, done_at))

struct DrillBoard : DrillView {
    std::vector<ClassOnBoard> classes;
    std::int64_t pupils = 0, present = 0, missing = 0, not_reported = 0; // not_reported: classes
    std::vector<TaskView> tasks;
};
BOOST_DESCRIBE_STRUCT(DrillBoard, (DrillView), (classes, pupils, present, missing, not_reported, tasks))

struct PupilOnRoll {
    PersonId id;
    std::string name;
    std::optional<bool> is_present;
    std::optional<Instant> marked_at;
    bool has_flag = false; // a guardian wrote down what to know in an emergency
};
BOOST_DESCRIBE_STRUCT(PupilOnRoll, (), (id, name, is_present, marked_at, has_flag))

struct ClassRoll {
    DrillView drill;
    PersonBrief class_;
    std::vector<PupilOnRoll> pupils;
    std::optional<Instant> arrived_at;
};
BOOST_DESCRIBE_STRUCT(ClassRoll, (), (drill, class_, pupils, arrived_at))

struct OneDrillClass {
    DrillId id;
    OrganisationId class_;
};
BOOST_DESCRIBE_STRUCT(OneDrillClass, (), (id, class_))

struct Mark {
    PersonId student;
    bool is_present = true;
    Instant at; // by the phone's clock; a later one than now counts as now
};
BOOST_DESCRIBE_STRUCT(Mark, (), (student, is_present, at))

struct ReportClass {
    DrillId id;
    OrganisationId class_;
    std::vector<Mark> marks;
    std::optional<Instant> arrived_at; // when the class stood at the assembly point; the first one stays
};
BOOST_DESCRIBE_STRUCT(ReportClass, (), (id, class_, marks, arrived_at))
void check(ReportClass const&, Problems&);

struct LeadClass {
    DrillId id;
    OrganisationId class_;
    std::optional<PersonId> leader; // left out: nobody besides its teachers
};
BOOST_DESCRIBE_STRUCT(LeadClass, (), (id, class_, leader))

// The drills at hand with the classes that the viewer counts there.
struct OwnDrill : DrillView {
    std::vector<PersonBrief> classes;
};
BOOST_DESCRIBE_STRUCT(OwnDrill, (DrillView), (classes))
struct OwnDrills {
    std::vector<OwnDrill> items;
};
BOOST_DESCRIBE_STRUCT(OwnDrills, (), (items))

DrillBoard show_board(Call&, OneDrill const&);
ClassRoll show_roll(Call&, OneDrillClass const&);
// The same reports in any order, and any of them twice, end in the same count. 409 once the drill was entered or cancelled; 422 for
// who is not of the class.
ClassRoll report_class(Call&, ReportClass const&);
DrillBoard lead_class(Call&, LeadClass const&);
// Of the day before until a fortnight ahead, and those that are not finished.
OwnDrills own_drills(Call&, Nothing const&);

} // namespace concentric::safety
