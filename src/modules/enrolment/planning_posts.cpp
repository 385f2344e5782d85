#include "modules/enrolment/planning.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::enrolment {

void Planning::close_classes()
{
    std::map<OrganisationId, std::pair<int, int>> grades; // all classes, those that close
    for (auto const id : order_) {
        auto const& state = classes_.at(id);
        if (units_.contains(state.unit->parent)) {
            auto& [all, closing] = grades[state.unit->parent];
            ++all;
            closing += state.closes();
        }
        if (state.closes())
            schools_[state.school].closed.push_back(id);
    }
    for (auto const& [grade, counts] : grades)
        if (counts.first == counts.second && !is_wanted(grade))
            schools_[*school_of(units_.at(grade)->path)].closed.push_back(grade);
}

bool Planning::is_wanted(OrganisationId grade) const
{
    return std::any_of(schools_.begin(), schools_.end(), [&](SchoolPlan const& school) {
        return std::any_of(
            school.opened.begin(), school.opened.end(), [&](PlannedUnit const& opened) { return opened.unit.parent == grade; });
    });
}

void Planning::plan_posts()
{
    std::map<GroupKey, std::int64_t> next_intake; // teachers of graduates take over the new classes in their order
    for (auto const& post : rolls_.posts) {
        auto const found = classes_.find(post.organisation);
        if (found != classes_.end() ? is_turned_now(found->second.school) : true)
            found == classes_.end() ? plan_grade_post(post) : plan_class_post(post, found->second, next_intake);
    }
}

void Planning::plan_grade_post(directory::PostInClass const& post)
{
    auto const found = units_.find(post.organisation);
    if (found == units_.end())
        return;
    auto const& grade = *found->second;
    auto const school = *school_of(grade.path);
    auto const& closed = schools_[school].closed;
    if (std::find(closed.begin(), closed.end(), grade.id) == closed.end())
        return;
    auto const successor = new_grades_.find({school, grade.stages, grade.entry_year});
    bool const goes_on = successor != new_grades_.end();
    schools_[school].posts.push_back(
        {post, goes_on ? PostAction::hand_over : PostAction::end, goes_on ? successor->second : OrganisationId{}, 0});
}

void Planning::plan_class_post(
    directory::PostInClass const& post, ClassState const& state, std::map<GroupKey, std::int64_t>& next_intake)
{
    PlannedPost planned{post, PostAction::keep, {}, 0};
    auto const group = groups_.find(target_group(state));
    if (state.successor) {
        planned.action = PostAction::hand_over;
        planned.to = state.successor;
        planned.number = state.unit->number;
    } else if (state.closes()) {
        bool const is_leader = post.role == "class_teacher";
        bool const is_regrouped = state.plan.action == ClassAction::regroup;
        auto const wish = is_regrouped ? state.unit->number : is_leader ? ++next_intake[target_group(state)] : 0;
        planned.action = PostAction::end;
        if (is_leader && group != groups_.end())
            hand_over(planned, group->second, wish);
    }
    choose(planned, state, group == groups_.end() ? nullptr : &group->second);
    schools_[state.school].posts.push_back(std::move(planned));
}

GroupKey Planning::target_group(ClassState const& state) const
{
    bool const is_regrouped = state.plan.action == ClassAction::regroup;
    return {state.school, state.plan.stage, is_regrouped ? state.unit->entry_year : settings_.school_year};
}

void Planning::hand_over(PlannedPost& planned, YearGroup const& group, std::int64_t number)
{
    auto const found = std::find(group.numbers.begin(), group.numbers.end(), number);
    if (found == group.numbers.end())
        return;
    planned.action = PostAction::hand_over;
    planned.to = group.classes[static_cast<std::size_t>(found - group.numbers.begin())];
    planned.number = number;
}

void Planning::choose(PlannedPost& planned, ClassState const& state, YearGroup const* group)
{
    auto const choice = post_choices_.find(planned.post.id);
    if (choice == post_choices_.end())
        return;
    if (choice->second->action == PostAction::end)
        planned = {planned.post, PostAction::end, {}, 0};
    else if (choice->second->action == PostAction::keep && !state.closes())
        planned = {planned.post, PostAction::keep, {}, 0};
    else if (choice->second->action == PostAction::hand_over && group) {
        planned = {planned.post, PostAction::end, {}, 0};
        hand_over(planned, *group, choice->second->number);
        if (planned.action == PostAction::end)
            fault(state.school, state.unit->id, {}, "no_such_number",
                {fmt::format("{}要接的新班没有开设。", planned.post.name),
                    fmt::format("The new class that {} is to take over is not opened.", planned.post.name)});
    }
}

} // namespace concentric::enrolment
