#include "testing/fresh.hpp"
#include "web/lanes.hpp"

#include <gtest/gtest.h>

#include <future>

namespace concentric::web {
namespace {

// Adds a number to the table, or does what it is told, and tells how it ended.
class Act final : public Work {
public:
    explicit Act(std::function<void(db::Connection&)> act, void const* kin = nullptr) : act_(std::move(act)), kin_(kin) { }
    std::future<void> ended() { return promise_.get_future(); }
    void run(db::Connection& db) override { act_(db); }
    void const* kin() const override { return kin_; }
    void run_together(db::Connection& db, std::span<Work* const> works) override
    {
        for (auto* const work : works)
            work->run(db);
    }
    void end(std::exception_ptr error) override { error ? promise_.set_exception(error) : promise_.set_value(); }

private:
    std::function<void(db::Connection&)> act_;
    void const* kin_;
    std::promise<void> promise_;
};

std::function<void(db::Connection&)> add(std::int64_t number)
{
    return [number](db::Connection& db) { db.execute("INSERT INTO numbers (number) VALUES ($1)", number); };
}

std::function<void(db::Connection&)> add_and_fail(std::int64_t number)
{
    return [number](db::Connection& db) {
        db.execute("INSERT INTO numbers (number) VALUES ($1)", number);
        throw conflict({"不行。", "No."});
    };
}

struct LanesTest : testing::Test, Fresh {
    LanesTest() { db.script("CREATE TABLE numbers (number BIGINT PRIMARY KEY)"); }

    static LanesOptions small_queues()
    {
        LanesOptions options;
        options.write_queue = options.read_queue = options.slow_queue = 2;
        return options;
    }

    static std::future<void> offer(
        Lanes& lanes, Lane lane, std::function<void(db::Connection&)> act, void const* kin = nullptr, Turn* turn = nullptr)
    {
        auto work = std::make_unique<Act>(std::move(act), kin);
        auto ended = work->ended();
        WorkPointer pointer = std::move(work);
        if (!lanes.offer(lane, pointer, turn))
            throw std::runtime_error("the queue is full");
        return ended;
    }

    std::vector<std::int64_t> numbers() { return db.values<std::int64_t>("SELECT number AS value FROM numbers ORDER BY number"); }
};

// Keeps a lane busy until it is let go, so that what comes meanwhile waits in the queue.
struct Gate {
    std::promise<void> entered, opened;
    std::function<void(db::Connection&)> act = [this](db::Connection&) {
        entered.set_value();
        opened.get_future().wait();
    };
};

TEST_F(LanesTest, what_was_written_is_there_when_the_work_ends)
{
    Lanes lanes(database.address, {});

    for (auto const lane : {Lane::write, Lane::batch, Lane::slow})
        offer(lanes, lane, add(static_cast<std::int64_t>(lane))).get();

    EXPECT_EQ(numbers(), (std::vector<std::int64_t>{1, 2, 3}));
}

// An I/O thread that looked once and found several requests.
struct OneTurn final : Turn {
    void at_end(std::function<void()> last) override { lasts.push_back(std::move(last)); }
    std::size_t number() const override { return 0; }
    void end()
    {
        for (auto const& last : std::exchange(lasts, {}))
            last();
    }
    std::vector<std::function<void()>> lasts;
};

TEST_F(LanesTest, quick_reads_of_one_turn_are_answered_each_for_itself)
{
    Lanes lanes(database.address, {});
    db.script("INSERT INTO numbers (number) VALUES (1), (2), (3)");
    OneTurn turn;
    std::vector<std::int64_t> seen(4);
    std::vector<std::future<void>> ended;

    for (std::int64_t number = 0; number < 4; ++number)
        ended.push_back(offer(
            lanes, Lane::quick,
            [&seen, number](db::Connection& one) {
                auto const found = one.value<std::int64_t>("SELECT number AS value FROM numbers WHERE number = $1", number);
                if (!found)
                    throw not_found({"没有。", "None."});
                auto const more = one.value<std::int64_t>("SELECT count(*) AS value FROM numbers WHERE number > $1", *found);
                seen[static_cast<std::size_t>(number)] = *more;
            },
            nullptr, &turn));
    turn.end();

    EXPECT_THROW(ended[0].get(), ApiError);
    for (std::size_t i = 1; i < 4; ++i)
        EXPECT_NO_THROW(ended[i].get());
    EXPECT_EQ(seen, (std::vector<std::int64_t>{0, 2, 1, 0}));
}

TEST_F(LanesTest, a_quick_read_whose_statement_fails_harms_no_other)
{
    Lanes lanes(database.address, {});
    db.script("INSERT INTO numbers (number) VALUES (1)");
    OneTurn turn;
    std::vector<std::future<void>> ended;

    for (int i = 0; i < 20; ++i)
        ended.push_back(offer(
            lanes, Lane::quick,
            [i](db::Connection& one) {
                one.values<std::int64_t>(i == 10 ? "SELECT nothing" : "SELECT number AS value FROM numbers");
            },
            nullptr, &turn));
    turn.end();

    for (int i = 0; i < 20; ++i)
        if (i == 10)
            EXPECT_THROW(ended[10].get(), db::Error);
        else
            EXPECT_NO_THROW(ended[static_cast<std::size_t>(i)].get());
}

TEST_F(LanesTest, a_work_that_fails_is_undone_alone)
{
    Lanes lanes(database.address, {});
    for (auto const lane : {Lane::write, Lane::batch, Lane::slow}) {
        db.execute("DELETE FROM numbers");

        auto first = offer(lanes, lane, add(1));
        auto second = offer(lanes, lane, add_and_fail(2));
        auto third = offer(lanes, lane, add(3));

        EXPECT_NO_THROW(first.get());
        EXPECT_THROW(second.get(), ApiError);
        EXPECT_NO_THROW(third.get());
        EXPECT_EQ(numbers(), (std::vector<std::int64_t>{1, 3}));
    }
}

TEST_F(LanesTest, works_of_one_kind_that_fail_together_are_run_again_alone)
{
    Lanes lanes(database.address, {});
    static int const kin = 0;
    std::vector<std::future<void>> ended;

    for (std::int64_t number = 1; number <= 50; ++number)
        ended.push_back(offer(lanes, Lane::batch, number == 25 ? add_and_fail(25) : add(number), &kin));

    int failed = 0;
    for (auto& each : ended)
        try {
            each.get();
        } catch (ApiError const&) {
            ++failed;
        }
    EXPECT_EQ(failed, 1);
    EXPECT_EQ(numbers().size(), 49u);
}

TEST_F(LanesTest, a_full_queue_refuses_at_once_and_keeps_what_it_took)
{
    auto options = small_queues();
    options.read_workers = 1;
    Lanes lanes(database.address, options);
    Gate gate;
    auto busy = offer(lanes, Lane::read, gate.act);
    gate.entered.get_future().wait();

    auto second = offer(lanes, Lane::read, [](db::Connection&) {});
    auto third = offer(lanes, Lane::read, [](db::Connection&) {});

    EXPECT_THROW(offer(lanes, Lane::read, [](db::Connection&) {}), std::runtime_error);
    EXPECT_EQ(lanes.figures(Lane::read).refused, 1u);
    gate.opened.set_value();
    EXPECT_NO_THROW((busy.get(), second.get(), third.get()));
}

TEST_F(LanesTest, work_that_waited_too_long_is_not_begun)
{
    LanesOptions options;
    options.patience = std::chrono::milliseconds(20);
    options.slow_workers = 1;
    Lanes lanes(database.address, options);
    Gate gate;
    auto busy = offer(lanes, Lane::slow, gate.act);
    gate.entered.get_future().wait();
    auto late = offer(lanes, Lane::slow, add(1));

    std::this_thread::sleep_for(std::chrono::milliseconds(40));
    gate.opened.set_value();

    EXPECT_THROW(late.get(), ApiError);
    EXPECT_NO_THROW(busy.get());
    EXPECT_TRUE(numbers().empty());
}

TEST_F(LanesTest, the_read_lane_cannot_write)
{
    Lanes lanes(database.address, {});

    EXPECT_THROW(offer(lanes, Lane::read, add(1)).get(), db::Error);
}

TEST_F(LanesTest, slow_work_keeps_nobody_from_writing_while_it_thinks)
{
    Lanes lanes(database.address, {});
    Gate gate;
    auto slow = offer(lanes, Lane::slow, [&gate](db::Connection& with) {
        with.value<std::int64_t>("SELECT number AS value FROM numbers WHERE number = $1", 1);
        gate.act(with);
        with.execute("INSERT INTO numbers (number) VALUES ($1)", 2);
    });
    gate.entered.get_future().wait();

    EXPECT_NO_THROW(offer(lanes, Lane::write, add(1)).get());

    gate.opened.set_value();
    EXPECT_NO_THROW(slow.get());
    EXPECT_EQ(numbers(), (std::vector<std::int64_t>{1, 2}));
}

TEST_F(LanesTest, a_long_look_keeps_nobody_from_writing_and_leaves_its_note_at_the_end)
{
    Lanes lanes(database.address, {});
    Gate gate;
    auto look = offer(lanes, Lane::look, [&gate](db::Connection& with) {
        with.value<std::int64_t>("SELECT number AS value FROM numbers WHERE number = $1", 1);
        gate.act(with);
        with.execute("INSERT INTO numbers (number) VALUES ($1)", 2);
    });
    gate.entered.get_future().wait();

    EXPECT_NO_THROW(offer(lanes, Lane::write, add(1)).get());
    EXPECT_NO_THROW(offer(lanes, Lane::look, [](db::Connection&) {}).get()); // nor another from looking

    gate.opened.set_value();
    EXPECT_NO_THROW(look.get());
    EXPECT_EQ(numbers(), (std::vector<std::int64_t>{1, 2}));
}

TEST_F(LanesTest, a_statement_that_takes_longer_than_anybody_waits_is_stopped)
{
    constexpr auto endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) "
                             "SELECT count(*) AS value FROM n";
    LanesOptions options;
    options.patience = std::chrono::milliseconds(200);
    Lanes lanes(database.address, options);

    for (auto const lane : {Lane::read, Lane::look}) {
        auto const stopped = [&] {
            try {
                offer(lanes, lane, [&](db::Connection& with) { with.value<std::int64_t>(endless); }).get();
            } catch (db::Error const& error) {
                return error.fault == db::Fault::stopped;
            }
            return false;
        };
        EXPECT_TRUE(stopped());
        EXPECT_NO_THROW(offer(lanes, lane, [](db::Connection& with) { with.value<std::int64_t>("SELECT 1 AS value"); }).get());
    }
}

TEST_F(LanesTest, slow_work_may_keep_a_part_of_its_own_whatever_follows)
{
    Lanes lanes(database.address, {});

    auto slow = offer(lanes, Lane::slow, [](db::Connection& with) {
        {
            db::Transaction own(with);
            with.execute("INSERT INTO numbers (number) VALUES ($1)", 1);
            own.commit();
        }
        with.execute("INSERT INTO numbers (number) VALUES ($1)", 2);
        throw conflict({"不行。", "No."});
    });

    EXPECT_THROW(slow.get(), ApiError);
    EXPECT_EQ(numbers(), (std::vector<std::int64_t>{1}));
}

TEST_F(LanesTest, a_stop_finishes_what_was_taken)
{
    std::vector<std::future<void>> ended;
    {
        Lanes lanes(database.address, {});
        for (std::int64_t number = 1; number <= 100; ++number)
            ended.push_back(offer(lanes, Lane::write, add(number)));
    }
    for (auto& each : ended)
        EXPECT_NO_THROW(each.get());
    EXPECT_EQ(numbers().size(), 100u);
}

} // namespace
} // namespace concentric::web
