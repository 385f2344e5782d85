#include "modules/tally/rules.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/plan/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace concentric::tally {
namespace {

bool has_word(std::string_view list, std::string_view word)
{
    while (!list.empty()) {
        auto const item = list.substr(0, list.find(','));
        if (item == word)
            return true;
        list.remove_prefix(std::min(item.size() + 1, list.size()));
    }
    return false;
}

std::string audience_of(plan::Requirement const& requirement, std::string const& scope)
{
    std::string text = scope;
    for (auto const subject : requirement.subjects)
        text += (text.empty() || text == scope ? "" : "+") + std::string(name_of(subject));
    for (auto const stage : requirement.where.stages)
        text += "|" + std::string(name_of(stage));
    for (auto const& group : requirement.where.groups)
        text += "|group=" + group;
    for (auto const& kind : requirement.where.kinds)
        text += "|kind=" + kind;
    return text;
}

// A school's own plan speaks of communities and resources too; they are counted in the whole county.
bool lies_outside_schools(plan::Subject subject)
{
    return subject == plan::Subject::resource || subject == plan::Subject::community || subject == plan::Subject::guidance_station
        || subject == plan::Subject::county;
}

bool any_matches(std::vector<std::string> const& patterns, std::string_view kind)
{
    return std::any_of(patterns.begin(), patterns.end(), [&](auto const& pattern) { return plan::matches(pattern, kind); });
}

} // namespace

Calendar::Calendar(plan::Plan const& plan, plan::Per per, std::string_view window)
    : first_day_(days_since_1970(plan.from)), periods_(plan::periods_until(plan, per, window, plan.to))
{
    by_day_.assign(static_cast<std::size_t>(days_since_1970(plan.to) - first_day_ + 1), -1);
    for (std::size_t i = 0; i < periods_.size(); ++i)
        for (auto day = days_since_1970(periods_[i].from); day <= days_since_1970(periods_[i].to); ++day)
            if (auto const at = day - first_day_; at >= 0 && at < static_cast<std::int64_t>(by_day_.size()))
                by_day_[static_cast<std::size_t>(at)] = static_cast<std::int16_t>(i);
}

plan::Period const* Calendar::beginning(Day from) const
{
    auto const found = std::find_if(periods_.begin(), periods_.end(), [&](auto const& period) { return period.from == from; });
    return found == periods_.end() ? nullptr : &*found;
}

Rules::Rules(std::vector<std::shared_ptr<plan::InForce const>> plans, std::vector<std::string> const& scopes)
    : plans_(std::move(plans))
{
    for (std::size_t i = 0; i < plans_.size(); ++i)
        add(*plans_[i], scopes[i]);
    for (auto& points : points_)
        for (std::size_t i = 0; i < rules_.size(); ++i)
            if (rules_[i].version == points.version && rules_[i].counts_points() && rules_[i].kind == points.kind)
                points.feeds.push_back(i);
    for (auto const& kind : plan::catalogue()) {
        auto& matches = matches_[kind.name];
        for (std::size_t i = 0; i < rules_.size(); ++i) {
            auto const& requirement = *rules_[i].requirement;
            for (std::size_t part = 0; part < requirement.all.size(); ++part)
                if (any_matches(requirement.all[part].entries, kind.name))
                    matches.rules.push_back({i, static_cast<int>(part)});
            if (any_matches(requirement.excused_by, kind.name))
                matches.rules.push_back({i, excuses});
            if (requirement.rolling && requirement.rolling->start == kind.name)
                matches.rules.push_back({i, opens_window});
        }
        for (std::size_t i = 0; i < points_.size(); ++i)
            if (any_matches(points_[i].rule->entries, kind.name))
                matches.points.push_back(i);
    }
    std::vector<std::string_view> seen;
    for (auto const& rule : rules_)
        if (std::find(seen.begin(), seen.end(), rule.audience) == seen.end()) {
            seen.push_back(rule.audience);
            audiences_.push_back(&rule);
        }
}

void Rules::add(plan::InForce const& version, std::string const& plan_scope)
{
    for (auto const& requirement : version.plan.requirements) {
        auto const scope = lies_outside_schools(requirement.subjects.front()) ? "" : plan_scope;
        rules_.push_back(
            {version.numbers.at(requirement.key), &version, &requirement, calendar(version, requirement.per, requirement.window),
                kind_of(requirement.subjects.front()), scope, audience_of(requirement, scope)});
    }
    for (auto const& rule : version.plan.points)
        points_.push_back({version.numbers.at(rule.key), &version, &rule,
            rule.cap_per ? calendar(version, *rule.cap_per, "") : nullptr, kind_of(rule.to), {}});
}

Calendar const* Rules::calendar(plan::InForce const& version, plan::Per per, std::string_view window)
{
    auto& made = calendars_[fmt::format("{}/{}/{}", version.id.value, name_of(per), window)];
    if (!made)
        made = std::make_unique<Calendar>(version.plan, per, window);
    return made.get();
}

// The path of the one organisation that a plan is for; empty for the whole county.
static std::string scope_of(Call& call, plan::InForce const& version)
{
    auto const unit = version.unit ? directory::organisation(call.db, call.county, version.unit) : std::nullopt;
    return unit ? unit->path : "";
}

std::shared_ptr<Rules const> Rules::in_force(Call& call)
{
    static std::mutex mutex;
    static std::map<std::string, std::shared_ptr<Rules const>> known;
    auto plans = plan::in_force(call);
    std::string key = std::to_string(call.county);
    std::vector<std::string> scopes;
    for (auto const& version : plans) {
        scopes.push_back(scope_of(call, *version));
        key += fmt::format(" {}{}", version->id.value, scopes.back());
    }
    std::scoped_lock const lock(mutex);
    auto& rules = known[key];
    if (!rules)
        rules = std::make_shared<Rules const>(std::move(plans), scopes);
    return rules;
}

std::shared_ptr<Rules const> Rules::of(Call& call, std::shared_ptr<plan::InForce const> plan)
{
    if (!plan)
        return std::make_shared<Rules const>(std::vector<std::shared_ptr<plan::InForce const>>{}, std::vector<std::string>{});
    auto const scope = scope_of(call, *plan);
    return std::make_shared<Rules const>(std::vector{std::move(plan)}, std::vector{scope});
}

KindMatches const& Rules::matches(std::string_view kind) const
{
    static KindMatches const none;
    auto const found = matches_.find(kind);
    return found == matches_.end() ? none : found->second;
}

Rule const* Rules::find(std::int64_t number) const
{
    auto const found = std::find_if(rules_.begin(), rules_.end(), [&](Rule const& rule) { return rule.number == number; });
    return found == rules_.end() ? nullptr : &*found;
}

SubjectKind kind_of(plan::Subject subject)
{
    switch (subject) {
    case plan::Subject::student: return SubjectKind::student;
    case plan::Subject::family: return SubjectKind::family;
    case plan::Subject::carer: return SubjectKind::carer;
    case plan::Subject::staff: return SubjectKind::staff;
    default: return SubjectKind::organisation;
    }
}

std::string_view organisation_kind(plan::Subject subject) { return name_of(subject); }

bool is_audience(Rule const& rule, Membership const& membership)
{
    auto const& requirement = *rule.requirement;
    auto const& where = requirement.where;
    if (!membership.path.starts_with(rule.scope))
        return false;
    if (rule.kind == SubjectKind::organisation
        && std::none_of(requirement.subjects.begin(), requirement.subjects.end(),
            [&](auto s) { return organisation_kind(s) == membership.kind; }))
        return false;
    if (!where.stages.empty() && std::none_of(where.stages.begin(), where.stages.end(), [&](auto stage) {
            return has_word(membership.stages, name_of(stage));
        }))
        return false;
    if (!where.groups.empty()
        && std::none_of(where.groups.begin(), where.groups.end(), [&](auto const& g) { return has_word(membership.groups, g); }))
        return false;
    return where.kinds.empty() || std::find(where.kinds.begin(), where.kinds.end(), membership.resource_kind) != where.kinds.end();
}

} // namespace concentric::tally
