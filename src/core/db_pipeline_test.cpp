#include "core/db_pipeline.hpp"

#include "testing/fresh.hpp"

#include <gtest/gtest.h>

namespace concentric::db {
namespace {

struct PipelineTest : testing::Test, Fresh {
    PipelineTest()
    {
        if (database.address.dialect != Dialect::postgresql)
            return;
        db.script("CREATE TABLE things (id BIGINT PRIMARY KEY, part BIGINT NOT NULL)");
        db.script("INSERT INTO things (id, part) SELECT n, n % 3 FROM generate_series(1, 30) AS n");
    }
    void SetUp() override
    {
        if (database.address.dialect != Dialect::postgresql)
            GTEST_SKIP() << "only PostgreSQL has pipelines";
    }
};

std::int64_t part_of(Connection& db, std::int64_t id)
{
    return db.value<std::int64_t>("SELECT part AS value FROM things WHERE id = $1", id).value();
}

std::string why(std::exception_ptr const& error)
{
    try {
        if (error)
            std::rethrow_exception(error);
    } catch (std::exception const& found) {
        return found.what();
    }
    return "";
}

TEST_F(PipelineTest, each_read_gets_its_own_answers_whatever_the_others_ask)
{
    auto const pipeline = open_pipeline(database.address);
    std::vector<std::int64_t> sums(30);
    std::vector<Pipeline::Read> reads;
    for (std::int64_t id = 1; id <= 30; ++id)
        reads.emplace_back([&sums, id](Connection& one) {
            for (std::int64_t other = 1; other <= id; ++other) // the last asks thirty times, the first once
                sums[static_cast<std::size_t>(id - 1)] += part_of(one, other);
        });

    for (int again = 0; again < 2; ++again) {
        sums.assign(30, 0);
        auto const errors = pipeline->run(reads);

        for (std::int64_t id = 1, sum = 0; id <= 30; ++id) {
            sum += id % 3;
            EXPECT_EQ(sums[static_cast<std::size_t>(id - 1)], sum);
            EXPECT_EQ(errors[static_cast<std::size_t>(id - 1)], nullptr);
        }
    }
}

TEST_F(PipelineTest, what_a_read_throws_is_its_own)
{
    auto const pipeline = open_pipeline(database.address);
    std::int64_t part = -1;
    std::vector<Pipeline::Read> const reads{
        [](Connection& one) {
            part_of(one, 1);
            throw std::runtime_error("of its own");
        },
        [&](Connection& one) { part = part_of(one, 5); },
        [](Connection& one) { one.execute("DELETE FROM things"); },
    };

    auto const errors = pipeline->run(reads);

    EXPECT_EQ(why(errors[0]), "of its own");
    EXPECT_EQ(errors[1], nullptr);
    EXPECT_EQ(part, 2);
    EXPECT_NE(why(errors[2]).find("nothing else"), std::string::npos);
}

TEST_F(PipelineTest, after_a_statement_that_fails_the_next_round_is_whole_again)
{
    auto const pipeline = open_pipeline(database.address);
    std::int64_t part = -1;
    std::vector<Pipeline::Read> const reads{
        [](Connection& one) { one.value<std::int64_t>("SELECT 1 / (id - id) AS value FROM things"); },
        [&](Connection& one) {
            try {
                part_of(one, 4); // dropped with the failure before it
            } catch (Error const& dropped) {
                part = dropped.fault == Fault::busy ? 0 : -2;
            }
            part += part_of(one, 5);
        },
        [](Connection& one) { one.value<std::int64_t>("SELECT missing AS value FROM things"); },
    };

    auto const errors = pipeline->run(reads);

    EXPECT_NE(why(errors[0]).find("division by zero"), std::string::npos);
    EXPECT_EQ(errors[1], nullptr);
    EXPECT_EQ(part, 2);
    EXPECT_NE(why(errors[2]).find("missing"), std::string::npos);
}

TEST_F(PipelineTest, a_lost_server_ends_every_read_and_shows)
{
    auto const pipeline = open_pipeline(database.address);
    std::vector<Pipeline::Read> const reads{
        [](Connection& one) { part_of(one, 1); },
        [](Connection& one) { one.value<std::int64_t>("SELECT pg_backend_pid() AS value"); },
    };
    pipeline->run(reads);
    db.value<bool>("SELECT bool_and(pg_terminate_backend(pid)) AS value FROM pg_stat_activity "
                   "WHERE pid <> pg_backend_pid() AND datname = current_database()");

    auto const errors = pipeline->run(reads);

    EXPECT_NE(errors[0], nullptr);
    EXPECT_NE(errors[1], nullptr);
    EXPECT_TRUE(pipeline->is_lost());
}

} // namespace
} // namespace concentric::db
