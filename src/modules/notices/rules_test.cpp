#include "modules/notices/rules.hpp"

#include <gmock/gmock.h>

namespace concentric::notices {
namespace {

Instant at(Day day, int hour, int minute = 0) { return {start_of(day).milliseconds + (hour * 60 + minute) * 60'000LL}; }

TEST(QuietHours, what_is_sent_at_night_waits_until_the_morning)
{
    NoticeRules const rules;

    EXPECT_EQ(after_quiet_hours(rules, at({20260305}, 20, 59)), at({20260305}, 20, 59));
    EXPECT_EQ(after_quiet_hours(rules, at({20260305}, 21)), at({20260306}, 7));
    EXPECT_EQ(after_quiet_hours(rules, at({20260306}, 3)), at({20260306}, 7));
    EXPECT_EQ(after_quiet_hours(rules, at({20260306}, 7)), at({20260306}, 7));
}

TEST(QuietHours, may_lie_within_a_day_or_not_be_there)
{
    NoticeRules noon, none;
    noon.quiet_from.value = 12 * 60;
    noon.quiet_until.value = 14 * 60;
    none.quiet_from.value = none.quiet_until.value = 0;

    EXPECT_EQ(after_quiet_hours(noon, at({20260305}, 13)), at({20260305}, 14));
    EXPECT_EQ(after_quiet_hours(noon, at({20260305}, 23)), at({20260305}, 23));
    EXPECT_EQ(after_quiet_hours(none, at({20260305}, 2)), at({20260305}, 2));
}

TEST(Weeks, begin_on_monday)
{
    EXPECT_EQ(week_of({20260305}), Day{20260302}); // a Thursday
    EXPECT_EQ(week_of({20260302}), Day{20260302});
    EXPECT_EQ(week_of({20260301}), Day{20260223}); // a Sunday
}

} // namespace
} // namespace concentric::notices
