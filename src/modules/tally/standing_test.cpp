#include "modules/tally/figures.hpp"
#include "modules/tally/standing.hpp"

#include <gtest/gtest.h>

namespace concentric::tally {
namespace {

using plan::Measure;

TEST(Amounts, are_entries_minutes_or_what_point_rules_give)
{
    EXPECT_EQ(amount_of(Measure::entries, {90, 1, false}), 1);
    EXPECT_EQ(amount_of(Measure::entries, {0, 3, true}), -3);
    EXPECT_EQ(amount_of(Measure::minutes, {90, 1, false}), 90);
    EXPECT_EQ(amount_of(Measure::minutes, {90, 1, true}), -90);
    EXPECT_EQ(amount_of(Measure::points, {90, 1, false}), 0);
}

TEST(Points, come_by_entry_by_count_by_clock_hour_or_by_credit_hour)
{
    plan::Plan plan;
    plan.credit_hour_minutes = 45;
    plan::PointRule rule;

    auto const earned = [&](Figures const& figures) { return earned_points(plan, rule, raw_points(plan, rule, figures)); };

    rule.per_entry = 1000;
    EXPECT_EQ(earned({90, 2, false}), 1000);

    rule = {};
    rule.per_count = 100;
    EXPECT_EQ(earned({90, 2, false}), 200);

    rule = {};
    rule.per_hour = 500;
    EXPECT_EQ(earned({90, 1, false}), 750);
    EXPECT_EQ(earned({90, 1, true}), -750);

    rule.by_credit_hour = true;
    EXPECT_EQ(earned({90, 1, false}), 1000);
}

TEST(Points, are_rounded_only_after_they_were_added_up)
{
    plan::Plan const plan;
    plan::PointRule rule;
    rule.per_hour = 500;
    auto const fifty_minutes = raw_points(plan, rule, {50, 1, false});

    EXPECT_EQ(earned_points(plan, rule, fifty_minutes), 416);
    EXPECT_EQ(earned_points(plan, rule, 3 * fifty_minutes), 1250);

    rule.cap_per = plan::Per::term;
    rule.cap = 1000;
    EXPECT_EQ(earned_points(plan, rule, 3 * fifty_minutes), 1000);
}

TEST(Units, are_read_off_a_path)
{
    std::vector<std::int64_t> units;
    add_units("/1/5/9/", units);
    add_units("/1/5/12/", units);
    EXPECT_EQ(units, (std::vector<std::int64_t>{1, 5, 9, 12}));
}

struct RuleOfPupils {
    RuleOfPupils()
    {
        requirement.all = {{{"visit.home"}, Measure::entries, 2, {{plan::Stage::kindergarten, 1}}}};
        rule.requirement = &requirement;
    }
    plan::Requirement requirement;
    Rule rule;
};

Membership in_class(char const* path, char const* stage, Day from, Day to = latest_day)
{
    return {7, {9}, path, "class", stage, "", "", from, to};
}

TEST(Standing, follows_the_membership_on_the_last_day)
{
    RuleOfPupils const given;
    std::vector<Membership> const moved{
        in_class("/1/5/", "primary", {20250901}, {20251031}), in_class("/1/6/", "primary", {20251101})};

    auto const result = standing(given.rule, {{2}, 0}, moved, {20260120});

    EXPECT_EQ(result.state, State::covered);
    EXPECT_EQ(result.units, (std::vector<std::int64_t>{1, 6}));
}

TEST(Standing, asks_less_of_a_stage_with_a_number_of_its_own)
{
    RuleOfPupils const given;

    EXPECT_EQ(standing(given.rule, {{1}, 0}, std::vector{in_class("/1/5/", "kindergarten", {20250901})}, {20260120}).state,
        State::covered);
    EXPECT_EQ(
        standing(given.rule, {{1}, 0}, std::vector{in_class("/1/5/", "primary", {20250901})}, {20260120}).state, State::missing);
}

TEST(Standing, excuses_only_whoever_is_not_covered)
{
    RuleOfPupils const given;
    std::vector const here{in_class("/1/5/", "primary", {20250901})};

    EXPECT_EQ(standing(given.rule, {{1}, 1}, here, {20260120}).state, State::excused);
    EXPECT_EQ(standing(given.rule, {{2}, 1}, here, {20260120}).state, State::covered);
}

TEST(Standing, counts_nobody_outside_the_plans_own_organisation)
{
    RuleOfPupils given;
    given.rule.scope = "/1/5/";

    EXPECT_TRUE(standing(given.rule, {{2}, 0}, std::vector{in_class("/1/6/9/", "primary", {20250901})}, {20260120}).units.empty());
    EXPECT_EQ(standing(given.rule, {{2}, 0}, std::vector{in_class("/1/5/9/", "primary", {20250901})}, {20260120}).units.size(), 3u);
}

struct RollingRule : RuleOfPupils {
    RollingRule()
    {
        requirement.all = {{{"course.required"}, Measure::minutes, 675, {}}, {{"live.attended"}, Measure::minutes, 90, {}}};
        requirement.rolling = plan::Rolling{3, "training.enrolled"};
    }
    static std::int64_t day(Day day) { return days_since_1970(day); }
};

TEST(RollingWindow, takes_the_first_one_in_which_all_is_reached)
{
    RollingRule const given;
    std::vector<Dated> const things{{given.day({20250301}), opens_window, 1}, {given.day({20250310}), 0, 600},
        {given.day({20250701}), opens_window, 1}, {given.day({20250702}), 0, 675}, {given.day({20250930}), 1, 90}};

    EXPECT_EQ(rolling_amounts(given.rule, things).parts, (std::vector<std::int64_t>{675, 90}));
}

TEST(RollingWindow, ends_before_the_same_day_three_months_later)
{
    RollingRule const given;
    std::vector<Dated> const things{
        {given.day({20250301}), opens_window, 1}, {given.day({20250531}), 0, 675}, {given.day({20250601}), 1, 90}};

    EXPECT_EQ(rolling_amounts(given.rule, things).parts, (std::vector<std::int64_t>{675, 0}));
}

TEST(RollingWindow, is_gone_when_its_opening_was_taken_back)
{
    RollingRule const given;
    std::vector<Dated> const things{
        {given.day({20250301}), opens_window, 1}, {given.day({20250301}), opens_window, -1}, {given.day({20250310}), 0, 675}};

    EXPECT_EQ(rolling_amounts(given.rule, things).parts, (std::vector<std::int64_t>{0, 0}));
}

TEST(Outlook, compares_the_share_with_the_time_that_has_gone)
{
    plan::Period const term{{20250901}, {20260120}, {}}; // 142 days
    Figure const nobody{}, all{10, 10, 0}, half{10, 5, 0}, excused{10, 5, 5};

    EXPECT_EQ(outlook(nobody, 1, term, {20251001}), Outlook::no_subjects);
    EXPECT_EQ(outlook(all, 1, term, {20250902}), Outlook::met);
    EXPECT_EQ(outlook(excused, 1, term, {20250902}), Outlook::met);
    EXPECT_EQ(outlook(half, 0.5, term, {20260120}), Outlook::met);
    EXPECT_EQ(outlook(half, 1, term, {20251110}), Outlook::on_course); // exactly half of the time gone
    EXPECT_EQ(outlook(half, 1, term, {20251231}), Outlook::at_risk); // 122 of 142 days
    EXPECT_EQ(outlook(half, 1, term, {20260120}), Outlook::at_risk);
    EXPECT_EQ(outlook(half, 1, term, {20260121}), Outlook::missed);
}

} // namespace
} // namespace concentric::tally
