#include "modules/enrolment/planning.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/next_year.hpp"
#include "modules/directory/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::enrolment {

void Planning::enter_schools()
{
    for (auto const& school : rolls_.schools) {
        school_at_[school.id.value] = schools_.size();
        schools_.push_back({});
        schools_.back().school = school;
        if (settings_.turned.contains(school.id))
            fault(
                schools_.size() - 1, {}, {}, "turned", {"本校这一学年已经升级过。", "This school's year has been turned already."});
    }
    for (auto const& choice : settings_.classes)
        class_choices_[choice.class_] = &choice;
    for (auto const& choice : settings_.posts)
        post_choices_[choice.post] = &choice;
}

std::optional<std::size_t> Planning::school_of(std::string const& path) const
{
    for (auto const id : directory::ids_in(path))
        if (auto const found = school_at_.find(id); found != school_at_.end())
            return found->second;
    return std::nullopt;
}

void Planning::enter_classes()
{
    for (auto const& unit : rolls_.units) {
        auto const school = school_of(unit.path);
        if (!school)
            continue;
        units_[unit.id] = &unit;
        if (unit.kind == "grade") {
            grades_[*school].push_back(&unit);
            continue;
        }
        auto& state = classes_[unit.id];
        order_.push_back(unit.id);
        state.unit = &unit;
        state.school = *school;
        classify(state);
    }
}

void Planning::classify(ClassState& state)
{
    auto const& unit = *state.unit;
    auto& plan = state.plan;
    plan.id = unit.id;
    plan.name = unit.name;
    plan.stage = unit.stages;
    plan.entry_year = unit.entry_year;
    plan.action = ClassAction::leave_out;
    state.is_clear = years_of(settings_.schooling, unit.stages) > 0 && unit.entry_year > 0;
    if (!is_turned_now(state.school))
        return;
    if (!state.is_clear) {
        fault(state.school, unit.id, {}, "class_unclear",
            {fmt::format("“{}”没有入学年份，或者学段不唯一，无法判断年级。", unit.name),
                fmt::format("\"{}\" has no entry year or not exactly one stage, so its grade is not known.", unit.name)});
        return;
    }
    plan.level = settings_.school_year - static_cast<int>(unit.entry_year) + 1;
    bool const is_over = plan.level > years_of(settings_.schooling, unit.stages);
    plan.action = is_over ? ClassAction::graduate : ClassAction::up;
    if (auto const choice = class_choices_.find(unit.id); choice != class_choices_.end()) {
        plan.action = choice->second->action;
        plan.destination = choice->second->destination;
    } else if (is_over) {
        plan.destination = own_next_stage(state);
    }
    if (plan.level > years_of(settings_.schooling, unit.stages) + 1)
        fault(state.school, unit.id, {}, "overdue",
            {fmt::format("“{}”早该毕业了。", unit.name), fmt::format("\"{}\" should have graduated before.", unit.name)}, true);
    if (is_over && plan.action == ClassAction::up)
        fault(state.school, unit.id, {}, "no_grade",
            {fmt::format("“{}”已经读完这一学段，没有可升的年级。", unit.name),
                fmt::format("\"{}\" has finished its stage; there is no grade above.", unit.name)});
}

OrganisationId Planning::own_next_stage(ClassState const& state) const
{
    auto const next = stage_after(state.unit->stages);
    auto const& school = schools_[state.school].school;
    return !next.empty() && directory::list_has(school.stages, next) ? school.id : OrganisationId{};
}

void Planning::enter_pupils()
{
    for (auto const& pupil : rolls_.pupils)
        if (auto const found = classes_.find(pupil.class_); found != classes_.end()) {
            found->second.pupils.push_back(&pupil);
            ++found->second.plan.pupils;
        }
}

directory::NewUnit& Planning::open(std::size_t school, OrganisationId parent, std::string kind, std::string name,
    std::string const& stage, std::int64_t entry_year, std::int64_t number, bool is_successor)
{
    auto& planned = schools_[school].opened.emplace_back();
    planned.unit = {new_id_of<OrganisationId>(), parent, std::move(kind), std::move(name), stage, entry_year, number};
    planned.is_successor = is_successor;
    return planned.unit;
}

void Planning::open_successors()
{
    for (auto const id : order_) {
        auto& state = classes_.at(id);
        if (!state.is_clear || state.plan.action != ClassAction::up || state.plan.level < 2)
            continue;
        state.plan.next_name = directory::name_next_year(state.unit->name, state.plan.stage, state.plan.level - 1);
        auto const parent = grade_after(state);
        if (!state.plan.next_name && parent == state.unit->parent)
            continue;
        if (!state.plan.next_name) // 1班 of 三年级: only the grade's name speaks of a year
            state.plan.next_name = state.unit->name;
        state.successor = open(state.school, parent, "class", *state.plan.next_name, state.plan.stage, state.unit->entry_year,
            state.unit->number, true)
                              .id;
    }
}

OrganisationId Planning::grade_after(ClassState const& state)
{
    auto const above = units_.find(state.unit->parent);
    if (above == units_.end())
        return state.unit->parent;
    auto const& grade = *above->second;
    auto const name = directory::name_next_year(grade.name, state.plan.stage, state.plan.level - 1);
    return name ? new_grade(state.school, *name, state.plan.stage, state.unit->entry_year) : grade.id;
}

OrganisationId Planning::new_grade(std::size_t school, std::string const& name, std::string const& stage, std::int64_t entry_year)
{
    auto& grade = new_grades_[{school, stage, entry_year}];
    if (!grade)
        grade = open(school, schools_[school].school.id, "grade", name, stage, entry_year, 0).id;
    return grade;
}

} // namespace concentric::enrolment
