#include "core/db_as_one.hpp"
#include "testing/fresh.hpp"

#include <gmock/gmock.h>

namespace concentric::db {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

struct Pupil {
    std::int64_t id = 0;
    std::optional<std::string> note;
    bool is_open = false;
    double share = 0;
    std::int64_t times = 0;
    bool operator==(Pupil const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Pupil, (), (id, note, is_open, share, times))

struct Number {
    std::int64_t value = 0;
};
BOOST_DESCRIBE_STRUCT(Number, (), (value))

// Each batch is long enough to be taken as one.
struct BatchTest : testing::Test, Fresh {
    BatchTest()
    {
        db.script(
            "CREATE TABLE seats (id BIGINT PRIMARY KEY, note TEXT, is_open BOOLEAN NOT NULL, share DOUBLE PRECISION NOT NULL, "
            "times BIGINT NOT NULL)");
    }

    static Batch of(std::vector<Pupil> const& pupils)
    {
        Batch batch;
        for (auto const& pupil : pupils)
            batch.add(pupil.id, pupil.note, pupil.is_open, pupil.share, pupil.times);
        return batch;
    }

    void insert(std::vector<Pupil> const& pupils)
    {
        of(pupils).run(db, "INSERT INTO seats (id, note, is_open, share, times) VALUES ($1, $2, $3, $4, $5)");
    }

    std::vector<Pupil> all() { return db.rows<Pupil>("SELECT * FROM seats ORDER BY id"); }
    std::vector<std::int64_t> times() { return db.values<std::int64_t>("SELECT times AS value FROM seats ORDER BY id"); }

    std::vector<Pupil> const six{{-1, "一、\n\"{,}\\'", true, 0.5, 3}, {2, std::nullopt, false, -1.25, 9'007'199'254'740'993},
        {3, "", true, 0, 0}, {4, "NULL", false, 1e300, -7}, {5, "𠮷", true, 0, 1}, {6, std::nullopt, false, 0, 2}};
};

TEST_F(BatchTest, rows_come_back_as_they_went_in)
{
    insert(six);

    EXPECT_EQ(all(), six);
}

TEST_F(BatchTest, what_is_asked_many_times_is_answered_in_that_order_and_as_often)
{
    insert(six);
    Batch batch;
    for (std::int64_t const id : {4, 6, 99, 4, 2})
        batch.add(id, false);

    auto const found = batch.rows<Pupil>(db, "SELECT * FROM seats WHERE id = $1 AND is_open = $2");

    EXPECT_EQ(found, (std::vector<Pupil>{six[3], six[5], six[3], six[1]}));
}

TEST_F(BatchTest, a_sum_is_answered_for_each_row_even_where_nothing_is_found)
{
    insert(six);
    Batch batch;
    for (std::int64_t const from : {5, 100, -1, 3})
        batch.add(from);

    std::vector<std::int64_t> counts;
    for (auto const& count : batch.rows<Number>(db, "SELECT count(*) AS value FROM seats WHERE id >= $1"))
        counts.push_back(count.value);

    EXPECT_THAT(counts, ElementsAre(2, 0, 6, 4));
}

TEST_F(BatchTest, of_rows_that_conflict_the_first_stays)
{
    insert({six[0]});
    Batch batch;
    for (std::int64_t const id : {-1, 8, 9, 8, 10})
        batch.add(id, "new", true, 1.0, std::int64_t{id});

    std::vector<std::int64_t> added;
    for (auto const& row : batch.rows<Number>(db,
             "INSERT INTO seats (id, note, is_open, share, times) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING "
             "RETURNING id AS value"))
        added.push_back(row.value);

    EXPECT_THAT(added, ElementsAre(8, 9, 10));
    EXPECT_EQ(all().front(), six[0]);
}

TEST_F(BatchTest, rows_that_meet_are_taken_one_after_the_other)
{
    Batch batch;
    for (std::int64_t const id : {1, 2, 1, 1, 2})
        batch.add(id);
    std::string_view const add_one = "INSERT INTO seats (id, is_open, share, times) VALUES ($1, TRUE, 0, 1) "
                                     "ON CONFLICT (id) DO UPDATE SET times = seats.times + 1";

    batch.run(db, add_one);
    EXPECT_THAT(times(), ElementsAre(3, 2));

    batch.run(db, "UPDATE seats SET times = times * 10 WHERE id = $1");
    EXPECT_THAT(times(), ElementsAre(3000, 200));
}

TEST_F(BatchTest, a_row_made_from_the_one_before_sees_it)
{
    Batch batch;
    for (std::int64_t const id : {1, 2, 3, 4, 5})
        batch.add(id);

    batch.run(db,
        "INSERT INTO seats (id, is_open, share, times) VALUES ($1, TRUE, 0, "
        "coalesce((SELECT times FROM seats WHERE id + 1 = $1), 0) + 10)");

    EXPECT_THAT(times(), ElementsAre(10, 20, 30, 40, 50));
}

TEST_F(BatchTest, distinct_rows_are_changed_all_at_once)
{
    insert(six);
    Batch batch;
    for (auto const& pupil : six)
        batch.add(pupil.id, pupil.id * 100);

    batch.run_distinct(db, "UPDATE seats SET times = $2 WHERE id = $1");
    EXPECT_THAT(times(), ElementsAre(-100, 200, 300, 400, 500, 600));

    batch.run_distinct(db,
        "INSERT INTO seats (id, is_open, share, times) VALUES ($1, TRUE, 0, $2) ON CONFLICT (id) DO UPDATE SET times = "
        "seats.times + excluded.times");
    EXPECT_THAT(times(), ElementsAre(-200, 400, 600, 800, 1000, 1200));
}

TEST_F(BatchTest, a_batch_that_the_database_refuses_leaves_nothing_behind)
{
    insert({six[4]});

    try {
        Transaction const transaction(db);
        insert(six);
        FAIL() << "the fifth is there already";
    } catch (Error const& error) {
        EXPECT_EQ(error.fault, Fault::unique);
    }

    EXPECT_EQ(all(), std::vector<Pupil>{six[4]});
}

TEST_F(BatchTest, thousands_of_rows_are_taken_in_portions)
{
    Batch batch;
    for (std::int64_t id = 1; id <= 12'345; ++id)
        batch.add(id);

    batch.run(db, "INSERT INTO seats (id, is_open, share, times) VALUES ($1, FALSE, 0, $1)");

    EXPECT_EQ(db.value<std::int64_t>("SELECT CAST(sum(times) AS BIGINT) AS value FROM seats"), 12'345 * 12'346 / 2);
}

// Without a database: which statements PostgreSQL is given as one.
struct AsOneTest : testing::Test {
    static std::optional<std::string> of(std::string_view sql, Rows rows = Rows::any)
    {
        return as_one(sql, {int8_type, text_type}, rows);
    }
    std::string const table = "unnest($1::int8[], $2::text[]) WITH ORDINALITY AS given(p1, p2, row_of_batch)";
};

TEST_F(AsOneTest, parameters_become_columns)
{
    EXPECT_THAT(of("SELECT a FROM t WHERE b = $1 AND c = $2"),
        Optional("SELECT each.* FROM " + table
            + ", LATERAL (SELECT a FROM t WHERE b = given.p1 AND c = given.p2) AS each ORDER BY given.row_of_batch"));
    EXPECT_THAT(of("INSERT INTO t (a, b) VALUES ($1, lower($2)) RETURNING a"),
        Optional(
            "INSERT INTO t (a, b) SELECT given.p1, lower(given.p2) FROM " + table + " ORDER BY given.row_of_batch RETURNING a"));
    EXPECT_THAT(of("UPDATE t SET a = $2 WHERE b = $1", Rows::distinct),
        Optional("UPDATE t SET a = given.p2 FROM " + table + " WHERE b = given.p1"));
}

TEST_F(AsOneTest, what_might_come_out_differently_is_left_alone)
{
    for (auto const* sql : {"UPDATE t SET a = a + $1 WHERE b = $2", "DELETE FROM t WHERE a = $1 AND b = $2",
             "SELECT a FROM t WHERE a = $1 AND b = $2 FOR_UPDATE", "SELECT pg_advisory_xact_lock($1, $2)",
             "INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT (a) DO UPDATE SET b = excluded.b",
             "INSERT INTO t (a, b) VALUES ($1, (SELECT max(b) FROM t WHERE b < $2))",
             "INSERT INTO t (a, b) SELECT a, b FROM u WHERE a = $1 AND b = $2"})
        EXPECT_EQ(of(sql), std::nullopt) << sql;
    EXPECT_EQ(as_one("SELECT $1", {1700}, Rows::any), std::nullopt); // numeric
}

} // namespace
} // namespace concentric::db
