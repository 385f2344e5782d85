#include "modules/tally/standing.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace concentric::tally {

bool Amounts::is_nothing() const
{
    return excuses == 0 && std::all_of(parts.begin(), parts.end(), [](auto amount) { return amount == 0; });
}

std::int64_t minutes_of_hour(plan::Plan const& plan, plan::PointRule const& rule)
{
    return rule.by_credit_hour ? plan.credit_hour_minutes : 60;
}

std::int64_t raw_points(plan::Plan const& plan, plan::PointRule const& rule, Figures const& figures)
{
    auto const points
        = (rule.per_entry + rule.per_count * figures.count) * minutes_of_hour(plan, rule) + rule.per_hour * figures.minutes;
    return figures.is_reversal ? -points : points;
}

std::int64_t earned_points(plan::Plan const& plan, plan::PointRule const& rule, std::int64_t raw)
{
    auto const points = raw / minutes_of_hour(plan, rule);
    return rule.cap_per ? std::clamp<std::int64_t>(points, 0, rule.cap) : points;
}

std::int64_t needed(plan::Part const& part, std::span<std::string_view const> stages)
{
    std::optional<std::int64_t> least;
    for (auto const& stage : part.by_stage)
        if (std::find(stages.begin(), stages.end(), name_of(stage.stage)) != stages.end())
            least = std::min(least.value_or(stage.at_least), stage.at_least);
    return least.value_or(part.at_least);
}

std::vector<std::int64_t> needs_of(plan::Requirement const& requirement, std::span<std::string_view const> stages)
{
    std::vector<std::int64_t> needs;
    for (auto const& part : requirement.all)
        needs.push_back(needed(part, stages));
    return needs;
}

void add_units(std::string_view path, std::vector<std::int64_t>& units)
{
    char const* at = path.data();
    char const* const end = at + path.size();
    while (at < end) {
        std::int64_t id = 0;
        auto const [next, error] = std::from_chars(at + (*at == '/'), end, id);
        if (error == std::errc() && std::find(units.begin(), units.end(), id) == units.end())
            units.push_back(id);
        at = std::max(next, at + 1);
    }
}

void add_stages(std::string_view list, std::vector<std::string_view>& stages)
{
    while (!list.empty()) {
        auto const stage = list.substr(0, list.find(','));
        stages.push_back(stage);
        list.remove_prefix(std::min(stage.size() + 1, list.size()));
    }
}

Standing standing(Rule const& rule, Amounts const& amounts, std::span<Membership const> memberships, Day on)
{
    Standing result;
    std::vector<std::string_view> stages;
    for (auto const& membership : memberships)
        if (membership.from_day <= on && on <= membership.to_day && is_audience(rule, membership)) {
            add_units(membership.path, result.units);
            add_stages(membership.stages, stages);
        }
    result.state = state_of(amounts.parts, amounts.excuses, needs_of(*rule.requirement, stages));
    return result;
}

Amounts rolling_amounts(Rule const& rule, std::span<Dated const> things)
{
    auto const& parts = rule.requirement->all;
    std::map<std::int64_t, std::int64_t> openings;
    for (auto const& thing : things)
        if (thing.part == opens_window)
            openings[thing.day] += thing.amount;
    Amounts newest{std::vector<std::int64_t>(parts.size()), 0};
    for (auto const& [opened, times] : openings) {
        if (times <= 0) // taken back
            continue;
        auto const end = days_since_1970(plus_months(day_from(opened), rule.requirement->rolling->months));
        Amounts window{std::vector<std::int64_t>(parts.size()), 0};
        for (auto const& thing : things)
            if (thing.day >= opened && thing.day < end && thing.part >= 0)
                window.parts[static_cast<std::size_t>(thing.part)] += thing.amount;
        newest.parts = window.parts;
        if (std::equal(parts.begin(), parts.end(), window.parts.begin(),
                [](auto const& part, auto amount) { return amount >= part.at_least; }))
            break;
    }
    for (auto const& thing : things)
        if (thing.part == excuses)
            newest.excuses += thing.amount;
    return newest;
}

} // namespace concentric::tally
