#include "modules/supervision/plan_changes.hpp"
#include "modules/supervision/trial_tables.hpp"

#include <gmock/gmock.h>

namespace concentric::supervision {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

plan::Requirement home_visits()
{
    plan::Requirement requirement;
    requirement.key = "home-visit";
    requirement.title = {"家访", "Home visits"};
    requirement.subjects = {plan::Subject::student};
    requirement.all = {{{"visit.home"}, plan::Measure::entries, 1, {}}};
    requirement.per = plan::Per::term;
    requirement.targets = {{Day{20250901}, 0.8}};
    return requirement;
}

std::vector<std::string> in_words(plan::Requirement const& before, plan::Requirement const& after)
{
    std::vector<std::string> words;
    for (auto const& one : changes_of({}, before, {}, after))
        words.push_back(one.aspect.zh + "：" + one.before.zh + " → " + one.after.zh);
    return words;
}

TEST(PlanChanges, equal_obligations_differ_in_nothing) { EXPECT_THAT(in_words(home_visits(), home_visits()), IsEmpty()); }

TEST(PlanChanges, are_told_aspect_by_aspect)
{
    auto after = home_visits();
    after.all[0].at_least = 2;
    after.per = plan::Per::school_year;
    after.where.stages = {plan::Stage::primary, plan::Stage::junior};
    after.where.groups = {"left-behind"};
    after.targets = {{Day{20250901}, 0.5}, {Day{20260901}, 0.9}};
    after.excused_by = {"visit.declined"};
    after.owner = "教体局";

    EXPECT_THAT(in_words(home_visits(), after),
        ElementsAre("对象：学生 → 学生（小学、初中；留守儿童）", "要求：每学期 ≥ 1 次 → 每学年 ≥ 2 次", "免计： → 家庭婉拒入户家访",
            "目标：80 % → 2025-09-01 起 50 %，2026-09-01 起 90 %", "责任单位： → 教体局"));
}

TEST(PlanChanges, of_a_rolling_window_name_its_beginning)
{
    auto after = home_visits();
    after.rolling = plan::Rolling{3, "visit.home"};

    EXPECT_THAT(
        in_words(home_visits(), after), ElementsAre("要求：每学期 ≥ 1 次 → 3 个月内 ≥ 1 次", "窗口： → “入户家访”之日起 3 个月内"));
}

TEST(PlanChanges, of_point_rules_say_what_is_given_and_up_to_where)
{
    plan::PointRule before;
    before.title = {"指导", "Guidance"};
    before.entries = {"attended.guidance"};
    before.per_entry = 200;
    auto after = before;
    after.per_entry = 0;
    after.per_hour = 150;
    after.by_credit_hour = true;
    after.cap_per = plan::Per::term;
    after.cap = 6000;

    auto const changes = changes_of(before, after);

    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes[0].before.zh, "每次 2 分");
    EXPECT_EQ(changes[0].after.zh, "每课时 1.5 分，每学期至多 60 分");
    EXPECT_EQ(changes[0].after.en, "1.5 points a credit hour, at most 60 a term");
}

TEST(TrialTables, give_both_shares_and_their_difference)
{
    TrialSummary summary;
    summary.obligations.resize(2);
    summary.obligations[0].title = {"家访", "Home visits"};
    summary.obligations[1].title = {"演练", "Drills"};
    summary.obligations[1].change = PlanChange::added;

    auto const table = obligations_table(Language::zh, summary, {{{10, 8, 0}, {10, 6, 0}, 0, 2}, {{}, {4, 1, 0}, 1, 3}});

    using Row = std::vector<lib::Value>;
    EXPECT_EQ(table.rows[0],
        (Row{"家访", "未改", "", std::int64_t{10}, std::int64_t{8}, "80.0%", std::int64_t{10}, std::int64_t{6}, "60.0%", "-20.0",
            std::int64_t{0}, std::int64_t{2}}));
    EXPECT_EQ(table.rows[1],
        (Row{"演练", "新增", "", std::int64_t{0}, std::int64_t{0}, "—", std::int64_t{4}, std::int64_t{1}, "25.0%", "—",
            std::int64_t{1}, std::int64_t{3}}));
    EXPECT_EQ(table.headings.size(), table.rows[0].size());
}

} // namespace
} // namespace concentric::supervision
