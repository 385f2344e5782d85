#include "modules/service/targets.hpp"

#include "modules/plan/catalogue.hpp"

#include <algorithm>

namespace concentric::service {
namespace {

bool asks_for_service(plan::Part const& part)
{
    return part.measure == plan::Measure::minutes
        && std::ranges::any_of(part.entries, [](auto const& pattern) { return pattern.starts_with("service."); });
}

} // namespace

std::vector<Target> targets_of(tally::Rules const& rules)
{
    std::vector<Target> targets;
    for (auto const& rule : rules.rules()) {
        if (rule.kind != tally::SubjectKind::student || rule.requirement->purpose == plan::Purpose::award)
            continue;
        auto const& parts = rule.requirement->all;
        if (auto const found = std::ranges::find_if(parts, asks_for_service); found != parts.end())
            targets.push_back({&rule, static_cast<std::size_t>(found - parts.begin())});
    }
    return targets;
}

std::optional<Target> target_called(tally::Rules const& rules, std::optional<std::int64_t> number)
{
    auto const targets = targets_of(rules);
    auto const found
        = number ? std::ranges::find(targets, *number, [](auto const& one) { return one.rule->number; }) : targets.begin();
    if (found != targets.end())
        return *found;
    if (number)
        throw not_found({"社区服务指标", "obligation of service"});
    return std::nullopt;
}

bool counts(Target const& target, std::string_view kind)
{
    return std::ranges::any_of(
        target.rule->requirement->all[target.part].entries, [&](auto const& pattern) { return plan::matches(pattern, kind); });
}

TargetView view_of(Call& call, Target const& target, plan::Period const& period)
{
    auto const& requirement = *target.rule->requirement;
    TargetView view{target.rule->number, call.say(requirement.title),
        call.say(supervision::needs_words(target.rule->version->plan, requirement)), period.from, period.to, call.say(period.title),
        {}};
    for (auto const& kind : plan::catalogue())
        if (counts(target, kind.name))
            view.kinds.push_back(call.say({std::string(kind.zh), std::string(kind.en)}));
    return view;
}

Targets list_targets(Call& call, Nothing const&)
{
    auto const rules = tally::Rules::in_force(call);
    Targets targets;
    for (auto const& target : targets_of(*rules))
        if (auto const* const period = supervision::period_for(*target.rule, call.today()))
            targets.items.push_back(view_of(call, target, *period));
    return targets;
}

} // namespace concentric::service
