#include "modules/learning/watching.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

namespace concentric::learning {
namespace {

constexpr std::int64_t start = 1'760'000'000'000;
constexpr UnitId lesson{7};
constexpr ViewingId phone{1}, computer{2};

Instant after(std::int64_t ms) { return {start + ms}; }

// Somebody who opened a lesson of 100 seconds on the phone.
struct Watching : testing::Test {
    Watching() { open_viewing(clock, phone, lesson, after(0)); }

    Credit beat(std::int64_t at, std::int64_t from, std::int64_t to, std::int64_t speed = 100, ViewingId viewing = phone)
    {
        return credit(clock, watched, {viewing, lesson, from, to, speed}, 200, after(at));
    }

    PersonClock clock;
    WatchedSeconds watched{100};
};

struct Case {
    char const* what;
    std::int64_t at, from, to, speed;
    BeatOutcome outcome;
    std::int64_t seconds, credited_to;
};

TEST_F(Watching, one_beat_is_worth_what_time_allows)
{
    Case const cases[] = {
        {"ten seconds in ten seconds", 10'000, 0, 10'000, 100, BeatOutcome::credited, 10, 10'000},
        {"somewhere in the middle", 10'000, 50'000, 60'000, 100, BeatOutcome::credited, 10, 60'000},
        {"twenty seconds at double speed in ten", 10'000, 0, 20'000, 200, BeatOutcome::credited, 20, 20'000},
        {"half speed", 10'000, 0, 5'000, 50, BeatOutcome::credited, 5, 5'000},
        {"a little ahead of the clock: the rest later", 9'900, 0, 10'000, 100, BeatOutcome::credited, 9, 9'000},
        {"more than the clock allows", 5'000, 0, 10'000, 100, BeatOutcome::refused, 0, 10'000},
        {"a leap to the end", 1'000, 0, 100'000, 100, BeatOutcome::refused, 0, 100'000},
        {"a speed no player has counts as double", 10'000, 0, 20'000, 1600, BeatOutcome::credited, 20, 20'000},
        {"more than a minute at once", 90'000, 0, 90'000, 100, BeatOutcome::refused, 0, 90'000},
        {"a long pause, then ten seconds", 90'000, 0, 10'000, 100, BeatOutcome::credited, 10, 10'000},
        {"backwards", 10'000, 10'000, 0, 100, BeatOutcome::refused, 0, 0},
        {"before the beginning", 10'000, -5'000, 5'000, 100, BeatOutcome::refused, 0, 5'000},
        {"past the end", 10'000, 95'000, 105'000, 100, BeatOutcome::credited, 5, 105'000},
        {"wholly past the end", 10'000, 200'000, 205'000, 100, BeatOutcome::refused, 0, 205'000},
        {"a clock set back", -10'000, 0, 10'000, 100, BeatOutcome::refused, 0, 10'000},
        {"less than half a second", 10'000, 0, 400, 100, BeatOutcome::credited, 0, 400},
    };

    for (auto const& each : cases) {
        clock = {};
        watched = WatchedSeconds(100);
        open_viewing(clock, phone, lesson, after(0));

        auto const got = beat(each.at, each.from, each.to, each.speed);

        EXPECT_EQ(got.outcome, each.outcome) << each.what;
        EXPECT_EQ(got.seconds, each.seconds) << each.what;
        EXPECT_EQ(got.credited_to_ms, each.credited_to) << each.what;
        EXPECT_EQ(watched.count(), each.seconds) << each.what;
    }
}

// Only long pauses part sittings: what was credited late stands for the time just before.
TEST_F(Watching, a_long_pause_ends_a_sitting)
{
    EXPECT_FALSE(beat(10'000, 0, 10'000).sitting);
    EXPECT_FALSE(beat(40'000, 10'000, 20'000).sitting) << "a pause of twenty seconds";
    auto const after_pause = beat(600'000, 20'000, 30'000);

    ASSERT_TRUE(after_pause.sitting);
    EXPECT_EQ(after_pause.sitting->from.milliseconds, start);
    EXPECT_EQ(after_pause.sitting->until.milliseconds, start + 20'000);
    EXPECT_EQ(clock.since.milliseconds, start + 540'000);
    EXPECT_EQ(clock.used_until.milliseconds, start + 550'000);
}

TEST_F(Watching, opening_a_player_begins_a_sitting)
{
    beat(10'000, 0, 10'000);
    open_viewing(clock, computer, lesson, after(30'000));

    EXPECT_EQ(clock.since.milliseconds, start + 30'000);
}

TEST_F(Watching, stretches_that_touch_lose_nothing_wherever_the_player_paused)
{
    beat(10'000, 0, 3'300);
    beat(20'000, 3'300, 3'700);
    beat(30'000, 3'700, 10'500);

    EXPECT_EQ(watched.count(), 11); // 10.5 seconds, rounded once
}

TEST_F(Watching, what_was_seen_before_earns_nothing_again)
{
    beat(10'000, 0, 10'000);

    EXPECT_EQ(beat(20'000, 0, 10'000).seconds, 0);
    EXPECT_EQ(beat(30'000, 5'000, 15'000).seconds, 5);
}

TEST_F(Watching, two_players_of_one_person_share_one_time)
{
    beat(10'000, 0, 10'000);

    open_viewing(clock, computer, lesson, after(12'000));

    EXPECT_EQ(beat(20'000, 10'000, 20'000).outcome, BeatOutcome::elsewhere);
    EXPECT_EQ(beat(20'000, 10'000, 18'000, 100, computer).seconds, 8);
    EXPECT_EQ(watched.count(), 18);
}

TEST_F(Watching, opening_again_and_again_brings_no_time)
{
    for (std::int64_t at = 0; at < 60'000; at += 1'000) {
        open_viewing(clock, ViewingId{at + 10}, lesson, after(at));
        beat(at, 0, 2'000, 200, ViewingId{at + 10});
    }

    EXPECT_EQ(watched.count(), 0);
}

TEST_F(Watching, reading_has_no_double_speed)
{
    auto const got = credit(clock, watched, {phone, lesson, 0, 20'000, 200}, 100, after(10'000));

    EXPECT_EQ(got.outcome, BeatOutcome::refused);
}

TEST(Bitmap, keeps_its_size_and_comes_back_from_its_text)
{
    WatchedSeconds seconds(100);
    auto const empty = seconds.text().size();

    seconds.add(0, 3, 100);
    seconds.add(97, 200, 100);

    EXPECT_EQ(seconds.count(), 6);
    EXPECT_EQ(seconds.text().size(), empty);
    EXPECT_EQ(empty, 18U); // 13 bytes in base64
    WatchedSeconds const again(100, seconds.text());
    EXPECT_TRUE(again.has(2) && again.has(99) && !again.has(3));
    EXPECT_EQ(WatchedSeconds(4, "____").count(), 4); // foreign bits past the end are left out
    EXPECT_EQ(WatchedSeconds(100, "not a bitmap!").count(), 0);
}

TEST(Completion, needs_the_share_and_not_a_second_less)
{
    EXPECT_FALSE(is_complete(89, 100, 90));
    EXPECT_TRUE(is_complete(90, 100, 90));
    EXPECT_FALSE(is_complete(4, 5, 90));
    EXPECT_TRUE(is_complete(5, 5, 100));
}

TEST(Minutes, of_short_lessons_add_up)
{
    EXPECT_EQ(minutes_gained(0, 59), 0);
    EXPECT_EQ(minutes_gained(59, 59), 1);
    EXPECT_EQ(minutes_gained(118, 3600), 60);
}

// Whatever a client sends, in whatever order, from however many players.
class AnyHistory : public testing::TestWithParam<unsigned> {
protected:
    std::int64_t pick(std::int64_t lowest, std::int64_t highest)
    {
        return std::uniform_int_distribution<std::int64_t>(lowest, highest)(random);
    }
    Beat any_beat()
    {
        auto const from = pick(-2'000, 310'000);
        auto const speeds = std::array<std::int64_t, 5>{50, 100, 150, 200, 900};
        return {ViewingId{pick(1, 3)}, UnitId{pick(1, 2)}, from, from + pick(-1'000, 30'000),
            speeds[static_cast<std::size_t>(pick(0, 4))]};
    }
    // Opens now and then, moves the clock on (and sometimes back), and sends.
    template <class After> void run(After const& after_each)
    {
        Instant now = after(0);
        for (int step = 0; step < 2000; ++step) {
            now.milliseconds += step > 0 && pick(0, 20) == 0 ? -pick(0, 30'000) : pick(0, 12'000);
            latest = std::max(latest, now);
            if (step == 0 || pick(0, 15) == 0)
                open_viewing(clock, ViewingId{pick(1, 3)}, UnitId{pick(1, 2)}, now);
            // As a player would: the stretch that time allows, in the player that is open.
            auto beat = any_beat();
            if (pick(0, 2) != 0)
                beat = {clock.viewing, clock.unit, beat.from_ms, beat.from_ms + pick(0, 12'000), beat.speed};
            auto const got = credit(clock, units[static_cast<std::size_t>(beat.unit.value - 1)], beat, 200, now);
            total += got.seconds;
            after_each(beat, now, got);
        }
    }

    std::mt19937 random{GetParam()};
    PersonClock clock;
    WatchedSeconds units[2]{WatchedSeconds(300), WatchedSeconds(40'000)};
    std::int64_t total = 0;
    Instant latest = after(0);
};

TEST_P(AnyHistory, never_brings_more_than_the_time_that_passed_at_the_highest_speed)
{
    run([&](Beat const&, Instant, Credit const&) {
        ASSERT_LE(total * 1000, (latest.milliseconds - start) * 2);
        ASSERT_EQ(total, units[0].count() + units[1].count());
    });
    EXPECT_GT(total, 100) << "the histories must not be empty ones";
}

TEST_P(AnyHistory, is_not_changed_by_sending_a_beat_again)
{
    run([&](Beat const& beat, Instant now, Credit const& got) {
        if (got.seconds == 0)
            return;
        auto& unit = units[beat.unit.value - 1];
        auto const before = unit.text();

        auto const again = credit(clock, unit, beat, 200, {now.milliseconds + 5'000});

        ASSERT_EQ(again.seconds, 0);
        ASSERT_EQ(again.credited_to_ms, got.credited_to_ms);
        ASSERT_EQ(unit.text(), before);
    });
}

TEST_P(AnyHistory, of_beats_that_come_together_does_not_depend_on_their_order)
{
    run([&](Beat const&, Instant, Credit const&) {});
    auto const now = Instant{latest.milliseconds + 20'000};
    std::vector<Beat> beats;
    for (int i = 0; i < 6; ++i) {
        auto beat = any_beat();
        beat.viewing = clock.viewing;
        beat.unit = clock.unit;
        beats.push_back(beat);
    }
    std::vector<std::string> outcomes;

    for (int turn = 0; turn < 20; ++turn) {
        std::ranges::shuffle(beats, random);
        auto together = beats;
        std::ranges::sort(together, comes_before);
        auto own_clock = clock;
        auto unit = units[clock.unit.value - 1];
        for (auto const& beat : together)
            credit(own_clock, unit, beat, 200, now);
        outcomes.push_back(unit.text());
    }

    EXPECT_THAT(outcomes, testing::Each(outcomes.front()));
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyHistory, testing::Range(1U, 21U));

} // namespace
} // namespace concentric::learning
