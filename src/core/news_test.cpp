#include "core/news.hpp"

#include "testing/fresh.hpp"

#include <gmock/gmock.h>

#include <condition_variable>
#include <mutex>

namespace concentric {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using namespace std::chrono_literals;

// What one server's wire brought.
struct Heard {
    void add(std::int64_t county, News const& news)
    {
        std::lock_guard const lock(mutex);
        for (auto const person : news.people)
            lines.push_back(std::to_string(county) + " " + news.topic + " " + std::to_string(person));
        change.notify_all();
    }
    void miss()
    {
        std::lock_guard const lock(mutex);
        ++missed;
        change.notify_all();
    }
    // All lines as soon as there are so many; those that came after five seconds otherwise.
    std::vector<std::string> wait_for(std::size_t count)
    {
        std::unique_lock lock(mutex);
        change.wait_for(lock, 5s, [&] { return lines.size() >= count; });
        return lines;
    }
    int wait_for_missed(int count)
    {
        std::unique_lock lock(mutex);
        change.wait_for(lock, 10s, [&] { return missed >= count; });
        return missed;
    }

    std::mutex mutex;
    std::condition_variable change;
    std::vector<std::string> lines;
    int missed = 0;
};

struct NewsTest : testing::Test, Fresh {
    bool is_postgresql() const { return db.dialect() == db::Dialect::postgresql; }
    NewsWire wire_to(Heard& heard, Events& by)
    {
        return {
            database.address, by, [&heard](std::int64_t c, News const& news) { heard.add(c, news); }, [&heard] { heard.miss(); }};
    }
    void publish(News const& news)
    {
        db::Transaction transaction(db);
        events.publish(call, news);
        transaction.commit();
        for (auto const& next : std::exchange(call.after_commit, {}))
            next();
    }
};

TEST_F(NewsTest, what_was_committed_is_told)
{
    Heard heard;
    auto const wire = wire_to(heard, events);
    heard.wait_for_missed(is_postgresql() ? 1 : 0);

    publish({"inbox", {5, 9'007'199'254'740'993}});

    EXPECT_THAT(heard.wait_for(2), ElementsAre("360100 inbox 5", "360100 inbox 9007199254740993"));
}

TEST_F(NewsTest, what_was_rolled_back_is_not_told)
{
    Heard heard;
    auto const wire = wire_to(heard, events);
    heard.wait_for_missed(is_postgresql() ? 1 : 0);

    {
        db::Transaction const transaction(db);
        events.publish(call, News{"inbox", {5}});
        call.after_commit.clear(); // as the edge does when a request fails
    }
    publish({"inbox", {6}});

    EXPECT_THAT(heard.wait_for(1), ElementsAre("360100 inbox 6"));
}

TEST_F(NewsTest, news_for_many_arrives_whole)
{
    Heard heard;
    auto const wire = wire_to(heard, events);
    heard.wait_for_missed(is_postgresql() ? 1 : 0);
    News news{"inbox", {}};
    for (std::int64_t i = 0; i < 1000; ++i)
        news.people.push_back(9'000'000'000'000'000'000 + i);

    publish(news);

    EXPECT_THAT(heard.wait_for(1000), SizeIs(1000));
    EXPECT_EQ(heard.lines.back(), "360100 inbox 9000000000000000999");
}

TEST_F(NewsTest, another_server_of_the_same_database_hears_too)
{
    if (!is_postgresql())
        GTEST_SKIP() << "SQLite has one server";
    Heard here, there;
    Events others;
    auto const wire = wire_to(here, events);
    auto const other_wire = wire_to(there, others);
    here.wait_for_missed(1);
    there.wait_for_missed(1);

    publish({"inbox", {5}});

    EXPECT_THAT(there.wait_for(1), ElementsAre("360100 inbox 5"));
    EXPECT_THAT(here.wait_for(1), ElementsAre("360100 inbox 5"));
}

TEST_F(NewsTest, a_lost_connection_is_made_anew_and_everybody_looks_once)
{
    if (!is_postgresql())
        GTEST_SKIP() << "SQLite has no connection to lose";
    Heard heard;
    auto const wire = wire_to(heard, events);
    heard.wait_for_missed(1);

    db.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'");

    EXPECT_EQ(heard.wait_for_missed(2), 2);
    publish({"inbox", {5}});
    EXPECT_THAT(heard.wait_for(1), ElementsAre("360100 inbox 5"));
}

} // namespace
} // namespace concentric
