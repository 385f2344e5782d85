#include "modules/activities/notices.hpp"
#include "testing/fresh.hpp"

#include <gmock/gmock.h>

namespace concentric::activities {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

constexpr std::int64_t day = 24 * 60;
constexpr PersonId chen{1}, wang{2}, li{3}, teacher{9};

// A meeting tomorrow at eight in the morning, of which people are reminded a day before: now.
struct Reminders : testing::Test, Fresh {
    Reminders()
    {
        for (auto const person : {chen, wang, li, teacher})
            db.execute("INSERT INTO people (county, id, name, search, sex, identity_kind, identity_number, phone, hand_edited, "
                       "import, created_at, version) VALUES ($1, $2, '', '', 'unknown', '', '', '', '', 0, 0, 1)",
                county, person);
        activity.county = county;
        activity.id = {50};
        activity.starts_at = {call.now.milliseconds + day * 60'000};
        activity.ends_at = {activity.starts_at.milliseconds + 3'600'000};
        activity.remind_minutes = day;
    }

    void announce()
    {
        db.insert("activities", activity);
        db.insert("activity_parties", PartyRow{county, activity.id, Part::leader, teacher.value});
    }
    void sign_up(PersonId person, SignUpState state)
    {
        db.insert("activity_sign_ups", SignUpRow{county, activity.id, person, {}, state, person.value, person, call.now});
    }
    std::vector<std::int64_t> told()
    {
        return db.values<std::int64_t>("SELECT person AS value FROM inbox_items WHERE county = $1 ORDER BY person", county);
    }
    std::int64_t remind_after(std::chrono::minutes wait)
    {
        clock.advance(wait);
        auto later = call_by(the_system());
        return remind_now(later);
    }

    ActivityRow activity;
};

TEST_F(Reminders, whoever_has_a_place_and_whoever_leads_are_reminded_once)
{
    announce();
    sign_up(chen, SignUpState::placed);
    sign_up(wang, SignUpState::placed);

    EXPECT_EQ(remind_now(call), 3);
    EXPECT_EQ(remind_after(std::chrono::minutes(5)), 0);

    EXPECT_THAT(told(), UnorderedElementsAre(chen.value, wang.value, teacher.value));
}

TEST_F(Reminders, whoever_withdrew_or_waits_is_left_in_peace)
{
    announce();
    sign_up(chen, SignUpState::placed);
    sign_up(wang, SignUpState::cancelled);
    sign_up(li, SignUpState::waiting);

    remind_now(call);

    EXPECT_THAT(told(), UnorderedElementsAre(chen.value, teacher.value));
}

TEST_F(Reminders, a_booked_slot_is_reminded_of_too)
{
    announce();
    db.insert("activity_slots", SlotRow{county, activity.id, 1, activity.starts_at, activity.ends_at, li, {}, call.now});
    db.insert("activity_slots", SlotRow{county, activity.id, 2, activity.starts_at, activity.ends_at, {}, {}, {}});

    remind_now(call);

    EXPECT_THAT(told(), UnorderedElementsAre(li.value, teacher.value));
}

TEST_F(Reminders, nobody_is_reminded_before_the_time_nor_of_what_has_begun)
{
    activity.remind_minutes = 60;
    announce();

    EXPECT_EQ(remind_now(call), 0);
    EXPECT_EQ(remind_after(std::chrono::minutes(day - 61)), 0);
    EXPECT_EQ(remind_after(std::chrono::minutes(61)), 0);
}

TEST_F(Reminders, the_minute_at_which_it_is_due_counts)
{
    activity.remind_minutes = 60;
    announce();

    EXPECT_EQ(remind_after(std::chrono::minutes(day - 60)), 1);
    EXPECT_THAT(told(), ElementsAre(teacher.value));
}

TEST_F(Reminders, a_cancelled_event_and_one_without_a_reminder_remind_nobody)
{
    activity.state = ActivityState::cancelled;
    announce();
    sign_up(chen, SignUpState::placed);
    activity.id = {51};
    activity.state = ActivityState::announced;
    activity.remind_minutes = 0;
    announce();

    EXPECT_EQ(remind_now(call), 0);
}

} // namespace
} // namespace concentric::activities
