#include "modules/xapi/rules.hpp"

#include <algorithm>
#include <tuple>

namespace concentric::xapi {

static bool names(Rule const& rule, std::string_view activity)
{
    if (rule.activity.empty() || rule.activity == activity)
        return true;
    return rule.activity.ends_with('*')
        && activity.starts_with(std::string_view(rule.activity).substr(0, rule.activity.size() - 1));
}

// Smaller is closer.
static auto distance_of(Rule const& rule)
{
    bool const is_exact = !rule.activity.empty() && !rule.activity.ends_with('*');
    return std::tuple(!is_exact, -static_cast<std::int64_t>(rule.activity.size()), rule.id);
}

Rule const* rule_for(Statement const& statement, std::span<Rule const> rules)
{
    Rule const* best = nullptr;
    for (auto const& rule : rules)
        if (!statement.activity.empty() && rule.verb == statement.verb && names(rule, statement.activity)
            && (!best || distance_of(rule) < distance_of(*best)))
            best = &rule;
    return best;
}

std::int64_t minutes_of(Statement const& statement, Rule const& rule)
{
    return std::min(statement.seconds / 60, rule.most_minutes);
}

} // namespace concentric::xapi
