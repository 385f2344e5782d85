#include "modules/enrolment/planning.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::enrolment {

void Planning::send_pupils(ClassState const& state)
{
    for (auto const* pupil : state.pupils) {
        auto const choice = choices_.find(pupil->id);
        if (choice == choices_.end() && !state.closes())
            continue;
        if (pupil->since >= settings_.on) {
            fault(state.school, state.unit->id, pupil->id, "came_later",
                {fmt::format("有学生在 {} 才进入要关闭的“{}”。", text_of(pupil->since), state.unit->name),
                    fmt::format("A pupil came into \"{}\", which closes, only on {}.", state.unit->name, text_of(pupil->since))});
            continue;
        }
        if (choice != choices_.end())
            send_by_choice(state, *pupil, *choice->second);
        else
            send_with_class(state, *pupil);
    }
}

void Planning::send_with_class(ClassState const& state, PupilOnRoll const& pupil)
{
    if (state.successor)
        step(state.school, pupil, StepKind::up, state.successor);
    else if (state.plan.action == ClassAction::regroup)
        join(state, pupil, {state.school, state.plan.stage, state.unit->entry_year}, StepKind::regrouped);
    else if (!state.plan.destination)
        step(state.school, pupil, StepKind::graduated, {});
    else if (auto const school = school_at_.find(state.plan.destination.value); school != school_at_.end())
        join(state, pupil, {school->second, std::string(stage_after(state.plan.stage)), settings_.school_year}, StepKind::promoted);
    else
        no_target(state, pupil);
}

void Planning::send_by_choice(ClassState const& state, PupilOnRoll const& pupil, PupilChoice const& choice)
{
    switch (choice.kind) {
    case ExceptionKind::leave: return step(state.school, pupil, StepKind::left, {});
    case ExceptionKind::go_to: return send_to_class(state, pupil, choice.class_);
    case ExceptionKind::repeat_year: return send_to_year(state, pupil, state.unit->entry_year + 1, StepKind::repeated);
    case ExceptionKind::skip_year: return send_to_year(state, pupil, state.unit->entry_year - 1, StepKind::skipped);
    }
}

void Planning::send_to_class(ClassState const& state, PupilOnRoll const& pupil, OrganisationId id)
{
    auto const target = classes_.find(id);
    if (target == classes_.end() || (target->second.closes() && !target->second.successor))
        return no_target(state, pupil);
    auto const& there = target->second;
    if (there.unit->id == state.unit->id && !state.closes())
        return;
    if (there.school != state.school)
        schools_[state.school].needs.insert(schools_[there.school].school.id);
    step(state.school, pupil, StepKind::moved, there.successor ? there.successor : id);
}

void Planning::send_to_year(ClassState const& state, PupilOnRoll const& pupil, std::int64_t entry_year, StepKind kind)
{
    GroupKey const key{state.school, state.plan.stage, entry_year};
    if (auto const group = groups_.find(key); group != groups_.end() && !group->second.classes.empty())
        return join(state, pupil, key, kind);
    ClassState const* best = nullptr;
    for (auto const id : order_) {
        auto const& other = classes_.at(id);
        if (other.school != state.school || other.plan.stage != state.plan.stage || other.unit->entry_year != entry_year
            || (other.closes() && !other.successor))
            continue;
        if (!best || other.unit->number == state.unit->number)
            best = &other;
    }
    if (!best)
        return no_target(state, pupil);
    step(state.school, pupil, kind, best->successor ? best->successor : best->unit->id);
}

void Planning::join(ClassState const& state, PupilOnRoll const& pupil, GroupKey const& key, StepKind kind)
{
    auto const group = groups_.find(key);
    if (group == groups_.end() || group->second.classes.empty())
        return no_target(state, pupil);
    group->second.members.push_back({&pupil, state.school, kind});
    if (group->second.school != state.school)
        schools_[state.school].needs.insert(schools_[group->second.school].school.id);
}

void Planning::step(std::size_t school, PupilOnRoll const& pupil, StepKind kind, OrganisationId to)
{
    schools_[school].steps.push_back({pupil.id, kind, pupil.class_, to});
    arrivals_[to].push_back(&pupil);
}

void Planning::no_target(ClassState const& state, PupilOnRoll const& pupil)
{
    if (!without_target_.insert(state.unit->id).second)
        return; // said once for a class
    fault(state.school, state.unit->id, pupil.id, "missing_target",
        {fmt::format("“{}”有学生没有可去的班级。", state.unit->name),
            fmt::format("A pupil of \"{}\" has no class to go to.", state.unit->name)});
}

} // namespace concentric::enrolment
