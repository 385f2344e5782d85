#pragma once

#include "modules/activities/happenings.hpp"
#include "modules/directory/posts.hpp"
#include "modules/safety/access.hpp"
#include "modules/safety/head_count.hpp"

// The calendar of a school's drills: planned against what the plan asks for, begun and ended with one tap, entered in the ledger as
// the event that each of them is, and what is to be done better.
namespace concentric::safety {

using directory::PersonBrief;

struct SchoolBrief {
    OrganisationId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(SchoolBrief, (), (id, name))

// What nobody may take for the real thing: each title begins with 【演练】.
struct DrillView {
    DrillId id;
    SchoolBrief school;
    ActivityId activity;
    DrillKind kind = DrillKind::fire;
    std::string title;
    DrillState state = DrillState::planned;
    std::optional<Due> due; // none once it was cancelled
    std::string place;
    PersonBrief coordinator;
    Instant planned_at;
    std::int64_t minutes = 0;
    std::optional<Instant> started_at, stopped_at;
    std::string review;
    bool may_run = false, may_manage = false;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(DrillView, (),
    (id, school, activity, kind, title, state, due, place, coordinator, planned_at, minutes, started_at, stopped_at, review,
        may_run, may_manage, version))

struct ListDrills {
    std::optional<OrganisationId> school;
    std::optional<Day> from, to; // of planned_at
    std::optional<DrillKind> kind;
    std::optional<DrillState> state;
    std::optional<DrillId> after;
    std::optional<Limit> limit; // 50 when it is left out
};
BOOST_DESCRIBE_STRUCT(ListDrills, (), (school, from, to, kind, state, after, limit))

// How the school stands with the plan, as the plan's own figures say it.
struct DrillStanding {
    std::string title, period;
    Day from, to;
    std::int64_t needed = 0, held = 0, planned = 0, unplanned = 0;
};
BOOST_DESCRIBE_STRUCT(DrillStanding, (), (title, period, from, to, needed, held, planned, unplanned))

struct DrillCalendar {
    std::vector<DrillView> items; // the latest first
    std::optional<std::string> next;
    std::optional<SchoolBrief> school; // where one is looked at
    std::optional<DrillStanding> standing; // where the plan asks it for drills now
    bool may_manage = false;
};
BOOST_DESCRIBE_STRUCT(DrillCalendar, (), (items, next, school, standing, may_manage))

using DrillMinutes = Within<5, 240>;

struct PlanDrill {
    std::optional<OrganisationId> school; // the viewer's own when it is left out
    DrillKind kind = DrillKind::fire;
    Instant planned_at;
    DrillMinutes minutes{30};
    Text<1, 200> place; // where everybody gathers
    PersonId coordinator;
    std::vector<OrganisationId> classes; // none: all of the school
};
BOOST_DESCRIBE_STRUCT(PlanDrill, (), (school, kind, planned_at, minutes, place, coordinator, classes))

// What is left out stays as it is.
struct ChangeDrill {
    DrillId id;
    std::optional<Instant> planned_at;
    std::optional<DrillMinutes> minutes;
    std::optional<Text<1, 200>> place;
    std::optional<PersonId> coordinator;
};
BOOST_DESCRIBE_STRUCT(ChangeDrill, (), (id, planned_at, minutes, place, coordinator))

struct OneDrill {
    DrillId id;
};
BOOST_DESCRIBE_STRUCT(OneDrill, (), (id))

struct DrillWithReason {
    DrillId id;
    Text<2, 300> reason;
};
BOOST_DESCRIBE_STRUCT(DrillWithReason, (), (id, reason))

// A tap on a phone that may have been off line: its own time, and never a later one than now.
struct TapDrill {
    DrillId id;
    std::optional<Instant> at; // now when it is left out
};
BOOST_DESCRIBE_STRUCT(TapDrill, (), (id, at))

struct NewTask {
    Text<2, 300> words;
    PersonId owner;
    Day due;
};
BOOST_DESCRIBE_STRUCT(NewTask, (), (words, owner, due))

struct CloseDrill {
    DrillId id;
    std::optional<Text<0, 2000>> review;
    std::vector<NewTask> tasks;
};
BOOST_DESCRIBE_STRUCT(CloseDrill, (), (id, review, tasks))
void check(CloseDrill const&, Problems&);

DrillCalendar list_drills(Call&, ListDrills const&);
Download drill_sheet(Call&, ListDrills const&);
// Announces it as an event of the school, too. 422 for a coordinator who is not of the staff, and for classes of other schools.
DrillView plan_drill(Call&, PlanDrill const&);
DrillView change_drill(Call&, ChangeDrill const&);
DrillView cancel_drill(Call&, DrillWithReason const&);
// The same again changes nothing: the first tap counts.
DrillView start_drill(Call&, TapDrill const&);
DrillView stop_drill(Call&, TapDrill const&);
// Enters it and every pupil who was counted in the ledger. 409 before it was stopped or while nobody was counted.
DrillView close_drill(Call&, CloseDrill const&);
// Takes the entries back, to correct the count.
DrillView reopen_drill(Call&, DrillWithReason const&);

DrillView view_of(Call&, OwnedDrill const&);
std::string title_of(Call const&, DrillKind);

// Listeners: what happens to its event happens to the drill.
void activity_cancelled(Call&, activities::ActivityCancelled const&);
void activity_moved(Call&, activities::ActivityMoved const&);
void activity_closed(Call&, activities::ActivityClosed const&);
void activity_reopened(Call&, activities::ActivityReopened const&);

} // namespace concentric::safety
