#pragma once

#include "modules/enrolment/turn_names.hpp"
#include "modules/enrolment/turn_plan.hpp"

#include <tuple>
#include <unordered_map>

// The working of plan_turn(), step by step: classes, new classes, pupils, posts, figures.
namespace concentric::enrolment {

using directory::ClassUnit;
using directory::PupilOnRoll;

// A class as the turn finds it.
struct ClassState {
    ClassUnit const* unit = nullptr;
    std::size_t school = 0;
    PlannedClass plan;
    std::vector<PupilOnRoll const*> pupils;
    OrganisationId successor; // opens instead of it, for the same pupils
    bool is_clear = false; // one stage and an entry year
    bool closes() const
    {
        return is_clear && (plan.action == ClassAction::graduate || plan.action == ClassAction::regroup || successor);
    }
};

struct Member {
    PupilOnRoll const* pupil = nullptr;
    std::size_t school = 0; // that they come from
    StepKind kind = StepKind::promoted;
};

// A year group that gets new classes: an intake, or one that is regrouped.
struct YearGroup {
    std::size_t school = 0;
    std::string stage;
    std::int64_t entry_year = 0;
    std::vector<OrganisationId> classes;
    std::vector<std::int64_t> numbers; // of the classes
    std::vector<Member> members;
};

using GroupKey = std::tuple<std::size_t, std::string, std::int64_t>;

class Planning {
public:
    Planning(directory::Rolls const& rolls, TurnSettings const& settings);
    std::vector<SchoolPlan> run();

private:
    // What there is, and the successors of classes whose names speak of a year (planning_classes.cpp).
    bool is_turned_now(std::size_t school) const { return settings_.schools.contains(schools_[school].school.id); }
    void enter_schools();
    std::optional<std::size_t> school_of(std::string const& path) const;
    void enter_classes();
    void classify(ClassState& state);
    // A school of several stages keeps its own graduates, unless somebody says otherwise.
    OrganisationId own_next_stage(ClassState const& state) const;
    void enter_pupils();
    directory::NewUnit& open(std::size_t school, OrganisationId parent, std::string kind, std::string name,
        std::string const& stage, std::int64_t entry_year, std::int64_t number, bool is_successor = false);
    void open_successors();
    // Where a class of this year group stands after the turn: under its grade, or under the grade's own successor.
    OrganisationId grade_after(ClassState const& state);
    OrganisationId new_grade(std::size_t school, std::string const& name, std::string const& stage, std::int64_t entry_year);

    // New classes, and who comes into them (planning_groups.cpp).
    void open_regrouped();
    YearGroup& group_at(GroupKey const& key);
    std::int64_t size_of(GroupKey const& key, std::int64_t usual) const;
    void open_intakes();
    // The grade for a new year group in the manner of the school: none, one that is there, the name that last year's had, or
    // 2026级.
    OrganisationId intake_grade(std::size_t school, std::string const& stage);
    void add_classes(YearGroup& group, OrganisationId parent, std::int64_t count, std::vector<NameSample> const& samples);
    void deal_groups();

    // Where each pupil goes (planning_pupils.cpp).
    void send_pupils(ClassState const& state);
    void send_with_class(ClassState const& state, PupilOnRoll const& pupil);
    void send_by_choice(ClassState const& state, PupilOnRoll const& pupil, PupilChoice const& choice);
    void send_to_class(ClassState const& state, PupilOnRoll const& pupil, OrganisationId id);
    // The year group above or below: its new classes, else the class of the same number, else the first one.
    void send_to_year(ClassState const& state, PupilOnRoll const& pupil, std::int64_t entry_year, StepKind kind);
    void join(ClassState const& state, PupilOnRoll const& pupil, GroupKey const& key, StepKind kind);
    void step(std::size_t school, PupilOnRoll const& pupil, StepKind kind, OrganisationId to);
    void no_target(ClassState const& state, PupilOnRoll const& pupil);

    // What closes, and what becomes of posts (planning_posts.cpp).
    void close_classes();
    bool is_wanted(OrganisationId grade) const;
    void plan_posts();
    void plan_grade_post(directory::PostInClass const& post);
    void plan_class_post(
        directory::PostInClass const& post, ClassState const& state, std::map<GroupKey, std::int64_t>& next_intake);
    // Whose classes a teacher of this class can take over: the regrouped ones, or those of the new intake.
    GroupKey target_group(ClassState const& state) const;
    static void hand_over(PlannedPost& planned, YearGroup const& group, std::int64_t number);
    void choose(PlannedPost& planned, ClassState const& state, YearGroup const* group);

    // Names and figures (turn_plan.cpp).
    void find_double_names();
    // A class that was left behind keeps its name and its place; what comes after it is told apart by its year.
    void settle_name(std::size_t school, directory::NewUnit& unit, std::map<std::pair<OrganisationId, std::string>, int>& places,
        std::map<std::string, int>& names);
    void count();
    void count_steps(SchoolPlan& plan);
    void fault(std::size_t school, OrganisationId class_, PersonId student, std::string code, Words words, bool is_warning = false);

    directory::Rolls const& rolls_;
    TurnSettings const& settings_;
    std::vector<SchoolPlan> schools_;
    std::unordered_map<std::int64_t, std::size_t> school_at_;
    std::unordered_map<OrganisationId, ClassUnit const*> units_; // grades and classes
    std::map<std::size_t, std::vector<ClassUnit const*>> grades_;
    std::unordered_map<OrganisationId, ClassState> classes_;
    std::vector<OrganisationId> order_; // of classes, as the rolls give them
    std::map<GroupKey, OrganisationId> new_grades_;
    std::map<GroupKey, YearGroup> groups_;
    std::unordered_map<OrganisationId, ClassChoice const*> class_choices_;
    std::unordered_map<PostId, PostChoice const*> post_choices_;
    std::unordered_map<PersonId, PupilChoice const*> choices_;
    std::unordered_map<PersonId, std::int64_t> list_;
    std::unordered_map<OrganisationId, std::vector<PupilOnRoll const*>> arrivals_;
    std::set<OrganisationId> without_target_;
};

} // namespace concentric::enrolment
