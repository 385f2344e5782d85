#include "modules/plan/periods.hpp"

#include <gtest/gtest.h>

namespace concentric::plan {
namespace {

Plan plan_of(std::string const& from, std::string const& to, std::string const& more = "")
{
    auto result = parse("[plan]\nkey=\"a\"\ntitle=\"b\"\nissuer=\"c\"\nregion={ code=\"510164\", name=\"d\" }\nfrom=" + from
            + "\nto=" + to + "\n" + more,
        "f");
    EXPECT_TRUE(result.plan);
    return result.plan.value_or(Plan{});
}

std::string spans(Plan const& plan, Per per, std::string_view window = "")
{
    std::string text;
    for (auto const& period : periods_until(plan, per, window, plan.to))
        text += text_of(period.from) + ".." + text_of(period.to) + " ";
    return text;
}

std::string title_at(Plan const& plan, Per per, Day day, std::string_view window = "")
{
    auto const period = period_at(plan, per, window, day);
    return period ? period->title.zh + " / " + period->title.en : "none";
}

TEST(Periods, the_usual_terms_fill_the_plan_and_are_cut_to_its_days)
{
    auto const plan = plan_of("2021-09-01", "2023-12-31");

    EXPECT_EQ(spans(plan, Per::term),
        "2021-09-01..2022-01-31 2022-02-01..2022-08-31 2022-09-01..2023-01-31 2023-02-01..2023-08-31 2023-09-01..2023-12-31 ");
    EXPECT_EQ(title_at(plan, Per::term, {20220131}), "2021–2022学年第一学期 / Autumn term 2021–2022");
    EXPECT_EQ(title_at(plan, Per::term, {20220201}), "2021–2022学年第二学期 / Spring term 2021–2022");
}

TEST(Periods, holidays_belong_to_the_term_before_them)
{
    auto const plan = plan_of(
        "2025-09-01", "2026-08-31", "[[term]]\nfrom=2025-09-01\nto=2026-01-20\n[[term]]\nfrom=2026-03-02\nto=2026-07-10\n");

    EXPECT_EQ(spans(plan, Per::term), "2025-09-01..2026-03-01 2026-03-02..2026-08-31 ");
    EXPECT_EQ(title_at(plan, Per::term, {20260215}), "2025–2026学年第一学期 / Autumn term 2025–2026");
}

TEST(Periods, usual_terms_give_way_to_given_ones)
{
    auto const plan
        = plan_of("2025-03-01", "2026-12-31", "[[term]]\nkey=\"early\"\ntitle=\"秋季\"\nfrom=2025-08-25\nto=2026-02-10\n");

    EXPECT_EQ(
        spans(plan, Per::term), "2025-03-01..2025-08-24 2025-08-25..2026-02-10 2026-02-11..2026-08-31 2026-09-01..2026-12-31 ");
    EXPECT_EQ(title_at(plan, Per::term, {20250901}), "秋季 / 秋季");
}

TEST(Periods, school_years_begin_with_the_autumn_term)
{
    auto const plan = plan_of("2025-03-01", "2026-12-31");

    EXPECT_EQ(spans(plan, Per::school_year), "2025-03-01..2025-08-31 2025-09-01..2026-08-31 2026-09-01..2026-12-31 ");
    EXPECT_EQ(title_at(plan, Per::school_year, {20250301}), "2024–2025学年 / School year 2024–2025");
    EXPECT_EQ(title_at(plan, Per::school_year, {20260101}), "2025–2026学年 / School year 2025–2026");
}

TEST(Periods, a_county_may_have_four_terms_a_year)
{
    auto const plan = plan_of("2025-09-01", "2026-08-31",
        "[[term]]\nkey=\"a\"\nfrom=2025-09-01\nto=2025-11-05\n[[term]]\nkey=\"b\"\nfrom=2025-11-10\nto=2026-01-31\n"
        "[[term]]\nkey=\"c\"\nfrom=2026-02-20\nto=2026-04-30\n[[term]]\nkey=\"d\"\nfrom=2026-05-06\nto=2026-07-10\n");

    EXPECT_EQ(
        spans(plan, Per::term), "2025-09-01..2025-11-09 2025-11-10..2026-02-19 2026-02-20..2026-05-05 2026-05-06..2026-08-31 ");
    EXPECT_EQ(spans(plan, Per::school_year), "2025-09-01..2026-08-31 ");
}

TEST(Periods, months_end_with_the_leap_day)
{
    auto const plan = plan_of("2024-01-15", "2024-03-10");

    EXPECT_EQ(spans(plan, Per::month), "2024-01-15..2024-01-31 2024-02-01..2024-02-29 2024-03-01..2024-03-10 ");
    EXPECT_EQ(title_at(plan, Per::month, {20240229}), "2024年2月 / February 2024");
}

TEST(Periods, halves_and_calendar_years_turn_with_the_new_year)
{
    auto const plan = plan_of("2021-09-01", "2022-12-31");

    EXPECT_EQ(spans(plan, Per::half_year), "2021-09-01..2021-12-31 2022-01-01..2022-06-30 2022-07-01..2022-12-31 ");
    EXPECT_EQ(spans(plan, Per::calendar_year), "2021-09-01..2021-12-31 2022-01-01..2022-12-31 ");
    EXPECT_EQ(title_at(plan, Per::half_year, {20220630}), "2022年上半年 / First half of 2022");
    EXPECT_EQ(title_at(plan, Per::calendar_year, {20211231}), "2021年 / 2021");
}

TEST(Periods, the_whole_plan_is_one_period)
{
    auto const plan = plan_of("2021-09-01", "2023-12-31");

    EXPECT_EQ(spans(plan, Per::plan), "2021-09-01..2023-12-31 ");
}

TEST(Periods, days_outside_the_plan_lie_in_none)
{
    auto const plan = plan_of("2021-09-01", "2023-12-31");

    for (auto const per : {Per::month, Per::term, Per::half_year, Per::school_year, Per::calendar_year, Per::plan}) {
        EXPECT_EQ(title_at(plan, per, {20210831}), "none");
        EXPECT_EQ(title_at(plan, per, {20240101}), "none");
        EXPECT_NE(title_at(plan, per, {20210901}), "none");
        EXPECT_NE(title_at(plan, per, {20231231}), "none");
    }
}

TEST(Periods, until_leaves_out_what_begins_later)
{
    auto const plan = plan_of("2021-09-01", "2023-12-31");

    EXPECT_EQ(periods_until(plan, Per::month, "", {20211101}).size(), 3U);
    EXPECT_EQ(periods_until(plan, Per::month, "", {20211031}).size(), 2U);
    EXPECT_TRUE(periods_until(plan, Per::month, "", {20210831}).empty());
}

std::string const surveys
    = "[[window]]\nkey=\"survey\"\ntitle=\"摸排\"\neach=[{ key=\"spring\", title=\"三月摸排\", title_en=\"March survey\", "
      "from=\"03-01\", to=\"03-31\" },"
      "{ key=\"autumn\", title=\"九月摸排\", title_en=\"September survey\", from=\"09-01\", to=\"09-30\" }]\n";

TEST(Periods, windows_come_back_every_year_and_days_between_them_lie_in_none)
{
    auto const plan = plan_of("2021-09-10", "2023-01-31", surveys);

    EXPECT_EQ(spans(plan, Per::window, "survey"), "2021-09-10..2021-09-30 2022-03-01..2022-03-31 2022-09-01..2022-09-30 ");
    EXPECT_EQ(title_at(plan, Per::window, {20220331}, "survey"), "2022年三月摸排 / March survey 2022");
    EXPECT_EQ(title_at(plan, Per::window, {20220401}, "survey"), "none");
    EXPECT_EQ(title_at(plan, Per::window, {20220331}, "other"), "none");
}

TEST(Periods, a_window_may_run_across_the_new_year_or_to_the_end_of_february)
{
    auto const plan = plan_of("2023-01-10", "2025-03-31",
        "[[window]]\nkey=\"winter\"\ntitle=\"寒假\"\neach=[{ key=\"w\", title=\"寒假\", from=\"12-20\", to=\"02-29\" }]\n");

    EXPECT_EQ(spans(plan, Per::window, "winter"), "2023-01-10..2023-02-28 2023-12-20..2024-02-29 2024-12-20..2025-02-28 ");
    EXPECT_EQ(title_at(plan, Per::window, {20240229}, "winter"), "2023年寒假 / 寒假 2023");
}

TEST(Targets, step_up_on_their_days)
{
    Requirement requirement;
    requirement.targets = {{{20251231}, 0.5}, {{20271231}, 1.0}};

    EXPECT_EQ(target_at(requirement, {20250101}), 0.5);
    EXPECT_EQ(target_at(requirement, {20251231}), 0.5);
    EXPECT_EQ(target_at(requirement, {20271230}), 0.5);
    EXPECT_EQ(target_at(requirement, {20271231}), 1.0);
    EXPECT_EQ(target_at(Requirement{}, {20271231}), 0.0);
}

} // namespace
} // namespace concentric::plan
