#include "modules/enrolment/planning.hpp"

#include "modules/directory/class_label.hpp"
#include "modules/enrolment/turn_order.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::enrolment {

Planning::Planning(directory::Rolls const& rolls, TurnSettings const& settings) : rolls_(rolls), settings_(settings)
{
    for (auto const& choice : settings.pupils)
        choices_[choice.student] = &choice;
    for (auto const& place : settings.list)
        list_[place.student] = place.number;
}

std::vector<SchoolPlan> Planning::run()
{
    enter_schools();
    enter_classes();
    enter_pupils();
    open_successors();
    open_regrouped();
    open_intakes();
    for (auto const id : order_)
        send_pupils(classes_.at(id));
    deal_groups();
    close_classes();
    plan_posts();
    find_double_names();
    count();
    return in_order_of_need(std::move(schools_));
}

void Planning::find_double_names()
{
    for (std::size_t at = 0; at < schools_.size(); ++at) {
        std::map<std::pair<OrganisationId, std::string>, int> places;
        std::map<std::string, int> names;
        auto const& closed = schools_[at].closed;
        auto const stays = [&](OrganisationId id) { return std::find(closed.begin(), closed.end(), id) == closed.end(); };
        for (auto const* grade : grades_[at])
            if (stays(grade->id))
                ++places[{grade->parent, "grade" + grade->name}];
        for (auto const id : order_)
            if (auto const& state = classes_.at(id); state.school == at && stays(id)) {
                ++places[{state.unit->parent, "class" + state.unit->name}];
                ++names[state.unit->name];
            }
        for (auto& opened : schools_[at].opened)
            settle_name(at, opened.unit, places, names);
    }
}

void Planning::settle_name(std::size_t school, directory::NewUnit& unit,
    std::map<std::pair<OrganisationId, std::string>, int>& places, std::map<std::string, int>& names)
{
    // 1班 may stand in every grade, 三年级（1）班 only once in a school.
    bool const tells_year = directory::read_class_label("", unit.name, settings_.school_year, unit.stage).entry_year != 0;
    bool const is_double = places.contains({unit.parent, unit.kind + unit.name})
        || (unit.kind == "class" && tells_year && names.contains(unit.name));
    if (is_double) {
        auto const old = unit.name;
        unit.name = fmt::format("{}（{}级）", unit.name, unit.entry_year);
        bool const is_hopeless = places.contains({unit.parent, unit.kind + unit.name});
        fault(school, unit.id, {}, "double_name",
            {fmt::format("已经有“{}”，新的叫“{}”。", old, unit.name),
                fmt::format("There is a \"{}\" already; the new one is called \"{}\".", old, unit.name)},
            !is_hopeless);
    }
    ++places[{unit.parent, unit.kind + unit.name}];
    if (unit.kind == "class")
        ++names[unit.name];
}

void Planning::count()
{
    for (auto const id : order_) {
        auto const& state = classes_.at(id);
        auto& plan = schools_[state.school];
        plan.classes.push_back(state.plan);
        auto& counts = plan.counts;
        counts.pupils += state.plan.pupils;
        ++counts.classes;
        switch (state.plan.action) {
        case ClassAction::up: ++counts.classes_up; break;
        case ClassAction::graduate: ++counts.classes_graduating; break;
        case ClassAction::regroup: ++counts.classes_regrouped; break;
        case ClassAction::leave_out: ++counts.classes_left_out; break;
        }
        if (state.plan.action == ClassAction::up && !state.successor)
            counts.up += state.plan.pupils; // without a step of their own
    }
    for (auto& plan : schools_)
        count_steps(plan);
}

void Planning::count_steps(SchoolPlan& plan)
{
    auto& counts = plan.counts;
    for (auto const& step : plan.steps) {
        std::int64_t* const counted[]{&counts.up, &counts.promoted, &counts.graduated, &counts.regrouped, &counts.repeated,
            &counts.skipped, &counts.left, &counts.moved};
        ++*counted[static_cast<std::size_t>(step.kind)];
        auto const& from = classes_.at(step.from);
        if (step.kind != StepKind::up && from.plan.action == ClassAction::up && !from.successor)
            --counts.up; // an exception
    }
    for (auto& opened : plan.opened) {
        counts.classes_new += opened.unit.kind == "class" && !opened.is_successor;
        for (auto const* pupil : arrivals_[opened.unit.id]) {
            ++opened.pupils;
            opened.girls += pupil->sex == directory::Sex::female;
            opened.boys += pupil->sex == directory::Sex::male;
            counts.received += classes_.at(pupil->class_).school != school_at_.at(plan.school.id.value);
        }
    }
    for (auto const& post : plan.posts) {
        counts.posts_handed_over += post.action == PostAction::hand_over;
        counts.posts_ended += post.action == PostAction::end;
    }
    for (auto const& fault : plan.faults)
        ++(fault.is_warning ? counts.warnings : counts.faults);
}

void Planning::fault(std::size_t school, OrganisationId class_, PersonId student, std::string code, Words words, bool is_warning)
{
    schools_[school].faults.push_back({schools_[school].school.id, class_, student, std::move(code), std::move(words), is_warning});
}

std::vector<SchoolPlan> plan_turn(directory::Rolls const& rolls, TurnSettings const& settings)
{
    return Planning(rolls, settings).run();
}

} // namespace concentric::enrolment
