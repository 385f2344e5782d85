#include "modules/service/rules.hpp"

#include <gtest/gtest.h>

namespace concentric::service {
namespace {

using milliseconds::hour;
Stretch hours(std::int64_t from, std::int64_t until) { return {{from * hour}, {until * hour}}; }

TEST(Overlap, times_that_only_touch_share_none)
{
    std::vector const others{hours(8, 9), hours(11, 12)};

    EXPECT_EQ(overlapping(hours(9, 11), others), nullptr);
}

TEST(Overlap, one_within_another_and_one_around_it_share_a_moment)
{
    std::vector const others{hours(8, 12)};

    EXPECT_NE(overlapping(hours(9, 10), others), nullptr);
    EXPECT_NE(overlapping(hours(7, 13), others), nullptr);
}

TEST(Overlap, the_first_of_them_is_named)
{
    std::vector const others{hours(1, 2), hours(9, 10), hours(9, 11)};

    EXPECT_EQ(overlapping(hours(9, 12), others), &others[1]);
}

TEST(Ages, a_birthday_counts_on_its_day)
{
    EXPECT_EQ(age_on({20160305}, {20260304}), 9);
    EXPECT_EQ(age_on({20160305}, {20260305}), 10);
    EXPECT_EQ(age_on({20161231}, {20260101}), 9);
}

TEST(Ages, whose_birthday_nobody_knows_is_let_in)
{
    OfferRow const offer{1, {}, 10, 12, ""};

    EXPECT_TRUE(is_for(offer, std::nullopt, {20260305}));
    EXPECT_FALSE(is_for(offer, Day{20160306}, {20260305}));
    EXPECT_TRUE(is_for(offer, Day{20160305}, {20260305}));
    EXPECT_TRUE(is_for(offer, Day{20130306}, {20260305}));
    EXPECT_FALSE(is_for(offer, Day{20130305}, {20260305}));
}

TEST(Ratings, too_few_have_no_mean)
{
    EXPECT_FALSE(summary_of(0, 0).mean);
    EXPECT_FALSE(summary_of(fewest_ratings - 1, 20).mean);
    EXPECT_EQ(summary_of(fewest_ratings, 20).mean, 4);
}

ReminderRow reminder(std::int64_t every_days, Day next, Day due)
{
    ReminderRow row;
    row.every_days = every_days;
    row.next_day = next;
    row.due_day = due;
    return row;
}

TEST(Reminders, one_that_comes_once_is_over_afterwards)
{
    EXPECT_EQ(next_after(reminder(0, {20260301}, {20260630}), {20260301}), Day{});
}

TEST(Reminders, what_was_missed_while_the_server_stood_still_is_not_told_twice)
{
    EXPECT_EQ(next_after(reminder(7, {20260301}, {20260630}), {20260301}), Day{20260308});
    EXPECT_EQ(next_after(reminder(7, {20260301}, {20260630}), {20260320}), Day{20260322});
}

TEST(Reminders, none_comes_after_the_last_day)
{
    EXPECT_EQ(next_after(reminder(14, {20260301}, {20260315}), {20260301}), Day{20260315});
    EXPECT_EQ(next_after(reminder(14, {20260301}, {20260314}), {20260301}), Day{});
}

} // namespace
} // namespace concentric::service
