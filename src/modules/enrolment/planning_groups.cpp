#include "modules/enrolment/planning.hpp"

#include "modules/directory/class_label.hpp"
#include "modules/directory/next_year.hpp"
#include "modules/directory/words.hpp"
#include "modules/enrolment/dealing.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::enrolment {

void Planning::open_regrouped()
{
    std::map<GroupKey, std::vector<ClassState*>> groups;
    for (auto const id : order_) {
        auto& state = classes_.at(id);
        if (state.is_clear && state.plan.action == ClassAction::regroup)
            groups[{state.school, state.plan.stage, state.unit->entry_year}].push_back(&state);
    }
    for (auto const& [key, states] : groups) {
        std::vector<NameSample> samples;
        for (auto const* state : states)
            samples.push_back(
                {directory::name_next_year(state->unit->name, state->plan.stage, state->plan.level - 1).value_or(state->unit->name),
                    state->unit->number});
        auto& group = group_at(key);
        auto const parent = grade_after(*states.front());
        add_classes(group, parent, size_of(key, static_cast<std::int64_t>(states.size())), samples);
    }
}

YearGroup& Planning::group_at(GroupKey const& key)
{
    auto& group = groups_[key];
    std::tie(group.school, group.stage, group.entry_year) = key;
    return group;
}

std::int64_t Planning::size_of(GroupKey const& key, std::int64_t usual) const
{
    auto const& [school, stage, entry_year] = key;
    for (auto const& choice : settings_.sizes)
        if (choice.school == schools_[school].school.id && choice.stage == stage && choice.entry_year == entry_year)
            return choice.classes;
    return usual;
}

void Planning::open_intakes()
{
    for (std::size_t school = 0; school < schools_.size(); ++school)
        for (auto const& stage : directory::split_list(schools_[school].school.stages)) {
            std::int64_t graduating = 0, present = 0;
            std::vector<NameSample> samples;
            std::vector<ClassState const*> ready;
            for (auto const id : order_) {
                auto const& state = classes_.at(id);
                if (state.school != school || !state.is_clear || state.plan.stage != stage)
                    continue;
                graduating += state.plan.action == ClassAction::graduate;
                if (state.unit->entry_year == settings_.school_year && ++present)
                    ready.push_back(&state);
                if (state.plan.level == 2 && directory::name_next_year(state.unit->name, stage, 1))
                    samples.push_back({state.unit->name, state.unit->number});
            }
            GroupKey const key{school, stage, settings_.school_year};
            auto const wanted = is_turned_now(school) ? size_of(key, present ? 0 : graduating) : 0;
            if (wanted == 0 && ready.empty())
                continue;
            auto& group = group_at(key);
            for (auto const* state : ready) {
                group.classes.push_back(state->unit->id);
                group.numbers.push_back(state->unit->number);
            }
            if (wanted > 0)
                add_classes(group, intake_grade(school, stage), wanted, samples);
        }
}

OrganisationId Planning::intake_grade(std::size_t school, std::string const& stage)
{
    auto const& grades = grades_[school];
    bool const has_classes
        = std::any_of(order_.begin(), order_.end(), [&](OrganisationId id) { return classes_.at(id).school == school; });
    if (grades.empty() && has_classes)
        return schools_[school].school.id;
    for (auto const* grade : grades)
        if (grade->stages == stage && grade->entry_year == settings_.school_year)
            return grade->id;
    for (auto const* grade : grades)
        if (grade->stages == stage && grade->entry_year == settings_.school_year - 1
            && directory::name_next_year(grade->name, stage, 1))
            return new_grade(school, grade->name, stage, settings_.school_year);
    return new_grade(school, directory::grade_name({stage, settings_.school_year, 0}, schools_[school].school.stages), stage,
        settings_.school_year);
}

void Planning::add_classes(YearGroup& group, OrganisationId parent, std::int64_t count, std::vector<NameSample> const& samples)
{
    std::set<std::int64_t> taken(group.numbers.begin(), group.numbers.end());
    for (auto const id : order_) {
        auto const& state = classes_.at(id);
        if (state.school == group.school && state.plan.stage == group.stage && state.unit->entry_year == group.entry_year
            && !state.closes())
            taken.insert(state.unit->number);
    }
    for (std::int64_t number = 1; count > 0; ++number) {
        if (taken.contains(number))
            continue;
        directory::ClassLabel const label{group.stage, static_cast<int>(group.entry_year), static_cast<int>(number)};
        auto name = name_like(samples, number).value_or(directory::class_name(label, schools_[group.school].school.stages));
        auto const& unit = open(group.school, parent, "class", std::move(name), group.stage, group.entry_year, number);
        group.classes.push_back(unit.id);
        group.numbers.push_back(number);
        --count;
    }
}

void Planning::deal_groups()
{
    for (auto const& [key, group] : groups_) {
        std::vector<Dealt> pupils;
        for (auto const& member : group.members) {
            auto const place = list_.find(member.pupil->id);
            pupils.push_back({member.pupil->sex, place == list_.end() ? 0 : place->second});
        }
        deal(pupils, group.numbers);
        for (std::size_t i = 0; i < pupils.size(); ++i) {
            auto const& member = group.members[i];
            if (pupils[i].class_ != Dealt::none)
                step(member.school, *member.pupil, member.kind, group.classes[pupils[i].class_]);
            else
                fault(group.school, member.pupil->class_, member.pupil->id, "no_such_number",
                    {fmt::format("分班名单里的{}班没有开设。", pupils[i].number),
                        fmt::format("The list names class {}, which is not opened.", pupils[i].number)});
        }
    }
}

} // namespace concentric::enrolment
