#include "modules/rosters/rotation.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>
#include <ranges>
#include <set>
#include <tuple>

namespace concentric::rosters {
namespace {

using testing::Each;
using testing::Ne;

constexpr std::int64_t monday = 20'514; // 2 March 2026
constexpr std::int64_t morning = 450;

std::vector<Server> parents(std::int64_t count)
{
    std::vector<Server> servers;
    for (std::int64_t id = 1; id <= count; ++id)
        servers.push_back({id, "parent", 100 + id, {}, {}, 0});
    return servers;
}

// So many places each school day of some weeks.
std::vector<Turn> school_days(std::int64_t weeks, std::int64_t places)
{
    std::vector<Turn> turns;
    for (std::int64_t week = 0; week < weeks; ++week)
        for (std::int64_t day = 0; day < 5; ++day)
            for (std::int64_t place = 0; place < places; ++place)
                turns.push_back(
                    {static_cast<std::int64_t>(turns.size() + 1), monday + week * 7 + day, morning, morning + 40, "parent"});
    return turns;
}

std::map<std::int64_t, std::int64_t> loads(std::vector<Server> const& servers, std::vector<Turn> const& turns)
{
    std::map<std::int64_t, std::int64_t> loads;
    for (auto const& server : servers)
        loads[server.id] = server.turns;
    for (auto const& turn : turns)
        if (turn.server)
            ++loads[turn.server];
    return loads;
}

std::int64_t spread(std::map<std::int64_t, std::int64_t> const& loads)
{
    std::vector<std::int64_t> counts;
    for (auto const& [server, count] : loads)
        counts.push_back(count);
    auto const [least, most] = std::ranges::minmax(counts);
    return most - least;
}

std::vector<std::int64_t> servers_of(std::vector<Turn> const& turns)
{
    std::vector<std::int64_t> ids;
    for (auto const& turn : turns)
        ids.push_back(turn.server);
    return ids;
}

// Nobody stands at two places at a time, on a day that does not suit, in a place of another sort, or twice a week.
void expect_lawful(std::vector<Server> const& servers, std::vector<Turn> const& turns)
{
    std::set<std::pair<std::int64_t, std::int64_t>> weeks;
    for (auto const& turn : turns) {
        auto const server = std::ranges::find(servers, turn.server, &Server::id);
        if (server == servers.end())
            continue;
        EXPECT_EQ(server->sort, turn.sort);
        EXPECT_EQ(std::ranges::count(server->blocked, weekday_of(turn.day)), 0);
        bool const is_first = !server->household || weeks.emplace(server->household, week_of(turn.day)).second;
        EXPECT_TRUE(is_first) << "twice a week: " << server->household;
        for (auto const& other : turns)
            EXPECT_FALSE(other.id != turn.id && other.server == turn.server && other.day == turn.day && other.from < turn.until
                && turn.from < other.until);
    }
}

TEST(Rotation, days_have_their_weekday_and_their_week)
{
    EXPECT_EQ(weekday_of(monday), 1);
    EXPECT_EQ(weekday_of(monday + 6), 7);
    EXPECT_EQ(week_of(monday), week_of(monday + 6));
    EXPECT_NE(week_of(monday), week_of(monday + 7));
}

TEST(Rotation, with_enough_families_every_place_is_filled_and_nobody_has_two_turns_more_than_another)
{
    for (std::int64_t count : {10, 11, 17, 23, 40, 97}) {
        auto const servers = parents(count);
        auto turns = school_days(18, 2);

        share_out(servers, turns);

        EXPECT_THAT(servers_of(turns), Each(Ne(0))) << count;
        EXPECT_LE(spread(loads(servers, turns)), 1) << count;
        expect_lawful(servers, turns);
    }
}

TEST(Rotation, the_same_question_has_the_same_answer)
{
    auto const servers = parents(23);
    auto one = school_days(10, 2);
    auto other = one;
    std::ranges::reverse(other);

    share_out(servers, one);
    share_out(servers, other);
    std::ranges::reverse(other);

    EXPECT_EQ(servers_of(one), servers_of(other));
}

TEST(Rotation, a_household_serves_once_a_week_though_both_parents_are_in)
{
    auto servers = parents(2);
    servers[1].household = servers[0].household;
    auto turns = school_days(1, 1);

    share_out(servers, turns);

    EXPECT_EQ(std::ranges::count(servers_of(turns), 0), 4);
    expect_lawful(servers, turns);
}

TEST(Rotation, blocked_weekdays_stay_free_and_a_wished_one_decides_between_equals)
{
    auto servers = parents(5);
    servers[4].wished = {1};
    servers[0].blocked = {1, 2, 3, 4};
    auto turns = school_days(1, 1);

    share_out(servers, turns);

    EXPECT_EQ(servers_of(turns).front(), 5);
    EXPECT_EQ(servers_of(turns).back(), 1) << "the only day of whoever is blocked on the others";
    expect_lawful(servers, turns);
}

TEST(Rotation, whoever_had_more_before_is_later_in_turn)
{
    auto servers = parents(10);
    servers[0].turns = 3;
    auto turns = school_days(2, 1);

    share_out(servers, turns);

    EXPECT_EQ(loads(servers, turns)[1], 3);
}

TEST(Rotation, what_is_fixed_stays_and_only_gaps_are_filled_around_it)
{
    auto const servers = parents(6);
    auto turns = school_days(1, 1);
    turns[2].server = 6;
    turns[2].is_fixed = true;

    share_out(servers, turns);

    EXPECT_EQ(turns[2].server, 6);
    expect_lawful(servers, turns);
}

TEST(Rotation, a_gap_is_closed_by_handing_on_the_turn_of_whoever_alone_could_fill_it)
{
    auto servers = parents(2);
    servers[0].blocked = {2, 3, 4, 5};
    servers[1].blocked = {3, 4, 5};
    auto turns = school_days(1, 1);
    turns.resize(2);
    turns[0].server = 2;

    share_out(servers, turns);

    EXPECT_THAT(servers_of(turns), testing::ElementsAre(1, 2));
}

// How the best answer looks, found by trying everything: as many places as can be filled, then as even as can be.
struct Best {
    std::int64_t filled = -1, squares = 0, spread = 0;
    auto rank() const { return std::tuple{-filled, squares, spread}; }
};
Best look_of(std::vector<Server> const& servers, std::vector<Turn> const& turns)
{
    auto const had = loads(servers, turns);
    Best look{static_cast<std::int64_t>(turns.size()) - std::ranges::count(turns, 0, &Turn::server), 0, spread(had)};
    for (auto const& [server, load] : had)
        look.squares += load * load;
    return look;
}
void try_all(std::vector<Server> const& servers, std::vector<Turn>& turns, std::size_t at, Best& best)
{
    if (at == turns.size()) {
        auto const now = look_of(servers, turns);
        if (best.filled < 0 || now.rank() < best.rank())
            best = now;
        return;
    }
    try_all(servers, turns, at + 1, best);
    if (turns[at].server)
        return;
    for (std::size_t i = 0; i < servers.size(); ++i)
        if (may_take(servers, turns, i, at)) {
            turns[at].server = servers[i].id;
            try_all(servers, turns, at + 1, best);
            turns[at].server = 0;
        }
}

std::vector<Server> with_blocked_days(std::vector<Server> servers, std::mt19937& random)
{
    for (auto& server : servers)
        for (std::int64_t day = 1; day <= 5; ++day)
            if (random() % 3 == 0)
                server.blocked.push_back(day);
    return servers;
}

TEST(Rotation, small_weeks_with_blocked_days_always_have_the_best_answer)
{
    std::mt19937 random(7);
    for (int round = 0; round < 400; ++round) {
        auto servers = with_blocked_days(parents(3), random);
        servers[random() % 3].turns = static_cast<std::int64_t>(random() % 3);
        auto turns = school_days(2, 1);
        std::erase_if(turns, [&](auto const&) { return random() % 10 < 4; });
        if (!turns.empty() && may_take(servers, turns, 0, 0) && random() % 2) {
            turns[0].server = 1;
            turns[0].is_fixed = true;
        }
        auto every = turns;
        Best best;
        try_all(servers, every, 0, best);

        share_out(servers, turns);

        expect_lawful(servers, turns);
        EXPECT_EQ(look_of(servers, turns).rank(), best.rank()) << "round " << round;
    }
}

TEST(Rotation, people_without_a_household_always_have_the_best_answer_too)
{
    std::mt19937 random(13);
    for (int round = 0; round < 150; ++round) {
        auto servers = with_blocked_days(parents(3), random);
        for (auto& server : servers)
            server.household = 0;
        auto turns = school_days(1, 2);
        std::erase_if(turns, [&](auto const&) { return random() % 10 < 3; });
        auto every = turns;
        Best best;
        try_all(servers, every, 0, best);

        share_out(servers, turns);

        expect_lawful(servers, turns);
        EXPECT_EQ(look_of(servers, turns).rank(), best.rank()) << "round " << round;
    }
}

TEST(Rotation, where_both_parents_serve_as_many_places_are_filled_as_can_be)
{
    std::mt19937 random(17);
    for (int round = 0; round < 150; ++round) {
        auto servers = with_blocked_days(parents(4), random);
        servers[1].household = servers[0].household;
        servers[3].household = servers[2].household;
        auto turns = school_days(2, 1);
        std::erase_if(turns, [&](auto const&) { return random() % 10 < 4; });
        auto every = turns;
        Best best;
        try_all(servers, every, 0, best);

        share_out(servers, turns);

        expect_lawful(servers, turns);
        EXPECT_EQ(look_of(servers, turns).filled, best.filled) << "round " << round;
    }
}

TEST(Rotation, a_whole_term_of_a_large_school_is_shared_out_in_a_moment)
{
    std::mt19937 random(19);
    auto const servers = with_blocked_days(parents(600), random);
    auto turns = school_days(20, 8);

    share_out(servers, turns);

    EXPECT_THAT(servers_of(turns), Each(Ne(0)));
    auto const had = loads(servers, turns);
    EXPECT_LE(std::ranges::max(had | std::views::values), 2) << "800 turns, 600 families";
}

TEST(Rotation, after_random_wishes_no_single_turn_could_go_to_somebody_who_has_two_fewer)
{
    std::mt19937 random(11);
    for (int round = 0; round < 20; ++round) {
        auto servers = parents(12 + static_cast<std::int64_t>(random() % 20));
        for (auto& server : servers)
            for (std::int64_t day = 1; day <= 5; ++day)
                if (random() % 4 == 0)
                    (random() % 2 ? server.blocked : server.wished).push_back(day);
        auto turns = school_days(12, 2);

        share_out(servers, turns);

        expect_lawful(servers, turns);
        auto const had = loads(servers, turns);
        for (std::size_t i = 0; i < turns.size(); ++i)
            for (std::size_t to = 0; turns[i].server && to < servers.size(); ++to)
                EXPECT_FALSE(had.at(servers[to].id) + 2 <= had.at(turns[i].server) && may_take(servers, turns, to, i))
                    << "round " << round;
    }
}

} // namespace
} // namespace concentric::rosters
