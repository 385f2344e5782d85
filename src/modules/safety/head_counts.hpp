#pragma once

#include "modules/safety/counting.hpp"
#include "modules/safety/letters.hpp"

// Who is there in a drill: counted class by class on phones that may be off line, merged in any order, seen live on a board.
namespace concentric::safety {

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

struct DrillBoard : DrillView, HeadCount {
    std::vector<TaskView> tasks;
    std::vector<LetterView> letters; // to families
    bool may_write = false; // to families
};
BOOST_DESCRIBE_STRUCT(DrillBoard, (DrillView, HeadCount), (tasks, letters, may_write))

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

struct ReportClass : ClassReport {
    DrillId id;
    OrganisationId class_;
};
BOOST_DESCRIBE_STRUCT(ReportClass, (ClassReport), (id, class_))
void check(ReportClass const&, Problems&);

struct LeadClass {
    DrillId id;
    OrganisationId class_;
    std::optional<PersonId> leader; // left out: nobody besides its teachers
};
BOOST_DESCRIBE_STRUCT(LeadClass, (), (id, class_, leader))

struct WriteOfDrill : LetterContent {
    DrillId id;
};
BOOST_DESCRIBE_STRUCT(WriteOfDrill, (LetterContent), (id))

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
// One before its end and one after it; for those in charge who send notices. Not urgent: it waits for the morning like any notice.
DrillBoard write_of_drill(Call&, WriteOfDrill const&);
// Of the day before until a fortnight ahead, and those that are not finished.
OwnDrills own_drills(Call&, Nothing const&);

} // namespace concentric::safety
