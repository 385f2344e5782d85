#include "modules/activities/kinds.hpp"
#include "modules/activities/presence.hpp"
#include "modules/activities/travel.hpp"

#include <gtest/gtest.h>

namespace concentric::activities {
namespace {

Instant at(int hour, int minute, Day day = {20260304}) { return {start_of(day).milliseconds + (hour * 60 + minute) * 60'000LL}; }
Stretch between(int from_hour, int from_minute, int until_hour, int until_minute)
{
    return {at(from_hour, from_minute), at(until_hour, until_minute)};
}
Stretch const evening = between(19, 0, 20, 30);

TEST(Presence, two_devices_at_the_same_time_count_once)
{
    EXPECT_EQ(minutes_within({between(19, 0, 19, 40), between(19, 20, 20, 0)}, evening), 60);
}

TEST(Presence, who_leaves_and_comes_back_has_both_stretches_and_not_the_gap)
{
    EXPECT_EQ(minutes_within({between(20, 10, 20, 20), between(19, 5, 19, 30)}, evening), 35);
}

TEST(Presence, what_lies_before_the_beginning_or_after_the_end_is_nothing)
{
    EXPECT_EQ(minutes_within({between(18, 0, 22, 0)}, evening), 90);
    EXPECT_EQ(minutes_within({between(18, 0, 19, 0), between(20, 30, 21, 0)}, evening), 0);
}

TEST(Presence, a_stretch_within_another_adds_nothing_and_one_that_ends_before_it_begins_neither)
{
    EXPECT_EQ(minutes_within({between(19, 0, 20, 0), between(19, 10, 19, 20), between(20, 20, 20, 10)}, evening), 60);
}

TEST(Presence, half_a_minute_is_a_minute_and_less_is_none)
{
    EXPECT_EQ(minutes_within({{at(19, 0), {at(19, 0).milliseconds + 29'999}}}, evening), 0);
    EXPECT_EQ(minutes_within({{at(19, 0), {at(19, 0).milliseconds + 30'000}}}, evening), 1);
}

TEST(Timetable, every_week_until_a_day_has_that_day_in_it)
{
    auto const all = occurrences(evening, Every::week, {20260318});

    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[2].from, at(19, 0, {20260318}));
    EXPECT_EQ(all[2].until, at(20, 30, {20260318}));
}

TEST(Timetable, the_last_of_a_month_stays_the_last_of_shorter_months)
{
    auto const all = occurrences({at(9, 0, {20260131}), at(10, 0, {20260131})}, Every::month, {20260430});

    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(day_at(all[1].from), Day{20260228});
    EXPECT_EQ(day_at(all[2].from), Day{20260331});
    EXPECT_EQ(day_at(all[3].from), Day{20260430});
}

TEST(Timetable, too_many_are_told_by_one_more_than_the_most)
{
    EXPECT_EQ(occurrences(evening, Every::week, {20300101}).size(), most_occurrences + 1);
}

TEST(Timetable, slots_fill_the_time_and_leave_a_rest_that_is_too_short)
{
    auto const slots = slots_in(evening, 40);

    ASSERT_EQ(slots.size(), 2U);
    EXPECT_EQ(slots[1].from, at(19, 40));
    EXPECT_EQ(slots[1].until, at(20, 20));
}

TEST(ActivityKinds, every_kind_that_is_held_and_attended_is_an_event_named_by_what_is_held)
{
    ASSERT_TRUE(find_kind("guidance"));
    EXPECT_EQ(find_kind("guidance")->held, "held.guidance");
    EXPECT_EQ(find_kind("guidance")->attended, "attended.guidance");
    EXPECT_EQ(find_kind("guidance")->words.zh, "家庭教育指导");
    EXPECT_EQ(find_kind("open_day")->words.en, "Open day");
    EXPECT_EQ(find_kind("drill")->held, "held.drill");
}

TEST(ActivityKinds, nobody_holds_a_consultation_or_a_live_session_besides_those_who_come)
{
    EXPECT_EQ(find_kind("live")->held, "");
    EXPECT_EQ(find_kind("live")->attended, "live.attended");
    EXPECT_TRUE(find_kind("consultation")->has_slots());
    EXPECT_FALSE(find_kind("nothing"));
}

TEST(ActivityKinds, service_is_a_pupils_and_volunteering_an_adults)
{
    EXPECT_EQ(find_kind("service.community")->attended, "service.community");
    EXPECT_EQ(find_kind("service.community")->comers, Comers::pupils);
    EXPECT_EQ(find_kind("volunteer.duty")->attended, "volunteer.duty");
    EXPECT_EQ(find_kind("volunteer.duty")->helped(), "");
    EXPECT_EQ(find_kind("parent_in_class")->taught, "taught.parent_in_class");
    EXPECT_TRUE(find_kind("study_trip")->travels);
}

struct Journeys : testing::Test {
    Journeys()
    {
        sheet.stages.push_back({at(19, 0), at(20, 0), Text<1, 200>("博物馆"), {}});
        sheet.stages.push_back({at(20, 0), at(20, 30), Text<1, 200>("返校"), {}});
        sheet.risks.push_back({Text<1, 200>("走失"), Text<1, 1000>("分组点名"), Text<1, 60>("何老师")});
        sheet.insurance = TravelInsurance{Text<1, 120>("人保"), Text<1, 60>("P1"), {20260304}, {20260304}};
    }
    std::vector<std::string> faults() const
    {
        Problems problems;
        check_travel(sheet, evening, "/travel", problems);
        std::vector<std::string> paths;
        for (auto const& problem : problems)
            paths.push_back(problem.path);
        return paths;
    }
    TravelSheet sheet;
};
using Faults = std::vector<std::string>;

TEST_F(Journeys, a_whole_sheet_has_no_fault) { EXPECT_EQ(faults(), Faults{}); }

TEST_F(Journeys, an_empty_sheet_lacks_route_risks_and_insurance)
{
    sheet = {};

    EXPECT_EQ(faults(), (Faults{"/travel/stages", "/travel/risks", "/travel/insurance"}));
}

TEST_F(Journeys, stages_follow_one_another_within_the_event)
{
    sheet.stages[1].from = at(19, 30);
    sheet.stages[1].until = at(21, 0);

    EXPECT_EQ(faults(), (Faults{"/travel/stages/1/from", "/travel/stages/1/until"}));
}

TEST_F(Journeys, the_insurance_covers_the_first_day_and_the_last)
{
    sheet.insurance->from = {20260305};
    sheet.insurance->to = {20260303};

    EXPECT_EQ(faults(), (Faults{"/travel/insurance/from", "/travel/insurance/to"}));
}

} // namespace
} // namespace concentric::activities
