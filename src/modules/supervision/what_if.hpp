#pragma once

#include "modules/plan/plans.hpp"
#include "modules/supervision/plan_changes.hpp"
#include "modules/tally/what_if.hpp"

// What-if (试算): tries a changed plan over the ledger as it is, before it is put in force, and says what it would change for whom.
namespace concentric::supervision {

struct TriedPlan {
    plan::PlanId id; // none for a text that was not loaded
    std::string key;
    std::int64_t version = 0; // 0 for such a text
    Words title;
    Day from, to;
};
BOOST_DESCRIBE_STRUCT(TriedPlan, (), (id, key, version, title, from, to))

// An obligation in the words of one of the two plans, in the period that holds the day asked for.
struct TriedRule {
    Words needs, subjects, period;
    Day from, to; // of the period
    double target = 0;
};
BOOST_DESCRIBE_STRUCT(TriedRule, (), (needs, subjects, period, from, to, target))

struct TriedObligation {
    std::string key;
    Words title;
    plan::Ring ring = plan::Ring::school;
    std::string source;
    tally::SubjectKind subject_kind = tally::SubjectKind::student;
    PlanChange change = PlanChange::same;
    std::optional<TriedRule> before, after;
    std::vector<ChangedAspect> differences;
    bool is_of_groups = false; // of children in need, by either plan
};
BOOST_DESCRIBE_STRUCT(
    TriedObligation, (), (key, title, ring, source, subject_kind, change, before, after, differences, is_of_groups))

struct TriedPointRule {
    std::string key;
    Words title, goes_to;
    PlanChange change = PlanChange::same;
    Words before, after; // what it gives; empty where it is not
    std::vector<ChangedAspect> differences;
};
BOOST_DESCRIBE_STRUCT(TriedPointRule, (), (key, title, goes_to, change, before, after, differences))

struct PointsChange {
    std::int64_t subject = 0;
    std::int64_t before = 0, after = 0; // hundredths
};
BOOST_DESCRIBE_STRUCT(PointsChange, (), (subject, before, after))

struct TriedPoints {
    tally::SubjectKind subject_kind = tally::SubjectKind::carer;
    std::int64_t gain = 0, lose = 0, same = 0; // subjects with any points
    std::int64_t before = 0, after = 0; // hundredths, of all together
    std::vector<std::int64_t> distribution; // subjects by tally::points_buckets
    std::vector<PointsChange> top_gains, top_losses;
};
BOOST_DESCRIBE_STRUCT(TriedPoints, (), (subject_kind, gain, lose, same, before, after, distribution, top_gains, top_losses))

struct TriedCredential {
    std::string key;
    Words title;
    PlanChange change = PlanChange::same;
    std::int64_t holders_before = 0, holders_after = 0, earned = 0, lost = 0;
};
BOOST_DESCRIBE_STRUCT(TriedCredential, (), (key, title, change, holders_before, holders_after, earned, lost))

// All of a trial that does not depend on the organisation that is looked at.
struct TrialSummary {
    TriedPlan plan;
    std::optional<TriedPlan> against; // none: the county has no plan of that key
    Day day;
    std::int64_t entries = 0; // read
    std::int64_t milliseconds = 0;
    std::vector<TriedObligation> obligations;
    std::vector<TriedPointRule> point_rules;
    std::vector<TriedPoints> points;
    std::vector<TriedCredential> credentials;
};
BOOST_DESCRIBE_STRUCT(TrialSummary, (), (plan, against, day, entries, milliseconds, obligations, point_rules, points, credentials))

struct Trial {
    TrialSummary summary;
    std::vector<tally::ObligationOutcome> outcomes; // of summary.obligations, in the same order; their rules are not kept
};

// Tries `plan` against `against` (nullptr: nothing) with the periods that hold the day. Writes nothing.
Trial try_plan(Call& call, std::shared_ptr<plan::InForce const> plan, std::shared_ptr<plan::InForce const> against, Day day,
    Progress* progress = nullptr);

} // namespace concentric::supervision
