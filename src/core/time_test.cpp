#include "core/fields.hpp"

#include <gtest/gtest.h>

namespace concentric {
namespace {

TEST(Time, a_day_begins_at_midnight_in_china)
{
    EXPECT_EQ(start_of({20260305}).milliseconds, 1'772'640'000'000); // 2026-03-04T16:00:00Z
    EXPECT_EQ(day_at({1'772'639'999'999}), Day{20260304});
    EXPECT_EQ(day_at({1'772'640'000'000}), Day{20260305});
    EXPECT_EQ(text_of(Instant{1'772'640'000'000}), "2026-03-05T00:00:00.000+08:00");
}

TEST(Time, days_are_counted_across_months_and_leap_years)
{
    EXPECT_EQ(plus_days({20240228}, 1), Day{20240229});
    EXPECT_EQ(plus_days({20260228}, 1), Day{20260301});
    EXPECT_EQ(plus_days({20260101}, -1), Day{20251231});
    EXPECT_EQ(days_since_1970({19700101}), 0);
}

TEST(Time, a_month_later_is_the_same_day_or_the_last)
{
    EXPECT_EQ(plus_months({20260131}, 1), Day{20260228});
    EXPECT_EQ(plus_months({20240131}, 1), Day{20240229});
    EXPECT_EQ(plus_months({20251115}, 3), Day{20260215});
}

TEST(Time, a_moment_is_read_with_any_offset)
{
    EXPECT_EQ(reflect::from_json<Instant>(R"("2026-03-05T00:00:00+08:00")").milliseconds, 1'772'640'000'000);
    EXPECT_EQ(reflect::from_json<Instant>(R"("2026-03-04T16:00:00Z")").milliseconds, 1'772'640'000'000);
    EXPECT_EQ(reflect::from_json<Instant>(R"("2026-03-04T16:00:00.250Z")").milliseconds, 1'772'640'000'250);
}

TEST(Time, a_day_that_does_not_exist_is_refused)
{
    EXPECT_EQ(parse_day("2026-02-29"), std::nullopt);
    EXPECT_EQ(parse_day("2026-2-03"), std::nullopt);
    EXPECT_EQ(parse_day("2026-13-01"), std::nullopt);
    EXPECT_EQ(parse_day("2024-02-29"), Day{20240229});
    EXPECT_THROW(reflect::from_json<Instant>(R"("2026-03-05T24:00:00+08:00")"), ApiError);
    EXPECT_THROW(reflect::from_json<Instant>(R"("2026-03-05T08:00:00")"), ApiError);
}

} // namespace
} // namespace concentric
