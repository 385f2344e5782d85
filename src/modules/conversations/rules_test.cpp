#include "modules/conversations/figures.hpp"
#include "modules/conversations/hours.hpp"
#include "modules/conversations/numbers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// What counts as a private number, when teachers are there, and how long families wait: rules without a database.
namespace concentric::conversations {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using enum PrivateNumber;

TEST(PrivateNumbers, a_mobile_number_is_found_however_it_is_parted)
{
    EXPECT_THAT(private_numbers_in("我的电话13912345678，有事打我"), ElementsAre(phone));
    EXPECT_THAT(private_numbers_in("139 1234 5678"), ElementsAre(phone));
    EXPECT_THAT(private_numbers_in("139-1234-5678"), ElementsAre(phone));
    EXPECT_THAT(private_numbers_in("１３９１２３４５６７８"), ElementsAre(phone));
    EXPECT_THAT(private_numbers_in("+86 13912345678"), ElementsAre(phone));
}

TEST(PrivateNumbers, other_digits_are_none)
{
    EXPECT_THAT(private_numbers_in("身高 139 厘米，体重 32 公斤"), IsEmpty());
    EXPECT_THAT(private_numbers_in("学校总机 028-88886666"), IsEmpty());
    EXPECT_THAT(private_numbers_in("2026-03-05 8:00 到校，共 12345678901234 分"), IsEmpty());
    EXPECT_THAT(private_numbers_in(""), IsEmpty());
}

TEST(PrivateNumbers, an_identity_number_has_a_true_check_character)
{
    EXPECT_THAT(private_numbers_in("身份证 11010519491231002X"), ElementsAre(identity)); // the example of GB 11643-1999
    EXPECT_THAT(private_numbers_in("身份证 11010519491231002x。"), ElementsAre(identity));
    EXPECT_THAT(private_numbers_in("编号 110105194912310021"), IsEmpty());
}

TEST(PrivateNumbers, a_wechat_or_qq_name_follows_its_word)
{
    EXPECT_THAT(private_numbers_in("加我微信：wang_fang88"), ElementsAre(wechat));
    EXPECT_THAT(private_numbers_in("微信号是 wang_fang88"), ElementsAre(wechat));
    EXPECT_THAT(private_numbers_in("VX wangfang-88"), ElementsAre(wechat));
    EXPECT_THAT(private_numbers_in("QQ：123456789"), ElementsAre(wechat));
    EXPECT_THAT(private_numbers_in("请在微信群里看通知"), IsEmpty());
    EXPECT_THAT(private_numbers_in("我用 WeChat 看到了"), IsEmpty());
}

// ---- Office hours. 5 March 2026 is a Thursday. ----

Instant at(Day day, std::int64_t hour, std::int64_t minutes = 0)
{
    return {start_of(day).milliseconds + (hour * 60 + minutes) * 60'000};
}

TEST(OfficeHours, within_them_it_is_open_at_once)
{
    OfficeHours const usual;

    EXPECT_EQ(next_open(usual, at({20260305}, 8)), at({20260305}, 8));
    EXPECT_EQ(next_open(usual, at({20260305}, 17, 59)), at({20260305}, 17, 59));
}

TEST(OfficeHours, outside_of_them_it_opens_at_their_next_beginning)
{
    OfficeHours const usual;

    EXPECT_EQ(next_open(usual, at({20260305}, 7, 59)), at({20260305}, 8)) << "early";
    EXPECT_EQ(next_open(usual, at({20260305}, 18)), at({20260306}, 8)) << "in the evening";
    EXPECT_EQ(next_open(usual, at({20260306}, 20)), at({20260309}, 8)) << "over the weekend";
}

TEST(OfficeHours, who_is_away_comes_back_on_the_day_after)
{
    OfficeHours hours;
    hours.away_until = Day{20260309}; // Monday

    EXPECT_EQ(next_open(hours, at({20260305}, 10)), at({20260310}, 8));
    EXPECT_EQ(next_open(hours, at({20260310}, 10)), at({20260310}, 10));
}

TEST(OfficeHours, need_days_and_an_end_after_their_beginning)
{
    OfficeHours hours;
    hours.days = {{1}, {1}};
    hours.until = MinuteOfDay{hours.from.value};
    Problems problems;

    check(hours, problems);

    EXPECT_THAT(problems, ElementsAre(testing::Field(&Problem::path, "/days"), testing::Field(&Problem::path, "/until")));
}

TEST(Waiting, has_a_middle)
{
    constexpr std::int64_t hour = 3'600'000;

    EXPECT_EQ(median_hours({}), std::nullopt);
    EXPECT_EQ(median_hours({5 * hour, 1 * hour, 30 * hour}), 5.0);
    EXPECT_EQ(median_hours({1 * hour, 2 * hour}), 1.5);
    EXPECT_EQ(median_hours({hour / 4}), 0.3) << "15 minutes, to one place";
}

} // namespace
} // namespace concentric::conversations
