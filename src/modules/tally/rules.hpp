#pragma once

#include "modules/directory/memberships.hpp"
#include "modules/plan/periods.hpp"
#include "modules/plan/plans.hpp"

#include <unordered_map>

// The plans in force, made ready for counting: which rules an entry of a kind touches, and in which period a day falls.
namespace concentric::tally {

using directory::Membership;
using directory::SubjectKind;

// A plan's periods of one kind as a table, so that finding a day's period costs one look.
class Calendar {
public:
    Calendar(plan::Plan const& plan, plan::Per per, std::string_view window);
    // The period that holds the day (days since 1970), or nullptr.
    plan::Period const* at(std::int64_t day) const
    {
        auto const index = index_at(day);
        return index < 0 ? nullptr : &periods_[static_cast<std::size_t>(index)];
    }
    // Its place among periods(), or -1.
    int index_at(std::int64_t day) const
    {
        auto const at = day - first_day_;
        return at < 0 || at >= static_cast<std::int64_t>(by_day_.size()) ? -1 : by_day_[static_cast<std::size_t>(at)];
    }
    plan::Period const* beginning(Day from) const;
    std::vector<plan::Period> const& periods() const { return periods_; }
    std::size_t index_of(plan::Period const* period) const { return static_cast<std::size_t>(period - periods_.data()); }

private:
    std::int64_t first_day_;
    std::vector<std::int16_t> by_day_; // index of the period, -1 for none
    std::vector<plan::Period> periods_;
};

// A requirement in force.
struct Rule {
    std::int64_t number = 0;
    plan::InForce const* version = nullptr;
    plan::Requirement const* requirement = nullptr;
    Calendar const* calendar = nullptr;
    SubjectKind kind = SubjectKind::student;
    std::string scope; // path of the one organisation that the plan is for; empty: the whole county
    std::string audience; // names the set of subjects: rules with the same audience share headcounts
    bool counts_points() const { return requirement->all.front().measure == plan::Measure::points; }
};

// A point rule in force.
struct PointsRule {
    std::int64_t number = 0;
    plan::InForce const* version = nullptr;
    plan::PointRule const* rule = nullptr;
    Calendar const* caps = nullptr; // periods of the cap; nullptr without one: each day by itself
    SubjectKind kind = SubjectKind::carer;
    std::vector<std::size_t> feeds; // indexes of the rules that count this plan's points on this kind of subject
};

// What an entry of a kind does to a rule: adds to a part of it, excuses the subject, or opens a rolling window.
inline constexpr int excuses = -1;
inline constexpr int opens_window = -2;
struct Match {
    std::size_t rule;
    int part;
};

struct KindMatches {
    std::vector<Match> rules;
    std::vector<std::size_t> points;
    bool empty() const { return rules.empty() && points.empty(); }
};

class Rules {
public:
    // `scopes` are the paths of the plans' own organisations, empty for the whole county.
    Rules(std::vector<std::shared_ptr<plan::InForce const>> plans, std::vector<std::string> const& scopes);
    // Those of the plans in force; made once for each set of versions.
    static std::shared_ptr<Rules const> in_force(Call& call);
    // Those of one plan, in force or not; none of nullptr.
    static std::shared_ptr<Rules const> of(Call& call, std::shared_ptr<plan::InForce const> plan);

    std::vector<std::shared_ptr<plan::InForce const>> const& plans() const { return plans_; }

    std::vector<Rule> const& rules() const { return rules_; }
    std::vector<PointsRule> const& points() const { return points_; }
    KindMatches const& matches(std::string_view kind) const;
    // The rule of that number, or nullptr.
    Rule const* find(std::int64_t number) const;
    std::size_t index_of(Rule const& rule) const { return static_cast<std::size_t>(&rule - rules_.data()); }
    // One rule for each audience, in the order of rules.
    std::vector<Rule const*> const& audiences() const { return audiences_; }

private:
    void add(plan::InForce const& version, std::string const& scope);
    Calendar const* calendar(plan::InForce const& version, plan::Per per, std::string_view window);

    std::vector<std::shared_ptr<plan::InForce const>> plans_;
    std::unordered_map<std::string, std::unique_ptr<Calendar>> calendars_;
    std::vector<Rule> rules_;
    std::vector<PointsRule> points_;
    std::vector<Rule const*> audiences_;
    std::unordered_map<std::string_view, KindMatches> matches_; // by kind of the catalogue
};

SubjectKind kind_of(plan::Subject subject);
// The word for an organisation of that subject in the tree: "class", "resource" …
std::string_view organisation_kind(plan::Subject subject);

// Whether a membership puts its subject into the rule's audience (its days apart).
bool is_audience(Rule const& rule, Membership const& membership);

} // namespace concentric::tally
