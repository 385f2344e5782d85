#include "modules/supervision/overlapping_groups.hpp"

#include "modules/directory/words.hpp"

#include <algorithm>

namespace concentric::supervision {
namespace {

bool ranks_before(RuleBeside const& one, tally::Rule const& rule, lib::Parts const& parts)
{
    return one.parts.count() != parts.count() ? one.parts.count() > parts.count() : one.rule->audience < rule.audience;
}

bool counts_alike(plan::Requirement const& one, plan::Requirement const& other)
{
    return one.excused_by == other.excused_by
        && std::ranges::equal(
            one.all, other.all, [](plan::Part const& part, plan::Part const& like) { return to_json(part) == to_json(like); });
}

} // namespace

// A part for each stage and each set of groups that a child may be in; "special care" are all who are in any.
lib::Parts parts_of(plan::Where const& where)
{
    auto const& groups = directory::student_groups();
    static constexpr plan::Stage stages[]{
        plan::Stage::kindergarten, plan::Stage::primary, plan::Stage::junior, plan::Stage::senior};
    auto const sets = (std::size_t{1} << groups.size()) - 1;
    auto const names = [&](auto const& list, std::string_view name) { return std::ranges::find(list, name) != list.end(); };
    bool const is_any = names(where.groups, directory::special_care);
    lib::Parts parts;
    for (std::size_t stage = 0; stage < std::size(stages); ++stage)
        for (std::size_t set = 1; set <= sets; ++set) {
            bool is_of_group = is_any;
            for (std::size_t group = 0; group < groups.size(); ++group)
                is_of_group = is_of_group || ((set >> group & 1) && names(where.groups, groups[group].name));
            bool const is_of_stage = where.stages.empty() || std::ranges::find(where.stages, stages[stage]) != where.stages.end();
            parts.set(stage * sets + set - 1, is_of_group && is_of_stage);
        }
    return parts;
}

std::vector<RuleBeside> rules_beside(tally::Rules const& rules, tally::Rule const& rule)
{
    auto const own = parts_of(rule.requirement->where);
    std::vector<RuleBeside> beside;
    for (auto const& other : rules.rules()) {
        auto const& requirement = *other.requirement;
        if (requirement.where.groups.empty() || requirement.subjects != rule.requirement->subjects)
            continue;
        RuleBeside one{&other, parts_of(requirement.where), counts_alike(requirement, *rule.requirement)};
        if (one.parts == own || (one.parts & own).none() || !ranks_before(one, rule, own))
            continue;
        auto const known = std::ranges::find(beside, one.parts, &RuleBeside::parts);
        if (known == beside.end())
            beside.push_back(one);
        else if (one.counts_alike)
            *known = one;
    }
    return beside;
}

} // namespace concentric::supervision
