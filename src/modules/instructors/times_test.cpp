#include "modules/instructors/times.hpp"

#include <gmock/gmock.h>

namespace concentric::instructors {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Day wednesday{20260304}, thursday{20260305};

Instant at(Day day, int hour, int minute_of_hour = 0)
{
    return {start_of(day).milliseconds + (hour * 60 + minute_of_hour) * minute};
}
WindowRow weekly(std::int64_t weekday, int from, int until) { return {1, {7}, 0, weekday, {}, from * 60, until * 60, false}; }
WindowRow away(Day day, int from, int until) { return {1, {7}, 0, 0, day, from * 60, until * 60, true}; }
WindowRow besides(Day day, int from, int until) { return {1, {7}, 0, 0, day, from * 60, until * 60, false}; }

std::vector<std::string> clocks(std::vector<Stretch> const& stretches)
{
    std::vector<std::string> texts;
    for (auto const& one : stretches)
        texts.push_back(text_of(one.from).substr(5, 11) + "-" + text_of(one.until).substr(11, 5));
    return texts;
}

TEST(InstructorTimes, weeks_begin_on_monday)
{
    EXPECT_EQ(weekday_of({20260302}), 1);
    EXPECT_EQ(weekday_of(wednesday), 3);
    EXPECT_EQ(weekday_of({20260308}), 7);
}

TEST(InstructorTimes, windows_of_the_week_join_days_besides_and_lose_those_away)
{
    std::vector<WindowRow> const windows{weekly(3, 14, 17), besides(wednesday, 17, 18), away(wednesday, 15, 16), weekly(4, 9, 10)};

    EXPECT_THAT(clocks(free_on(windows, wednesday)), ElementsAre("03-04T14:00-15:00", "03-04T16:00-18:00"));
    EXPECT_THAT(clocks(free_on(windows, thursday)), ElementsAre("03-05T09:00-10:00"));
    EXPECT_THAT(free_on(windows, {20260306}), IsEmpty());
}

TEST(InstructorTimes, whoever_named_no_times_is_free_but_on_days_away)
{
    EXPECT_THAT(clocks(free_on({}, wednesday)), ElementsAre("03-04T00:00-00:00"));
    EXPECT_FALSE(is_free({away(wednesday, 0, 24)}, {at(wednesday, 9), at(wednesday, 10)}));
    EXPECT_TRUE(is_free({away(wednesday, 0, 24)}, {at(thursday, 9), at(thursday, 10)}));
}

TEST(InstructorTimes, a_booking_lies_wholly_within_a_window)
{
    std::vector<WindowRow> const windows{weekly(3, 14, 17)};

    EXPECT_TRUE(is_free(windows, {at(wednesday, 14), at(wednesday, 17)}));
    EXPECT_FALSE(is_free(windows, {at(wednesday, 16), at(wednesday, 17, 1)}));
    EXPECT_FALSE(is_free(windows, {at(wednesday, 13, 59), at(wednesday, 15)}));
}

TEST(InstructorTimes, what_is_taken_or_over_is_not_free_and_a_rest_that_is_too_short_is_not_shown)
{
    std::vector<WindowRow> const windows{weekly(3, 14, 17), weekly(4, 9, 10)};
    std::vector<Stretch> const taken{{at(wednesday, 15), at(wednesday, 16, 30)}};

    auto const free = free_between(windows, taken, at(wednesday, 14, 15), 2, 40);

    EXPECT_THAT(clocks(free), ElementsAre("03-04T14:15-15:00", "03-05T09:00-10:00"));
}

} // namespace
} // namespace concentric::instructors
