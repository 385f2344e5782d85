#include "modules/ledger/recording.hpp"
#include "modules/tally/credentials.hpp"
#include "modules/tally/tally_fixture.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

// The certificate of the national training programme (中教培〔2025〕2号): nothing but the whole of it leads there, in three months.
namespace concentric::tally {
namespace {

using testing::ElementsAre;

// The components in the order of the plan, as one entry each.
struct Component {
    char const* name;
    char const* kind;
    std::int64_t minutes;
    std::int64_t needed; // minutes, or entries where minutes are 0
};
Component const components[] = {
    {"required lessons", "course.required", 15 * 45, 15 * 45},
    {"elective lessons", "course.elective", 20 * 45, 20 * 45},
    {"live session", "live.attended", 2 * 45, 2 * 45},
    {"discussion", "discussion.helpful", 45, 45},
    {"question", "question.collected", 0, 1},
    {"summary", "summary.accepted", 2 * 45, 2 * 45},
};

struct Credentials : Tally {
    Credentials()
    {
        std::ifstream file(std::string(CONCENTRIC_ROOT) + "/plans/training-2025.toml");
        std::ostringstream text;
        text << file.rdbuf();
        load(text.str());
    }

    CredentialRule online() { return credential_in_force(call, "training-2025", "online-training").value(); }
    CredentialStanding standing(PersonId person, Day on = {20250601})
    {
        return credential_standing(call, online(), person.value, on);
    }

    void enrol(PersonId person, Day day) { enter("training.enrolled", day, {}, person, primary); }
    EntryId do_one(Component const& component, PersonId person, Day day)
    {
        return enter(component.kind, day, {}, person, primary, component.minutes);
    }

    PersonId const fang{9001}, ming{9002}, stranger{9003};
};

struct ShortOfOne : Credentials, testing::WithParamInterface<std::size_t> { };

TEST_P(ShortOfOne, component_is_not_earned_and_with_it_it_is)
{
    enrol(fang, {20250301});
    for (std::size_t i = 0; i < std::size(components); ++i)
        if (i != GetParam())
            do_one(components[i], fang, {20250310});

    auto const before = standing(fang);
    do_one(components[GetParam()], fang, {20250520});
    auto const after = standing(fang);

    EXPECT_FALSE(before.is_earned);
    EXPECT_EQ(before.earned_at, Instant{});
    for (std::size_t i = 0; i < std::size(components); ++i) {
        EXPECT_EQ(before.needs.at(i).is_met, i != GetParam()) << components[i].name;
        EXPECT_THAT(before.needs[i].needed, ElementsAre(components[i].needed)) << components[i].name;
        EXPECT_THAT(before.needs[i].amounts, ElementsAre(i == GetParam() ? 0 : components[i].needed)) << components[i].name;
    }
    EXPECT_TRUE(after.is_earned);
    EXPECT_EQ(after.earned_at, start_of({20250520}));
}

INSTANTIATE_TEST_SUITE_P(EachComponent, ShortOfOne, testing::Range<std::size_t>(0, std::size(components)));

TEST_F(Credentials, one_minute_too_few_is_too_few)
{
    enrol(fang, {20250301});
    for (auto const& component : components)
        if (component.minutes != 15 * 45)
            do_one(component, fang, {20250310});
    enter("course.required", {20250311}, {}, fang, primary, 15 * 45 - 1);

    auto const before = standing(fang);
    enter("course.required", {20250312}, {}, fang, primary, 1);

    EXPECT_FALSE(before.is_earned);
    EXPECT_TRUE(standing(fang).is_earned);
}

TEST_F(Credentials, the_window_runs_from_enrolment_to_the_day_before_three_months_later)
{
    enrol(fang, {20250301});
    for (std::size_t i = 0; i + 1 < std::size(components); ++i)
        do_one(components[i], fang, {20250310});
    auto const last = do_one(components[5], fang, {20250601}); // one day late

    auto const late = standing(fang);
    take_back(last);
    do_one(components[5], fang, {20250531});

    EXPECT_EQ(late.from, Day{20250301});
    EXPECT_EQ(late.to, Day{20250531});
    EXPECT_FALSE(late.is_earned);
    EXPECT_TRUE(standing(fang).is_earned);
}

TEST_F(Credentials, what_was_done_before_enrolment_does_not_count)
{
    for (auto const& component : components)
        do_one(component, fang, {20250310});

    auto const before = standing(fang);
    enrol(fang, {20250401});
    auto const after = standing(fang);

    EXPECT_FALSE(before.is_started);
    EXPECT_EQ(before.needs.size(), 6U);
    EXPECT_TRUE(after.is_started);
    EXPECT_THAT(after.needs.at(0).amounts, ElementsAre(0));
}

TEST_F(Credentials, everything_must_lie_in_one_window)
{
    enrol(fang, {20250301});
    for (std::size_t i = 0; i < 3; ++i)
        do_one(components[i], fang, {20250310});
    enrol(fang, {20250801});
    for (std::size_t i = 3; i < 6; ++i)
        do_one(components[i], fang, {20250810});

    EXPECT_FALSE(standing(fang, {20250815}).is_earned);
    EXPECT_EQ(standing(fang, {20250815}).from, Day{20250801});
    for (std::size_t i = 0; i < 3; ++i)
        do_one(components[i], fang, {20250820});
    EXPECT_TRUE(standing(fang, {20250821}).is_earned);
}

TEST_F(Credentials, a_second_enrolment_does_not_hide_a_window_that_still_runs)
{
    enrol(fang, {20250301});
    do_one(components[0], fang, {20250310});
    enrol(fang, {20250501});

    EXPECT_EQ(standing(fang, {20250531}).from, Day{20250301});
    EXPECT_EQ(standing(fang, {20250601}).from, Day{20250501});
}

TEST_F(Credentials, what_is_taken_back_is_no_evidence)
{
    enrol(fang, {20250301});
    std::vector<EntryId> entries;
    for (auto const& component : components)
        entries.push_back(do_one(component, fang, {20250310}));

    auto const before = standing(fang);
    take_back(entries[4]);
    auto const after = standing(fang);

    EXPECT_TRUE(before.is_earned);
    EXPECT_THAT(before.needs.at(4).entries, ElementsAre(entries[4]));
    EXPECT_FALSE(after.is_earned);
    EXPECT_TRUE(after.needs.at(4).entries.empty());
}

TEST_F(Credentials, many_stand_as_each_of_them_does)
{
    enrol(fang, {20250301});
    enrol(ming, {20250401});
    for (auto const& component : components)
        do_one(component, fang, {20250402});
    do_one(components[3], ming, {20250403});
    std::int64_t const everybody[] = {ming.value, stranger.value, fang.value};

    auto const all = credential_standings(call, online(), everybody, {20250601});

    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].subject, ming.value);
    EXPECT_TRUE(all[0].needs.at(3).is_met);
    EXPECT_FALSE(all[0].is_earned);
    EXPECT_FALSE(all[1].is_started);
    EXPECT_TRUE(all[2].is_earned);
}

TEST_F(Credentials, without_a_window_a_need_counts_in_its_own_period)
{
    enter("workshop.attended", {20251101}, {}, fang, primary);
    enter("workshop.theory_agreed", {20251119}, {}, fang, primary);
    enter("workshop.practice_agreed", {20251119}, {}, fang, primary);
    enter("workshop.qualified", {20251120}, {}, fang, primary);
    auto const rule = credential_in_force(call, "training-2025", "workshop-training").value();

    auto const standing = credential_standing(call, rule, fang.value, {20260101});

    EXPECT_TRUE(standing.is_earned);
    EXPECT_EQ(standing.needs.at(0).from, Day{20250215});
    EXPECT_EQ(standing.needs[0].to, Day{20260331});
    EXPECT_EQ(standing.earned_at, start_of({20251120}));
}

TEST_F(Credentials, points_are_those_of_the_tally)
{
    load(R"toml(
[plan]
key = "points"
title = "积分方案"
issuer = "教体局"
region = { code = "360100", name = "测试县" }
from = 2025-09-01
to = 2027-08-31
source = "试"

[[points]]
key = "volunteer-hours"
title = "志愿服务"
source = "一"
entries = ["volunteer.*"]
to = "carer"
award = { per_hour = 2 }

[[credential]]
key = "growth"
title = "成长课时证明"
source = "二"
to = "carer"
needs = [{ title = "四分", points = 4, per = "school-year" }]
number = "C-{year}-{serial:04}"
)toml");
    auto const child = pupil("周明", red, {father("周强", "13900000077")});
    auto const carer = carer_of(child);
    auto const rule = credential_in_force(call, "points", "growth").value();

    enter("volunteer.duty", autumn, child, carer, red, 119);
    auto const before = credential_standing(call, rule, carer.value, autumn);
    enter("volunteer.duty", {20251016}, child, carer, red, 2);
    auto const after = credential_standing(call, rule, carer.value, autumn);
    auto const next_year = credential_standing(call, rule, carer.value, {20261015});

    EXPECT_FALSE(before.is_earned);
    EXPECT_THAT(before.needs.at(0).amounts, ElementsAre(396)); // 119 minutes at two points an hour, and then six more
    EXPECT_TRUE(after.is_earned);
    EXPECT_EQ(after.needs.at(0).from, Day{20250901});
    EXPECT_FALSE(next_year.is_earned);
}

} // namespace
} // namespace concentric::tally
