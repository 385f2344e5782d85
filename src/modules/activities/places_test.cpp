#include "modules/activities/places.hpp"
#include "modules/activities/quotas.hpp"
#include "modules/activities/waiting.hpp"
#include "modules/directory/tables.hpp"
#include "testing/fresh.hpp"

#include <gmock/gmock.h>

#include <random>

namespace concentric::activities {
namespace {

using testing::ElementsAre;

Waiting waiting(std::int64_t number, std::int64_t quota = 0, std::int64_t together = 0)
{
    return {number, quota, 0, false, number, together};
}
std::vector<std::int64_t> people(std::vector<Waiting> const& line)
{
    std::vector<std::int64_t> ids;
    for (auto const& one : line)
        ids.push_back(one.person);
    return ids;
}

TEST(Room, a_quota_keeps_its_places_and_lets_no_more_in)
{
    Room room(10, {{1, 3}}, false);
    room.take(1, 3);

    EXPECT_FALSE(room.fits({{1}}));
    EXPECT_TRUE(room.fits({{0, 0, 0, 0, 0, 0, 0}}));
    EXPECT_FALSE(room.fits({{0, 0, 0, 0, 0, 0, 0, 0}}));
}

TEST(Room, released_places_are_everybodys)
{
    Room room(10, {{1, 3}}, true);
    room.take(0, 8);

    EXPECT_TRUE(room.fits({{0, 0}}));
    EXPECT_TRUE(room.fits({{1, 1}}));
    EXPECT_FALSE(room.fits({{1, 0, 0}}));
}

TEST(Room, without_a_limit_only_quotas_end)
{
    Room room(0, {{1, 1}}, false);
    room.take(1);
    room.take(0, 1000);

    EXPECT_TRUE(room.fits({{0}}));
    EXPECT_FALSE(room.fits({{1}}));
}

TEST(Room, a_lowered_capacity_throws_nobody_out_and_lets_nobody_in)
{
    Room room(2, {}, false);
    room.take(0, 5);

    EXPECT_FALSE(room.fits({{0}}));
}

TEST(Line, who_has_not_had_a_turn_goes_first_and_whom_the_organiser_moved_before_them)
{
    auto early = waiting(1), late = waiting(2), moved = waiting(3);
    early.had_turn = true;
    moved.rank = -1;
    Room room(3, {}, false);

    EXPECT_THAT(people(next_in_line(room, {early, late, moved})), ElementsAre(3, 2, 1));
}

TEST(Line, a_family_waits_until_all_of_it_fits_and_others_who_fit_go_before)
{
    Room room(2, {}, false);

    auto const next
        = next_in_line(room, {waiting(1, 0, 1), waiting(2, 0, 1), waiting(3, 0, 1), waiting(4), waiting(5), waiting(6)});

    EXPECT_THAT(people(next), ElementsAre(4, 5));
}

TEST(Quotas, somebody_is_of_the_first_that_fits_in_every_respect)
{
    std::vector<QuotaRow> const quotas{{1, {1}, 1, {7}, "", "pupil", "", 5}, {1, {1}, 2, {}, "primary", "", "school", 5},
        {1, {1}, 3, {}, "", "staff", "community", 5}};

    EXPECT_EQ(quota_for(quotas, {ComingAs::pupil, {1, 7, 9}, {"class", "school"}, "primary"}), 1);
    EXPECT_EQ(quota_for(quotas, {ComingAs::carer, {1, 7, 9}, {"class", "school"}, "primary"}), 2);
    EXPECT_EQ(quota_for(quotas, {ComingAs::carer, {1, 8}, {"class", "school"}, "junior"}), 0);
    EXPECT_EQ(quota_for(quotas, {ComingAs::staff, {1, 4}, {"community", ""}, ""}), 3);
}

// An event with places, and a plain list of what should be.
struct Rush : testing::Test, Fresh {
    struct Expected {
        std::int64_t person, quota;
        SignUpState state = SignUpState::placed;
        Instant offered_until;
        bool has_lapsed = false;
    };

    Rush()
    {
        for (std::int64_t person = 1; person <= 40; ++person)
            db.execute("INSERT INTO people (county, id, name, search, sex, identity_kind, identity_number, phone, hand_edited, "
                       "import, created_at, version) VALUES ($1, $2, '', '', 'unknown', '', '', '', '', 0, 0, 1)",
                county, PersonId{person});
        activity.county = county;
        activity.id = {50};
        activity.organiser = {7};
        directory::OrganisationRow school;
        school.county = county;
        school.id = activity.organiser;
        school.path = "/7/";
        school.kind = "school";
        db.insert("organisations", school);
        activity.title = "读书节";
        activity.starts_at = {call.now.milliseconds + 30LL * 24 * 3'600'000};
        activity.ends_at = {activity.starts_at.milliseconds + 3'600'000};
        activity.needs_sign_up = true;
        activity.capacity = 10;
        db.insert("activities", activity);
    }

    void begin(WaitingRule rule, std::vector<std::int64_t> const& quotas)
    {
        PlaceRulesRow rules;
        rules.county = county;
        rules.activity = activity.id;
        rules.waiting = rule;
        rules.offer_minutes = 60;
        db.insert("activity_place_rules", rules);
        for (std::size_t i = 0; i < quotas.size(); ++i) {
            db.insert(
                "activity_quotas", QuotaRow{county, activity.id, static_cast<std::int64_t>(i + 1), {}, "", "pupil", "", quotas[i]});
            quotas_[static_cast<std::int64_t>(i + 1)] = quotas[i];
        }
        is_offer_ = rule == WaitingRule::offer;
    }

    // The way of a sign-up after who comes is known.
    void sign_up(std::int64_t person, std::int64_t quota)
    {
        settle_places(call, activity);
        Places const places(call, activity);
        SignUpRow row{county, activity.id, {person}, {person},
            places.room().fits({{quota}}) ? SignUpState::placed : SignUpState::waiting, new_id(), {person}, call.now};
        row.quota = quota;
        store_sign_ups(call, {row});

        std::erase_if(expected_, [&](auto const& one) { return one.person == person; });
        give_free();
        expected_.push_back({person, quota, free_for(quota) > 0 ? SignUpState::placed : SignUpState::waiting, {}});
    }
    void withdraw(std::int64_t person)
    {
        db.execute("UPDATE activity_sign_ups SET state = 'cancelled', offered_until = 0 WHERE county = $1 AND person = $2", county,
            PersonId{person});
        settle_places(call, activity);
        std::erase_if(expected_, [&](auto const& one) { return one.person == person; });
        give_free();
    }
    void set_capacity(std::int64_t capacity)
    {
        activity.capacity = capacity;
        settle_places(call, activity);
        give_free();
    }
    void wait(std::chrono::minutes time)
    {
        clock.advance(time);
        call.now = clock.now();
        settle_places(call, activity);
        give_free();
    }
    void accept(std::int64_t person)
    {
        db.execute("UPDATE activity_sign_ups SET state = 'placed', offered_until = 0 WHERE county = $1 AND person = $2 AND "
                   "offered_until > 0",
            county, PersonId{person});
        for (auto& one : expected_)
            if (one.person == person && one.offered_until.milliseconds)
                one = {person, one.quota, SignUpState::placed, {}};
    }

    // Plainly: whoever stands first in the list and fits gets the next place.
    std::int64_t taken(std::optional<std::int64_t> quota) const
    {
        return std::ranges::count_if(expected_, [&](auto const& one) {
            return (one.state == SignUpState::placed || one.offered_until.milliseconds) && (!quota || one.quota == *quota);
        });
    }
    std::int64_t free_for(std::int64_t quota) const
    {
        auto places = quota ? quotas_.at(quota) : activity.capacity;
        if (!quota)
            for (auto const& [number, kept] : quotas_)
                places -= kept;
        return std::min(places - taken(quota), activity.capacity - taken({}));
    }
    void give_free()
    {
        auto const has_run_out
            = [&](Expected const& one) { return one.offered_until.milliseconds && one.offered_until <= call.now; };
        std::erase_if(expected_, [&](Expected const& one) { return one.has_lapsed && has_run_out(one); });
        auto const moved = std::ranges::stable_partition(expected_, [&](Expected const& one) { return !has_run_out(one); });
        for (auto& one : moved)
            one = {one.person, one.quota, SignUpState::waiting, {}, true};
        for (bool const at_the_end : {false, true})
            for (auto& one : expected_)
                if (one.has_lapsed == at_the_end && one.state == SignUpState::waiting && !one.offered_until.milliseconds
                    && free_for(one.quota) > 0) {
                    if (is_offer_)
                        one.offered_until = {call.now.milliseconds + 60 * 60'000};
                    else
                        one.state = SignUpState::placed;
                }
    }

    std::vector<std::string> plainly() const
    {
        std::vector<std::string> lines;
        for (auto const& one : expected_)
            lines.push_back(std::to_string(one.person) + " " + std::string(name_of(one.state)) + " "
                + std::to_string(one.offered_until.milliseconds));
        return lines;
    }
    std::vector<std::string> stored()
    {
        std::vector<std::string> lines;
        for (auto const& row : db.rows<SignUpRow>(
                 "SELECT * FROM activity_sign_ups WHERE county = $1 AND state <> 'cancelled' ORDER BY number", county))
            lines.push_back(std::to_string(row.person.value) + " " + std::string(name_of(row.state)) + " "
                + std::to_string(row.offered_until.milliseconds));
        return lines;
    }

    void play(unsigned seed)
    {
        std::mt19937 random(seed);
        auto const upto = [&](std::int64_t most) { return static_cast<std::int64_t>(random() % static_cast<unsigned>(most)); };
        for (int step = 0; step < 250; ++step) {
            auto const before = taken({});
            auto const person = 1 + upto(40);
            bool const comes = std::ranges::any_of(expected_, [&](auto const& one) { return one.person == person; });
            auto const what = upto(10);
            if (what < 5 && !comes)
                sign_up(person, upto(static_cast<std::int64_t>(quotas_.size()) + 1));
            else if (what < 7)
                withdraw(person);
            else if (what == 7)
                accept(person);
            else if (what == 8)
                wait(std::chrono::minutes(20));
            else
                set_capacity(6 + upto(12));

            ASSERT_EQ(stored(), plainly()) << "seed " << seed << ", step " << step;
            ASSERT_LE(taken({}), std::max(before, activity.capacity));
        }
    }

    ActivityRow activity;
    std::vector<Expected> expected_; // in the order in which they came
    std::map<std::int64_t, std::int64_t> quotas_;
    bool is_offer_ = false;
};

TEST_F(Rush, places_given_at_once_are_those_of_a_plain_list_whatever_happens)
{
    begin(WaitingRule::automatic, {});
    play(1);
}

TEST_F(Rush, offered_places_are_those_of_a_plain_list_whatever_happens)
{
    begin(WaitingRule::offer, {});
    play(2);
}

TEST_F(Rush, whoever_lets_an_offer_run_out_is_last_once_and_leaves_the_second_time)
{
    begin(WaitingRule::offer, {});
    activity.capacity = 1;
    for (auto const person : {1, 2, 3})
        sign_up(person, 0);
    withdraw(1);
    wait(std::chrono::minutes(61));
    EXPECT_THAT(stored(), testing::ElementsAre(testing::StartsWith("3 waiting"), "2 waiting 0"));
    EXPECT_EQ(stored(), plainly());

    wait(std::chrono::minutes(61));
    EXPECT_THAT(stored(), testing::ElementsAre(testing::StartsWith("2 waiting"), "3 waiting 0"));

    wait(std::chrono::minutes(61));
    EXPECT_THAT(stored(), testing::ElementsAre(testing::StartsWith("3 waiting")));
    EXPECT_THAT(db.values<std::string>("SELECT title_zh AS value FROM inbox_letters ORDER BY id"),
        testing::IsSupersetOf({"名额未按时确认，已排到候补队尾：读书节", "名额未确认，已让给下一位：读书节"}));
}

TEST_F(Rush, the_counts_kept_beside_are_those_of_counting_anew)
{
    begin(WaitingRule::offer, {2, 3});
    play(7);
    std::string const same = "SELECT quota || ' ' || rank || ' ' || people AS value FROM ";
    auto const kept = db.values<std::string>(
        same + "activity_place_counts WHERE people > 0 ORDER BY quota, rank, had_turn, is_placed, is_offered");
    auto const counted = db.values<std::string>(same
        + "(SELECT quota, rank, had_turn, state = 'placed' AS is_placed, offered_until > 0 AS is_offered, count(*) AS people FROM "
          "activity_sign_ups WHERE state <> 'cancelled' GROUP BY quota, rank, had_turn, state = 'placed', offered_until > 0) c "
          "ORDER BY quota, rank, had_turn, is_placed, is_offered");

    EXPECT_EQ(kept, counted);
}

TEST_F(Rush, quotas_and_offers_together_are_those_of_a_plain_list)
{
    begin(WaitingRule::offer, {2, 3});
    play(3);
}

TEST_F(Rush, quotas_with_places_given_at_once_are_those_of_a_plain_list)
{
    begin(WaitingRule::automatic, {3, 1});
    play(4);
}

TEST_F(Rush, what_a_quota_left_goes_to_who_waits_once_its_day_has_come)
{
    activity.capacity = 2;
    begin(WaitingRule::automatic, {2});
    db.execute("UPDATE activities SET capacity = 2 WHERE county = $1", county);
    db.execute("UPDATE activity_place_rules SET release_at = $2 WHERE county = $1", county, call.now.milliseconds + 60'000);
    sign_up(1, 0);
    EXPECT_THAT(stored(), ElementsAre("1 waiting 0"));

    clock.advance(std::chrono::minutes(1));
    auto later = call_by(the_system());

    EXPECT_EQ(settle_due(later), 1);
    EXPECT_THAT(stored(), ElementsAre("1 placed 0"));
    EXPECT_EQ(settle_due(later), 0);
}

TEST_F(Rush, who_got_a_place_elsewhere_this_term_lets_others_go_first)
{
    activity.capacity = 1;
    begin(WaitingRule::automatic, {});
    sign_up(1, 0);
    sign_up(2, 0);
    sign_up(3, 0);
    auto other = activity;
    other.id = {51};
    db.insert("activities", other);
    db.insert("activity_sign_ups", SignUpRow{county, {51}, {2}, {2}, SignUpState::placed, new_id(), {2}, call.now});

    db.execute("UPDATE activity_sign_ups SET state = 'cancelled' WHERE county = $1 AND person = 1", county);
    settle_places(call, activity);

    EXPECT_THAT(db.values<std::int64_t>("SELECT person AS value FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND "
                                        "state = 'placed'",
                    county, activity.id),
        ElementsAre(3));
}

} // namespace
} // namespace concentric::activities
