#include "modules/rosters/rosters_for_test.hpp"

#include "modules/calendar/days.hpp"

namespace concentric::rosters {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST_F(Rosters, a_term_is_laid_on_school_days_and_a_family_serves_once_a_week)
{
    auto const outcome = plan();

    std::map<std::string, int> weekly;
    for (auto const& one : shifts()) {
        EXPECT_LE((days_since_1970(day_at(one.starts_at)) + 3) % 7, 4);
        if (one.person)
            ++weekly[std::to_string((days_since_1970(day_at(one.starts_at)) + 3) / 7) + "/" + std::to_string(one.person->id.value)];
    }
    EXPECT_LE(outcome.most - outcome.fewest, 1);
    EXPECT_GT(outcome.gaps, 0) << "two families cannot fill five days a week";
    for (auto const& [key, count] : weekly)
        EXPECT_EQ(count, 1) << key;
}

TEST_F(Rosters, nobody_serves_on_a_holiday_and_a_day_that_the_county_takes_off)
{
    auto as_head = by(head);
    auto county_call = at(root);
    calendar::add_day(county_call, {Day{20260311}, Day{20260311}, calendar::CountyDayKind::day_off, Text<1, 60>("运动会")});

    plan_roster(as_head, {roster});

    for (auto const& one : shifts())
        EXPECT_NE(day_at(one.starts_at).number, 20260311);
    auto const all
        = call.db.values<std::int64_t>("SELECT day AS value FROM roster_shifts WHERE county = $1 AND day = 20260406", county);
    EXPECT_THAT(all, IsEmpty()) << "Qingming 2026: Monday, 6 April is a day off";
}

TEST_F(Rosters, planning_again_after_publication_fills_gaps_and_moves_nobody)
{
    plan();
    publish();
    auto const before = shifts();
    auto as_head = by(head);
    AddMember more;
    more.roster = roster;
    more.person = father;
    add_member(as_head, more);

    plan();

    auto const now = shifts();
    ASSERT_EQ(before.size(), now.size());
    for (std::size_t i = 0; i < before.size(); ++i)
        EXPECT_FALSE(before[i].person && now[i].person->id != before[i].person->id);
}

TEST_F(Rosters, two_turns_change_hands_at_once_when_the_colleague_agrees)
{
    plan();
    publish();
    auto const mine = first_of(mother);
    auto const theirs = first_of(zhou);
    auto as = by(mother);
    AskSwap ask{mine.id, SwapKind::swap, theirs.id, {}};
    auto const question = ask_swap(as, ask);
    EXPECT_THROW(ask_swap(as, ask), ApiError) << "one question a turn";

    auto as_zhou = by(zhou);
    accept_swap(as_zhou, {question.id, {}});

    for (auto const& one : shifts()) {
        EXPECT_FALSE(one.id == mine.id && one.person->id != zhou);
        EXPECT_FALSE(one.id == theirs.id && one.person->id != mother);
    }
    EXPECT_THROW(accept_swap(as_zhou, {question.id, {}}), ApiError);
    EXPECT_THAT(show_own(as_zhou, {}).swaps, IsEmpty());
}

TEST_F(Rosters, everybody_is_asked_to_cover_and_the_first_who_says_yes_has_it)
{
    plan();
    publish();
    auto const mine = first_of(mother);
    auto as = by(mother);
    auto const question = ask_swap(as, {mine.id, SwapKind::cover, {}, {}});
    auto as_zhou = by(zhou);
    ASSERT_THAT(show_own(as_zhou, {}).swaps, SizeIs(1));

    accept_swap(as_zhou, {question.id, {}});

    bool has = false;
    for (auto const& one : own(zhou))
        has = has || one.id == mine.id;
    EXPECT_TRUE(has);
    auto as_father = by(father);
    EXPECT_THROW(accept_swap(as_father, {question.id, {}}), ApiError) << "is not on the roster";
}

TEST_F(Rosters, a_turn_is_given_back_until_a_day_before_and_not_later)
{
    plan();
    publish();
    auto const shift = first_of(mother);
    clock.set(Instant{shift.starts_at.milliseconds - 23 * 60 * minute});
    auto late = by(mother);
    EXPECT_THROW(give_back(late, {shift.id}), ApiError);

    clock.set(Instant{shift.starts_at.milliseconds - 25 * 60 * minute});
    auto in_time = by(mother);
    give_back(in_time, {shift.id});

    for (auto const& one : shifts())
        EXPECT_FALSE(one.id == shift.id && one.person);
}

TEST_F(Rosters, who_serves_tomorrow_is_told_once_in_the_evening)
{
    plan();
    publish();
    auto const shift = first_of(mother);
    Instant const midnight = start_of(plus_days(day_at(shift.starts_at), -1));
    clock.set(Instant{midnight.milliseconds + 17 * 60 * minute});
    auto afternoon = by(the_system());
    EXPECT_EQ(remind_now(afternoon), 0);

    clock.set(Instant{midnight.milliseconds + 18 * 60 * minute});
    auto evening = by(the_system());
    EXPECT_EQ(remind_now(evening), 1);
    EXPECT_EQ(remind_now(evening), 0);
}

TEST_F(Rosters, a_turn_stands_in_the_calendar_once_it_is_published)
{
    plan();
    auto as = by(mother);
    std::vector<directory::Happening> items;
    std::vector<std::int64_t> const people{mother.value};
    directory::HappeningsAsked const asked{people, start_of(Day{20260305}), start_of(Day{20260410}), true, &items};
    events.publish(as, asked);
    EXPECT_THAT(items, IsEmpty());

    publish();
    events.publish(as, asked);

    ASSERT_FALSE(items.empty());
    EXPECT_EQ(items.front().kind, directory::HappeningKind::duty);
    EXPECT_EQ(items.front().place, "滨江路北门");
}

TEST_F(Rosters, whoever_does_not_run_it_finds_no_roster)
{
    auto as_teacher = by(teacher);
    EXPECT_THROW(show_roster(as_teacher, {roster}), ApiError);
    EXPECT_THROW(plan_roster(as_teacher, {roster}), ApiError);
    auto as = by(mother);
    EXPECT_THROW(show_roster(as, {roster}), ApiError) << "serves, but does not lead";
    auto as_head = by(head);
    change_member(as_head, {{}, roster, mother, true, false});
    EXPECT_EQ(show_roster(as, {roster}).may_manage, false);
    auto as_zhou = by(zhou);
    JoinRoster unknown;
    unknown.id = RosterId{12345};
    EXPECT_THROW(join_roster(as_zhou, unknown), ApiError);
}

} // namespace
} // namespace concentric::rosters
