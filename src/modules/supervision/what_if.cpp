#include "modules/supervision/what_if.hpp"

#include "modules/supervision/wording.hpp"

#include <algorithm>
#include <chrono>

namespace concentric::supervision {
namespace {

TriedPlan tried(plan::InForce const& version)
{
    return {version.id, version.plan.key, version.version, version.plan.title, version.plan.from, version.plan.to};
}

std::optional<TriedRule> tried(tally::Rule const* rule, plan::Period const* period, Day day)
{
    if (!rule || !period)
        return std::nullopt;
    auto const& requirement = *rule->requirement;
    return TriedRule{needs_words(rule->version->plan, requirement), counted_words(requirement), period->title, period->from,
        period->to, plan::target_at(requirement, std::min(day, period->to))};
}

PlanChange change_of(bool was, bool is, bool differs)
{
    return !was ? PlanChange::added : !is ? PlanChange::removed : differs ? PlanChange::changed : PlanChange::same;
}

TriedObligation tried(tally::ObligationOutcome const& outcome, Day day)
{
    auto const& rule = outcome.after ? *outcome.after : *outcome.before;
    auto const& requirement = *rule.requirement;
    TriedObligation obligation{requirement.key, requirement.title, requirement.ring, requirement.source, rule.kind,
        PlanChange::same, tried(outcome.before, outcome.period_before, day), tried(outcome.after, outcome.period_after, day), {}};
    if (outcome.before && outcome.after)
        obligation.differences = changes_of(
            outcome.before->version->plan, *outcome.before->requirement, outcome.after->version->plan, *outcome.after->requirement);
    obligation.change = change_of(outcome.before, outcome.after, !obligation.differences.empty());
    for (auto const* side : {outcome.before, outcome.after})
        obligation.is_of_groups |= side && !side->requirement->where.groups.empty();
    return obligation;
}

plan::PointRule const* find(plan::InForce const* version, std::string const& key)
{
    if (!version)
        return nullptr;
    auto const& rules = version->plan.points;
    auto const found = std::find_if(rules.begin(), rules.end(), [&](auto const& rule) { return rule.key == key; });
    return found == rules.end() ? nullptr : &*found;
}

TriedPointRule tried(plan::PointRule const* before, plan::PointRule const* after)
{
    auto const& rule = after ? *after : *before;
    auto differences = before && after ? changes_of(*before, *after) : std::vector<ChangedAspect>();
    auto const change = change_of(before, after, !differences.empty());
    return {rule.key, rule.title, subject_words(rule.to), change, before ? award_words(*before) : Words{},
        after ? award_words(*after) : Words{}, std::move(differences)};
}

std::vector<TriedPointRule> point_rules_of(plan::InForce const* before, plan::InForce const& after)
{
    std::vector<TriedPointRule> rules;
    for (auto const& rule : after.plan.points)
        rules.push_back(tried(find(before, rule.key), &rule));
    if (before)
        for (auto const& rule : before->plan.points)
            if (!find(&after, rule.key))
                rules.push_back(tried(&rule, nullptr));
    return rules;
}

std::vector<PointsChange> changes(std::vector<tally::PointsOutcome::Change> const& all)
{
    std::vector<PointsChange> changes;
    for (auto const& one : all)
        changes.push_back({one.subject, one.before, one.after});
    return changes;
}

} // namespace

Trial try_plan(Call& call, std::shared_ptr<plan::InForce const> plan, std::shared_ptr<plan::InForce const> against, Day day,
    Progress* progress)
{
    auto const start = std::chrono::steady_clock::now();
    auto const rules_before = tally::Rules::of(call, against), rules_after = tally::Rules::of(call, plan);
    auto outcome = tally::what_if(call, *rules_before, *rules_after, day, progress);
    Trial trial{{tried(*plan), against ? std::optional(tried(*against)) : std::nullopt, day, outcome.entries, 0, {},
                    point_rules_of(against.get(), *plan), {}, {}},
        std::move(outcome.obligations)};
    auto& summary = trial.summary;
    for (auto& one : trial.outcomes) {
        summary.obligations.push_back(tried(one, day));
        one.before = one.after = nullptr; // they end with the rules
        one.period_before = one.period_after = nullptr;
    }
    for (auto const& one : outcome.points)
        summary.points.push_back({one.kind, one.gain, one.lose, one.same, one.before, one.after, one.distribution,
            changes(one.top_gains), changes(one.top_losses)});
    for (auto const& one : outcome.credentials) {
        auto const& credential = one.after ? *one.after : *one.before;
        bool const differs = one.before && one.after && one.before->needs != one.after->needs;
        summary.credentials.push_back({credential.key, credential.title, change_of(one.before, one.after, differs),
            one.holders_before, one.holders_after, one.earned, one.lost});
    }
    summary.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
    return trial;
}

} // namespace concentric::supervision
