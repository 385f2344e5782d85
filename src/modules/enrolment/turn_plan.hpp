#pragma once

#include "modules/directory/reshaping.hpp"
#include "modules/directory/rolls.hpp"
#include "modules/enrolment/schooling.hpp"

#include <map>
#include <set>

// What the turn of a school year does to every class, pupil and class teacher, worked out in memory before anything is changed.
namespace concentric::enrolment {

// 升级: goes on, under the next year's name where its name speaks of a year. 毕业: its pupils leave it and it closes. 分班: its
// pupils are dealt into new classes. 暂不处理: nothing happens to it.
enum class ClassAction { up, graduate, regroup, leave_out };
BOOST_DESCRIBE_ENUM(ClassAction, up, graduate, regroup, leave_out)

enum class PostAction { keep, hand_over, end };
BOOST_DESCRIBE_ENUM(PostAction, keep, hand_over, end)

// 留级, 跳级, 离校, 转到某班.
enum class ExceptionKind { repeat_year, skip_year, leave, go_to };
BOOST_DESCRIBE_ENUM(ExceptionKind, repeat_year, skip_year, leave, go_to)

// What happens to a pupil; those whose class goes on unchanged have no step.
enum class StepKind { up, promoted, graduated, regrouped, repeated, skipped, left, moved };
BOOST_DESCRIBE_ENUM(StepKind, up, promoted, graduated, regrouped, repeated, skipped, left, moved)

struct ClassChoice {
    OrganisationId class_;
    ClassAction action = ClassAction::up;
    OrganisationId destination; // the school that its graduates go to; none: they leave the county's rolls
};
BOOST_DESCRIBE_STRUCT(ClassChoice, (), (class_, action, destination))

// How many classes a year group is to have: a new one, or one that is regrouped.
struct SizeChoice {
    OrganisationId school;
    std::string stage;
    std::int64_t entry_year = 0, classes = 0;
};
BOOST_DESCRIBE_STRUCT(SizeChoice, (), (school, stage, entry_year, classes))

struct PostChoice {
    PostId post;
    PostAction action = PostAction::keep;
    std::int64_t number = 0; // of the new class that it is handed over to
};
BOOST_DESCRIBE_STRUCT(PostChoice, (), (post, action, number))

struct PupilChoice {
    PersonId student;
    ExceptionKind kind = ExceptionKind::repeat_year;
    OrganisationId class_; // for go_to
};
BOOST_DESCRIBE_STRUCT(PupilChoice, (), (student, kind, class_))

// From a list that was brought: the number of the new class that a pupil goes to.
struct ListPlace {
    PersonId student;
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(ListPlace, (), (student, number))

struct TurnSettings {
    Day on;
    int school_year = 0; // that begins
    Schooling schooling = Schooling::six_three;
    std::set<OrganisationId> schools; // to be turned
    std::set<OrganisationId> turned; // were turned into this school year before
    std::vector<ClassChoice> classes;
    std::vector<SizeChoice> sizes;
    std::vector<PostChoice> posts;
    std::vector<PupilChoice> pupils;
    std::vector<ListPlace> list;
};

struct PlanFault {
    OrganisationId school, class_;
    PersonId student;
    std::string code;
    Words words;
    bool is_warning = false;
};

struct PlannedClass {
    OrganisationId id, destination;
    std::string name, stage;
    std::int64_t entry_year = 0;
    int level = 0; // after the turn; more than the stage has for those who graduate
    ClassAction action = ClassAction::up;
    std::int64_t pupils = 0;
    std::optional<std::string> next_name; // of its successor
};

struct PlannedUnit {
    directory::NewUnit unit;
    bool is_successor = false; // of one class, under a new name
    std::int64_t girls = 0, boys = 0, pupils = 0;
};

struct PlannedStep {
    PersonId student;
    StepKind kind = StepKind::up;
    OrganisationId from, to;
};

struct PlannedPost {
    directory::PostInClass post;
    PostAction action = PostAction::keep;
    OrganisationId to; // for hand_over
    std::int64_t number = 0; // of that class
};

struct TurnCounts {
    std::int64_t pupils = 0, classes = 0; // at the school before
    std::int64_t classes_up = 0, classes_graduating = 0, classes_regrouped = 0, classes_left_out = 0, classes_new = 0;
    std::int64_t up = 0, promoted = 0, graduated = 0, regrouped = 0, repeated = 0, skipped = 0, left = 0, moved = 0;
    std::int64_t received = 0; // from other schools' classes
    std::int64_t posts_handed_over = 0, posts_ended = 0;
    std::int64_t faults = 0, warnings = 0;
};
BOOST_DESCRIBE_STRUCT(TurnCounts, (),
    (pupils, classes, classes_up, classes_graduating, classes_regrouped, classes_left_out, classes_new, up, promoted, graduated,
        regrouped, repeated, skipped, left, moved, received, posts_handed_over, posts_ended, faults, warnings))

struct SchoolPlan {
    directory::SchoolUnit school;
    TurnCounts counts;
    std::vector<PlannedClass> classes;
    std::vector<PlannedUnit> opened;
    std::vector<PlannedStep> steps;
    std::vector<PlannedPost> posts;
    std::vector<OrganisationId> closed;
    std::vector<PlanFault> faults;
    std::set<OrganisationId> needs; // schools that must be turned before, since they open the classes that pupils go to

    bool is_faulty() const { return counts.faults > 0; }
};

// In an order in which every school comes after those that it needs.
std::vector<SchoolPlan> plan_turn(directory::Rolls const&, TurnSettings const&);

TurnCounts& operator+=(TurnCounts&, TurnCounts const&);

} // namespace concentric::enrolment
