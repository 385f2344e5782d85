#include "modules/programmes/outlook.hpp"

#include <gmock/gmock.h>

// A window of 100 days, 1 March to 8 June 2026, so that days are per cent.
namespace concentric::programmes {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Pacing learner(std::int64_t percent, Day last) { return {{20260301}, {20260608}, percent, false, last}; }

TEST(Outlook, whoever_keeps_up_with_the_time_is_on_course)
{
    auto const result = outlook(learner(30, {20260415}), {20260420}); // 50 days gone

    EXPECT_EQ(result.pace, Pace::on_course);
    EXPECT_THAT(result.reasons, IsEmpty());
}

TEST(Outlook, more_than_a_fifth_of_the_way_too_little_is_behind)
{
    auto const result = outlook(learner(29, {20260415}), {20260420});

    EXPECT_EQ(result.pace, Pace::behind);
    EXPECT_THAT(result.reasons, ElementsAre(Reason::slow));
}

TEST(Outlook, two_weeks_without_anything_are_named)
{
    EXPECT_THAT(outlook(learner(10, {20260406}), {20260420}).reasons, ElementsAre(Reason::slow, Reason::idle));
    EXPECT_THAT(outlook(learner(10, {20260407}), {20260420}).reasons, ElementsAre(Reason::slow));
}

TEST(Outlook, whoever_has_nothing_has_not_begun)
{
    EXPECT_EQ(outlook(learner(0, {}), {20260321}).pace, Pace::on_course); // 20 days gone
    EXPECT_THAT(outlook(learner(0, {}), {20260322}).reasons, ElementsAre(Reason::not_begun));
}

TEST(Outlook, the_last_day_still_counts)
{
    EXPECT_EQ(outlook(learner(90, {20260607}), {20260608}).pace, Pace::on_course);
    auto const after = outlook(learner(90, {20260607}), {20260609});
    EXPECT_EQ(after.pace, Pace::lapsed);
    EXPECT_THAT(after.reasons, ElementsAre(Reason::time_over));
}

TEST(Outlook, whoever_is_done_stays_done_after_the_time)
{
    auto course = learner(100, {20260401});
    course.is_done = true;

    EXPECT_EQ(outlook(course, {20261231}).pace, Pace::done);
}

TEST(Outlook, without_a_time_limit_only_a_long_pause_is_behind)
{
    Pacing const course{{20260301}, {}, 40, false, {20260401}};

    EXPECT_EQ(outlook(course, {20260430}).pace, Pace::on_course);
    EXPECT_THAT(outlook(course, {20260501}).reasons, ElementsAre(Reason::slow, Reason::idle));
}

} // namespace
} // namespace concentric::programmes
