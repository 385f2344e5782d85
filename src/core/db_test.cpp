#include "testing/fresh.hpp"

#include "core/migrations.hpp"

#include <gmock/gmock.h>

#include <future>

namespace concentric::db {
namespace {

using ::testing::ElementsAre;

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Row {
    std::int64_t id = 0;
    std::optional<std::string> note;
    bool is_open = false;
    double share = 0;
    Colour colour = Colour::red;
    Day day;
};
BOOST_DESCRIBE_STRUCT(Row, (), (id, note, is_open, share, colour, day))

struct DbTest : testing::Test, Fresh {
    DbTest()
    {
        std::string sql
            = "CREATE TABLE things (id BIGINT PRIMARY KEY, note TEXT, is_open BOOLEAN NOT NULL, share DOUBLE PRECISION NOT NULL, "
              "colour TEXT NOT NULL CHECK (colour IN ('red', 'green')), day BIGINT NOT NULL)";
        db.script(sql);
    }

    std::vector<std::int64_t> ids() { return db.values<std::int64_t>("SELECT id AS value FROM things ORDER BY id"); }

    Fault fault_of(std::function<void()> const& act)
    {
        try {
            Savepoint const savepoint(db);
            act();
        } catch (Error const& error) {
            return error.fault;
        }
        throw std::logic_error("nothing was thrown");
    }

    Row desk{9'007'199'254'740'993, "书桌\n\"'", true, 0.5, Colour::green, {20260305}};
};

TEST_F(DbTest, a_row_comes_back_as_it_went_in)
{
    db.insert("things", desk);

    auto const row = db.row<Row>("SELECT * FROM things WHERE id = $1", desk.id).value();

    EXPECT_EQ(row.id, 9'007'199'254'740'993);
    EXPECT_EQ(row.note, "书桌\n\"'");
    EXPECT_TRUE(row.is_open);
    EXPECT_EQ(row.share, 0.5);
    EXPECT_EQ(row.colour, Colour::green);
    EXPECT_EQ(row.day, Day{20260305});
}

TEST_F(DbTest, nothing_stays_nothing)
{
    desk.note.reset();
    db.insert("things", desk);

    EXPECT_EQ(db.row<Row>("SELECT * FROM things")->note, std::nullopt);
    EXPECT_EQ(db.row<Row>("SELECT * FROM things WHERE id = $1", 1), std::nullopt);
}

TEST_F(DbTest, parameters_may_stand_in_any_order)
{
    db.insert("things", desk);

    EXPECT_EQ(db.value<std::int64_t>("SELECT id AS value FROM things WHERE colour = $2 AND id > $1", 5, Colour::green), desk.id);
}

TEST_F(DbTest, many_rows_are_loaded_at_once_and_picked_by_a_list)
{
    std::vector<Row> rows;
    for (std::int64_t id = 1; id <= 500; ++id)
        rows.push_back({id, id == 3 ? std::optional<std::string>() : "a\tb\\", false, 1, Colour::red, {20260101}});

    db.load("things", rows);

    std::vector<std::int64_t> const wanted{2, 3, 499, 900};
    EXPECT_EQ(ids().size(), 500u);
    EXPECT_THAT(db.values<std::int64_t>("SELECT id AS value FROM things WHERE id ANY_OF($1) ORDER BY id", IntegerList{wanted}),
        ElementsAre(2, 3, 499));
    EXPECT_EQ(db.row<Row>("SELECT * FROM things WHERE id = $1", 2)->note, "a\tb\\");
    EXPECT_EQ(db.row<Row>("SELECT * FROM things WHERE id = $1", 3)->note, std::nullopt);
}

TEST_F(DbTest, one_statement_runs_for_many_arguments)
{
    Batch batch;
    for (std::int64_t id = 1; id <= 600; ++id)
        batch.add(id, true, 0.1, Colour::red, Day{20260101});

    auto const made
        = batch.rows<Row>(db, "INSERT INTO things (id, is_open, share, colour, day) VALUES ($1, $2, $3, $4, $5) RETURNING *");

    EXPECT_EQ(made.size(), 600u);
    EXPECT_EQ(made.back().id, 600);
}

TEST_F(DbTest, each_fault_has_its_name)
{
    db.insert("things", desk);
    Transaction transaction(db);

    EXPECT_EQ(fault_of([&] { db.insert("things", desk); }), Fault::unique);
    EXPECT_EQ(fault_of([&] { db.execute("UPDATE things SET colour = 'blue'"); }), Fault::check);
    EXPECT_EQ(fault_of([&] { db.execute("INSERT INTO things (id, is_open, share, colour) VALUES (1, $1, 1, 'red')", true); }),
        Fault::not_null);
    EXPECT_EQ(fault_of([&] { db.execute("SELECT nonsense"); }), Fault::other);
}

TEST_F(DbTest, the_audit_log_cannot_be_changed)
{
    record_audit(call, "test_made");
    Transaction transaction(db);

    EXPECT_EQ(fault_of([&] { db.execute("DELETE FROM audit"); }), Fault::refused);
    EXPECT_EQ(fault_of([&] { db.execute("UPDATE audit SET person = 1"); }), Fault::refused);
}

TEST_F(DbTest, a_transaction_that_is_not_committed_leaves_nothing)
{
    {
        Transaction transaction(db);
        db.insert("things", desk);
    }

    EXPECT_TRUE(ids().empty());
}

TEST_F(DbTest, a_part_of_a_transaction_fails_alone)
{
    Transaction transaction(db);
    desk.id = 1;
    db.insert("things", desk);
    {
        Savepoint lost(db);
        desk.id = 2;
        db.insert("things", desk);
    }
    {
        Savepoint kept(db);
        desk.id = 3;
        db.insert("things", desk);
        kept.release();
    }
    transaction.commit();

    EXPECT_THAT(ids(), ElementsAre(1, 3));
}

TEST_F(DbTest, who_may_only_read_cannot_write)
{
    auto const reader = open(database.address, Access::read_only);

    EXPECT_THROW(reader->execute("DELETE FROM things"), Error);
}

// On SQLite nobody would ever get the file from a writer that begins anew at once, if they did not take turns.
TEST_F(DbTest, a_busy_writer_lets_others_have_their_turn)
{
    std::atomic<bool> stop = false;
    auto const writing = std::async(std::launch::async, [&] {
        auto const own = open(database.address);
        while (!stop) {
            Transaction transaction(*own);
            own->execute("UPDATE things SET share = share + 1");
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            transaction.commit();
        }
    });
    auto const begin = std::chrono::steady_clock::now();

    for (std::int64_t id = 1; id <= 20; ++id) {
        Transaction transaction(db);
        desk.id = id;
        db.insert("things", desk);
        transaction.commit();
    }

    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
    stop = true;
}

TEST_F(DbTest, a_database_that_is_up_to_date_stays_as_it_is)
{
    EXPECT_EQ(migrate(db), 0);
    EXPECT_EQ(db.value<std::int64_t>("SELECT max(number) AS value FROM migrations"), migrations().back().number);
}

// It would plan to read such a table whole, and keep to that while a long transaction fills it.
TEST_F(DbTest, postgresql_is_not_told_that_a_table_is_empty)
{
    if (db.dialect() != Dialect::postgresql)
        GTEST_SKIP() << "SQLite was told at the beginning";
    db.execute("CREATE TABLE apples (id BIGINT PRIMARY KEY)");
    auto const known = [&] {
        return db.value<std::int64_t>("SELECT CAST(reltuples AS BIGINT) AS value FROM pg_class WHERE relname = 'apples'");
    };

    db.refresh_statistics();
    EXPECT_EQ(known(), -1);

    db.execute("INSERT INTO apples (id) VALUES (1), (2), (3)");
    db.refresh_statistics();
    EXPECT_EQ(known(), 3);
}

TEST_F(DbTest, a_database_of_a_newer_program_is_left_alone)
{
    db.execute("INSERT INTO migrations (number, name) VALUES (9999, 'future')");

    EXPECT_THROW(migrate(db), std::runtime_error);
}

TEST(Migrations, are_numbered_without_a_gap)
{
    std::int64_t expected = 1;
    for (auto const& migration : migrations())
        EXPECT_EQ(migration.number, expected++) << migration.name;
}

TEST(Addresses, name_a_file_or_a_server)
{
    EXPECT_EQ(parse_address("sqlite:var/a.db").location, "var/a.db");
    EXPECT_EQ(parse_address("var/a.db").dialect, Dialect::sqlite);
    EXPECT_EQ(parse_address("postgresql://h/d").dialect, Dialect::postgresql);
}

} // namespace
} // namespace concentric::db
