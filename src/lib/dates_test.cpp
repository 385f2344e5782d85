#include "lib/dates.hpp"

#include <gtest/gtest.h>

namespace concentric::lib {
namespace {

TEST(Dates, every_way_to_write_a_day_is_understood)
{
    for (auto const* written : {"2015-03-12", "2015-3-12", "2015/3/12", "2015/03/12", "2015.3.12", "20150312", "2015年3月12日",
             "2015年03月12号", "2015 年 3 月 12 日", "二〇一五年三月十二日", "二零一五年三月十二号", "二○一五年 三 月 十二 日",
             "贰零壹伍年零叁月壹拾贰日", "2015年三月12日", " 2015-03-12\xE3\x80\x80", "２０１５－０３－１２"})
        EXPECT_EQ(parse_date(written), (Date{2015, 3, 12})) << written;
}

TEST(Dates, a_month_alone_has_no_day)
{
    for (auto const* written : {"201503", "2015-03", "2015/3", "2015.03", "2015年3月", "二〇一五年三月"})
        EXPECT_EQ(parse_date(written), (Date{2015, 3, 0})) << written;
}

TEST(Dates, a_time_of_day_is_kept_to_the_minute)
{
    for (auto const* written : {"2015-03-12 08:30", "2015-03-12 8:30", "2015-03-12 08:30:59", "2015-03-12T08:30:00",
             "2015/3/12  08:30:00.000", "2015年3月12日 08：30", "20150312 08:30"})
        EXPECT_EQ(parse_date(written), (Date{2015, 3, 12, 510})) << written;
}

TEST(Dates, the_bare_number_of_a_spreadsheet_is_the_day_that_it_stands_for)
{
    EXPECT_EQ(parse_date("42075"), (Date{2015, 3, 12}));
    EXPECT_EQ(parse_date("42075.354166666664"), (Date{2015, 3, 12, 510}));
    EXPECT_EQ(parse_date("4207"), std::nullopt);
    EXPECT_EQ(parse_date("420750"), std::nullopt);
}

TEST(Dates, what_is_no_day_is_refused)
{
    for (auto const* written : {"", "2015", "2015-02-30", "2015-13-01", "2015-00-10", "2015-03-00", "20150230", "201513", "15-3-12",
             "2015-3-", "2015.1", "2015-03-12x", "2015-03-12 24:00", "2015-03-12 08:60", "2015-03-12 08:3", "2015-03 08:30",
             "2015年13月", "2015-03/12", "三月", "二〇一五年二月三十日", "二〇一五年十三月一日", "二〇一五年十十月一日",
             "一五年三月十二日", "二千零一十五年三月一日", "二〇一五年正月初一", "2015-003-12", "20150312083000"})
        EXPECT_EQ(parse_date(written), std::nullopt) << written;
}

TEST(Dates, tens_are_counted_in_chinese_as_people_say_them)
{
    EXPECT_EQ(parse_date("二〇二五年十月十日"), (Date{2025, 10, 10}));
    EXPECT_EQ(parse_date("二〇二五年十一月二十日"), (Date{2025, 11, 20}));
    EXPECT_EQ(parse_date("二〇二五年十二月三十一日"), (Date{2025, 12, 31}));
    EXPECT_EQ(parse_date("二〇二五年九月一日"), (Date{2025, 9, 1}));
}

TEST(Dates, a_year_of_two_digits_is_told_from_what_is_no_date)
{
    for (auto const* written : {"25/9/1", "25-09-01", "9/1/25", "15.3.12", "15年3月12日", "二五年九月一日", "２５／９／１"})
        EXPECT_TRUE(has_short_year(written) && !parse_date(written)) << written;
    for (auto const* written : {"2025/9/1", "昨天", "2025-02-30", "9月1日", "", "9/1"})
        EXPECT_FALSE(has_short_year(written)) << written;
}

TEST(Dates, leap_years_follow_the_gregorian_rule)
{
    EXPECT_TRUE(is_real_day(2024, 2, 29));
    EXPECT_TRUE(is_real_day(2000, 2, 29));
    EXPECT_FALSE(is_real_day(1900, 2, 29));
    EXPECT_FALSE(is_real_day(2023, 2, 29));
    EXPECT_EQ(days_in_month(2023, 4), 30);
    EXPECT_EQ(days_in_month(2023, 13), 0);
}

TEST(Dates, a_written_date_reads_back_as_itself)
{
    for (auto const& date : {Date{2015, 3, 12}, Date{2015, 3, 0}, Date{2015, 12, 31, 0}, Date{1, 1, 1, 1439}})
        EXPECT_EQ(parse_date(to_text(date)), date) << to_text(date);
}

} // namespace
} // namespace concentric::lib
