#pragma once

#include "core/route.hpp"
#include "modules/recognition/tables.hpp"

// Growth points (成长积分) as their owner sees them: each line names what was done, the rule, and the version of the plan.
namespace concentric::recognition {

struct PointsTotalView {
    std::int64_t rule = 0;
    std::string title, period;
    Day from;
    double worth = 0, counted = 0; // before and after the cap
    std::optional<double> cap;
};
BOOST_DESCRIBE_STRUCT(PointsTotalView, (), (rule, title, period, from, worth, counted, cap))

struct PointsLineView {
    std::int64_t rule = 0;
    EntryId entry;
    Instant happened_at;
    std::string kind_name, rule_title, plan_title, source;
    std::int64_t plan_version = 0, minutes = 0, count = 0;
    double worth = 0, counted = 0, cut = 0;
    bool is_reversal = false;
    Day appeal_until; // the last day: so many days of the setting appeal_days after the record
    bool may_appeal = false;
};
BOOST_DESCRIBE_STRUCT(PointsLineView, (),
    (rule, entry, happened_at, kind_name, rule_title, plan_title, source, plan_version, minutes, count, worth, counted, cut,
        is_reversal, appeal_until, may_appeal))

struct PointsView {
    double total = 0;
    std::vector<PointsTotalView> totals; // the latest period first
    std::vector<PointsLineView> lines; // the latest first, at most 500
    std::int64_t appeal_days = 0;
};
BOOST_DESCRIBE_STRUCT(PointsView, (), (total, totals, lines, appeal_days))

// As a carer, as a member of staff and as a pupil, whichever the person is.
PointsView points_of(Call&, PersonId);

// How long points may be appealed against, and how long an answer may take: set once at the start.
struct AppealTerms {
    std::int64_t days = 60, answer_days = 15;
};
void configure_appeals(AppealTerms);
AppealTerms const& appeal_terms();

Routes points_routes();

} // namespace concentric::recognition
