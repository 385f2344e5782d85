#include "modules/safety/head_count.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace concentric::safety {
namespace {

constexpr PersonId mei{1}, qiang{2}, teacher{8}, leader{9};

MarkRow mark(PersonId student, std::int64_t second, bool is_present, PersonId by = teacher)
{
    return {student, {}, is_present, {second * 1000}, by};
}

std::map<PersonId, bool> merged(std::vector<MarkRow> const& marks)
{
    std::map<PersonId, MarkRow> standing;
    for (auto const& one : marks)
        if (auto const found = standing.find(one.student); found == standing.end() || replaces(one, found->second))
            standing[one.student] = one;
    std::map<PersonId, bool> presence;
    for (auto const& [student, one] : standing)
        presence[student] = one.is_present;
    return presence;
}

DrillRow drill(DrillState state, std::int64_t planned, std::int64_t stopped = 0)
{
    DrillRow row;
    row.state = state;
    row.planned_at = {planned};
    row.stopped_at = {stopped};
    return row;
}

using milliseconds::hour;
constexpr std::int64_t noon = 400'000 * hour;

TEST(HeadCount, reports_of_two_phones_end_in_the_same_count_in_any_order)
{
    std::vector<MarkRow> marks{mark(mei, 1, false), mark(mei, 3, true, leader), mark(mei, 2, false), mark(qiang, 2, true),
        mark(qiang, 2, false, leader), mark(qiang, 1, true)};
    auto const expected = std::map<PersonId, bool>{{mei, true}, {qiang, false}};
    std::vector<std::size_t> order{0, 1, 2, 3, 4, 5};

    do {
        std::vector<MarkRow> shuffled;
        for (auto const place : order)
            shuffled.push_back(marks[place]);
        shuffled.push_back(marks[order[0]]); // one of them comes twice
        ASSERT_EQ(merged(shuffled), expected);
    } while (std::ranges::next_permutation(order).found);
}

TEST(HeadCount, of_two_marks_at_one_moment_the_missing_one_stays)
{
    EXPECT_TRUE(replaces(mark(mei, 1, false), mark(mei, 1, true, leader)));
    EXPECT_FALSE(replaces(mark(mei, 1, true, leader), mark(mei, 1, false)));
    EXPECT_FALSE(replaces(mark(mei, 1, true), mark(mei, 1, true)));
}

TEST(HeadCount, a_class_is_all_there_only_when_everybody_was_seen)
{
    EXPECT_EQ(state_of({30, 0, 0}), ClassState::not_reported);
    EXPECT_EQ(state_of({30, 29, 0}), ClassState::counting);
    EXPECT_EQ(state_of({30, 30, 0}), ClassState::all_there);
    EXPECT_EQ(state_of({30, 29, 1}), ClassState::missing);
    EXPECT_EQ(state_of({30, 0, 1}), ClassState::missing);
}

TEST(HeadCount, the_first_arrival_stays)
{
    EXPECT_EQ(earlier({}, {5}), Instant{5});
    EXPECT_EQ(earlier({5}, {}), Instant{5});
    EXPECT_EQ(earlier({5}, {3}), Instant{3});
    EXPECT_EQ(earlier({}, {}), Instant{});
}

TEST(HeadCount, a_class_that_arrived_before_the_beginning_has_no_time)
{
    EXPECT_EQ(seconds_between({60'000}, {154'600}), 95);
    EXPECT_EQ(seconds_between({60'000}, {59'000}), std::nullopt);
    EXPECT_EQ(seconds_between({}, {59'000}), std::nullopt);
}

TEST(DrillCalendar, what_did_not_begin_within_a_day_is_overdue)
{
    EXPECT_EQ(due_of(drill(DrillState::planned, noon), {noon - hour}), Due::planned);
    EXPECT_EQ(due_of(drill(DrillState::planned, noon), {noon + 24 * hour}), Due::planned);
    EXPECT_EQ(due_of(drill(DrillState::planned, noon), {noon + 24 * hour + 1}), Due::overdue);
}

TEST(DrillCalendar, what_was_held_and_not_entered_is_overdue_after_three_days)
{
    EXPECT_EQ(due_of(drill(DrillState::running, noon), {noon + 100 * hour}), Due::running);
    EXPECT_EQ(due_of(drill(DrillState::stopped, noon, noon), {noon + 72 * hour}), Due::running);
    EXPECT_EQ(due_of(drill(DrillState::stopped, noon, noon), {noon + 73 * hour}), Due::overdue);
    EXPECT_EQ(due_of(drill(DrillState::closed, noon, noon), {noon + 1000 * hour}), Due::done);
}

TEST(DrillCalendar, what_is_held_or_planned_need_not_be_put_on_it)
{
    EXPECT_EQ((Calendar{2, 0, 0}.unplanned()), 2);
    EXPECT_EQ((Calendar{2, 1, 1}.unplanned()), 0);
    EXPECT_EQ((Calendar{2, 3, 0}.unplanned()), 0);
}

} // namespace
} // namespace concentric::safety
