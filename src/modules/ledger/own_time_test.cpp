#include "modules/ledger/own_time.hpp"

#include "testing/fresh.hpp"

#include <gmock/gmock.h>

#include <random>

namespace concentric::ledger {
namespace {

using milliseconds::minute;
constexpr std::int64_t day_long = 24 * 60;
auto const start = start_of({20260305});

Stretch between(std::int64_t from, std::int64_t until)
{
    return {{start.milliseconds + from * minute}, {start.milliseconds + until * minute}};
}

struct OwnTimes : testing::Test, Fresh {
    EntryId enter(std::int64_t person, std::int64_t minutes, std::vector<Stretch> during, std::string kind = "attended.guidance")
    {
        NewEntry fact;
        fact.kind = std::move(kind);
        fact.happened_at = start;
        fact.person = person;
        fact.minutes = minutes;
        fact.source = "test:" + std::to_string(++sources);
        fact.during = std::move(during);
        return append(call, {&fact, 1}).front().id;
    }
    std::int64_t minutes_of(EntryId entry) { return find(call, entry).value().minutes; }
    std::vector<SharedTimeRow> shared_by_entry(EntryId entry)
    {
        return db.rows<SharedTimeRow>("SELECT * FROM shared_times WHERE county = $1 AND entry = $2 ORDER BY other", county, entry);
    }

    int sources = 0;
};

TEST_F(OwnTimes, the_same_minutes_are_brought_by_what_was_entered_first)
{
    auto const lecture = enter(1, 60, {between(0, 60)});
    auto const film = enter(1, 45, {between(30, 75)}, "course.parent");
    auto const other = enter(2, 60, {between(0, 60)});

    EXPECT_EQ(minutes_of(lecture), 60);
    EXPECT_EQ(minutes_of(film), 15);
    EXPECT_EQ(minutes_of(other), 60) << "somebody else's hour";
    ASSERT_EQ(shared_by_entry(film).size(), 1U);
    EXPECT_EQ(shared_by_entry(film).front().other, lecture);
    EXPECT_EQ(shared_by_entry(film).front().minutes, 30);
}

TEST_F(OwnTimes, an_entry_brings_its_minutes_by_the_share_of_its_time)
{
    enter(1, 30, {between(0, 30)});
    auto const at_double_speed = enter(1, 120, {between(0, 60)}, "course.parent"); // 120 minutes of film in an hour

    EXPECT_EQ(minutes_of(at_double_speed), 60);
}

TEST_F(OwnTimes, what_is_taken_back_leaves_its_time_to_what_comes_later)
{
    auto const first = enter(1, 60, {between(0, 60)});
    std::vector const ids{first};
    reverse(call, ids, "录入有误");

    EXPECT_EQ(minutes_of(enter(1, 60, {between(0, 60)})), 60);
}

TEST_F(OwnTimes, a_fact_that_is_sent_again_changes_nothing)
{
    NewEntry fact;
    fact.kind = "attended.guidance";
    fact.happened_at = start;
    fact.person = 1;
    fact.minutes = 60;
    fact.source = "test:again";
    fact.during = {between(0, 60)};
    auto const first = append(call, {&fact, 1}).front();
    auto const again = append(call, {&fact, 1}).front();

    EXPECT_EQ(again.id, first.id);
    EXPECT_EQ(minutes_of(first.id), 60);
    EXPECT_TRUE(shared_by_entry(first.id).empty());
}

TEST_F(OwnTimes, a_pupil_without_an_adult_has_time_too)
{
    NewEntry fact;
    fact.kind = "service.community";
    fact.happened_at = start;
    fact.student = 7;
    fact.minutes = 60;
    fact.during = {between(0, 60)};
    std::vector<NewEntry> facts{fact, fact};
    facts[0].source = "test:one";
    facts[1].source = "test:two";
    auto const added = append(call, facts);

    EXPECT_EQ(minutes_of(added[0].id), 60);
    EXPECT_EQ(minutes_of(added[1].id), 0) << "two bases confirmed the same hour";
}

// Beside a plain table of who has which minute of the day.
TEST_F(OwnTimes, after_any_history_each_minute_is_counted_once)
{
    std::mt19937 random(20261123);
    auto const below = [&](std::int64_t n) { return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n)); };
    std::map<std::int64_t, std::map<std::int64_t, EntryId>> has; // person, minute
    std::vector<EntryId> entered;
    db::Transaction transaction(db); // one for all steps: only the disk would notice
    for (int step = 0; step < 400; ++step) {
        if (!entered.empty() && below(5) == 0) {
            std::vector const ids{entered[static_cast<std::size_t>(below(static_cast<std::int64_t>(entered.size())))]};
            std::erase(entered, ids.front());
            reverse(call, ids, "录入有误");
            for (auto& [person, minutes] : has)
                std::erase_if(minutes, [&](auto const& each) { return each.second == ids.front(); });
            continue;
        }
        auto const person = 1 + below(3);
        std::vector<Stretch> during;
        std::set<std::int64_t> whole;
        for (auto pieces = 1 + below(3); pieces > 0; --pieces) {
            auto const from = below(day_long), until = std::min(day_long, from + 1 + below(90));
            during.push_back(between(from, until));
            for (auto at = from; at < until; ++at)
                whole.insert(at);
        }
        auto const entry = enter(person, static_cast<std::int64_t>(whole.size()), during);
        std::int64_t own = 0;
        for (auto const at : whole)
            own += has[person].emplace(at, entry).second ? 1 : 0;
        ASSERT_EQ(minutes_of(entry), own) << "step " << step;
        entered.push_back(entry);
    }
    std::int64_t stored = 0, expected = 0;
    for (auto const& [person, minutes] : has)
        expected += static_cast<std::int64_t>(minutes.size());
    for (auto const& [entry, times] : own_time_of(call, entered))
        stored += length_of(times);
    EXPECT_EQ(stored, expected * minute);
}

TEST(Stretches, are_sets_of_moments)
{
    std::mt19937 random(7);
    auto const some = [&] {
        std::vector<Stretch> all;
        for (auto count = random() % 6; count > 0; --count) {
            auto const from = static_cast<std::int64_t>(random() % 40), until = from + static_cast<std::int64_t>(random() % 12) - 2;
            all.push_back({{from}, {until}});
        }
        return all;
    };
    auto const moments = [](std::vector<Stretch> const& stretches) {
        std::set<std::int64_t> all;
        for (auto const& each : stretches)
            for (auto at = each.from.milliseconds; at < each.until.milliseconds; ++at)
                all.insert(at);
        return all;
    };
    for (int round = 0; round < 2000; ++round) {
        auto const one = some(), other = some();
        auto left = moments(one);
        for (auto const at : moments(other))
            left.erase(at);

        EXPECT_EQ(moments(united(one)), moments(one));
        EXPECT_EQ(length_of(united(one)), static_cast<std::int64_t>(moments(one).size()));
        EXPECT_EQ(moments(without(united(one), united(other))), left);
    }
}

} // namespace
} // namespace concentric::ledger
