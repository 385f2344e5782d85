#include "modules/recognition/points.hpp"

#include "modules/recognition/appeals.hpp"
#include "modules/tally/account.hpp"
#include "modules/tally/tally_fixture.hpp"

#include <gmock/gmock.h>

// Points line by line: what each entry brought, what the cap took, and appeals against it.
namespace concentric::recognition {
namespace {

struct Points : tally::Tally {
    Points() { fang = carer_of(pupil("林小满", red, {tally::father("林方", "13800000001")})); }

    double counted(PointsView const& view, EntryId entry)
    {
        for (auto const& line : view.lines)
            if (line.entry == entry)
                return line.counted;
        throw std::logic_error("no such line");
    }
    void pass(int days)
    {
        clock.advance(std::chrono::hours(24 * days));
        call.now = clock.now();
    }

    PersonId fang;
};

// A guidance is worth 1 point, at most 2 a term; volunteering 0.5 points an hour.
TEST_F(Points, each_line_says_what_it_brought_and_what_the_cap_took)
{
    auto const first = enter("attended.guidance", {20260302}, {}, fang);
    auto const second = enter("attended.guidance", {20260303}, {}, fang);
    auto const third = enter("attended.guidance", {20260304}, {}, fang);
    auto const hours = enter("volunteer.duty", {20260304}, {}, fang, {}, 90);

    auto const view = points_of(call, fang);

    EXPECT_DOUBLE_EQ(view.total, 2.75);
    ASSERT_EQ(view.lines.size(), 4U);
    EXPECT_DOUBLE_EQ(counted(view, first), 1);
    EXPECT_DOUBLE_EQ(counted(view, second), 1);
    EXPECT_DOUBLE_EQ(counted(view, third), 0);
    EXPECT_DOUBLE_EQ(counted(view, hours), 0.75);
    EXPECT_EQ(view.lines.front().plan_version, 1);
    EXPECT_EQ(view.lines.front().plan_title, "测试方案");
}

TEST_F(Points, lines_add_up_to_what_the_tally_keeps_reversals_included)
{
    auto const first = enter("attended.guidance", {20260302}, {}, fang);
    enter("attended.guidance", {20260303}, {}, fang);
    enter("attended.guidance", {20260304}, {}, fang);
    take_back(first);

    auto const view = points_of(call, fang);

    double sum = 0;
    for (auto const& line : view.lines)
        sum += line.counted;
    EXPECT_DOUBLE_EQ(view.total, 2);
    EXPECT_DOUBLE_EQ(sum, 2);
}

TEST_F(Points, an_appeal_names_its_line_and_when_it_is_to_be_answered)
{
    auto const entry = enter("attended.guidance", {20260302}, {}, fang);
    auto const rule = points_of(call, fang).lines.front().rule;

    auto const row = appeal(call, fang, rule, entry, "时长记少了");

    EXPECT_EQ(row.entry, entry);
    EXPECT_EQ(row.rule_title, "参加指导");
    EXPECT_EQ(row.answer_by, (Day{20260320})); // fifteen days from 5 March
}

TEST_F(Points, nobody_appeals_against_anothers_line_or_after_the_term)
{
    auto const entry = enter("attended.guidance", {20260302}, {}, fang);
    auto const rule = points_of(call, fang).lines.front().rule;

    EXPECT_EQ(error_of([&] { appeal(call, {4711}, rule, entry, "不是我的"); }).kind, ErrorKind::invalid);
    pass(60);
    EXPECT_EQ(appeal(call, fang, rule, entry, "最后一天").entry, entry);
    pass(1);
    EXPECT_EQ(error_of([&] { appeal(call, fang, rule, entry, "太晚了"); }).kind, ErrorKind::conflict);
}

} // namespace
} // namespace concentric::recognition
