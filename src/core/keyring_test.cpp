#include "core/keyring.hpp"

#include "core/reseal.hpp"
#include "testing/fresh.hpp"

#include <gmock/gmock.h>

#include <ctime>
#include <fstream>
#include <thread>

namespace concentric {
namespace {

using reflect::Sealing;
using testing::HasSubstr;

// A table of its own, so that the ground is tested without a module.
struct Friend {
    std::int64_t county = 0, id = 0;
    SealedNumber phone;
    SealedText note;
    std::optional<SealedJson> extra;
};
BOOST_DESCRIBE_STRUCT(Friend, (), (county, id, phone, note, extra))

struct Keys : testing::Test, Fresh {
    Keys()
    {
        db.script("CREATE TABLE friends (county BIGINT NOT NULL, id BIGINT NOT NULL, phone TEXT NOT NULL, note TEXT NOT NULL, "
                  "extra TEXT, "
                  "PRIMARY KEY (county, id))");
        db.script("CREATE UNIQUE INDEX friends_phone ON friends (county, substr(phone, 1, 28)) WHERE phone <> ''");
    }

    Keyring& keys() { return db.keys(); }
    std::filesystem::path key_file() { return keys().master_file(); }

    void add(std::int64_t id, std::string const& phone, std::string const& note = "")
    {
        db.insert("friends", Friend{county, id, phone, note, {}});
    }
    Friend stored(std::int64_t id) { return *db.row<Friend>("SELECT * FROM friends WHERE county = $1 AND id = $2", county, id); }
    std::string raw(std::string const& column, std::int64_t id)
    {
        return *db.value<std::string>("SELECT " + column + " AS value FROM friends WHERE county = $1 AND id = $2", county, id);
    }
    static inline std::vector<SealedColumn> const columns{{"friends", "id", "phone", Sealing::indexed}, {"friends", "id", "note"}};

    Resealed reseal_all()
    {
        Progress progress;
        return reseal(call, columns, Which::sealed_with_older_keys, progress);
    }
};

TEST_F(Keys, a_sealed_field_is_an_ordinary_text_outside_the_database)
{
    db.insert("friends", Friend{county, 1, "13800000001", "likes 13800000002", SealedJson(R"({"phone":"13800000003"})")});

    auto const row = stored(1);

    EXPECT_EQ(row.phone, "13800000001");
    EXPECT_EQ(row.note, "likes 13800000002");
    EXPECT_EQ(*row.extra, R"({"phone":"13800000003"})");
    for (auto const* const column : {"phone", "note", "extra"})
        EXPECT_EQ(raw(column, 1).find("138"), std::string::npos) << column;
    EXPECT_EQ(to_json(row),
        R"({"county":360100,"id":1,"phone":"13800000001","note":"likes 13800000002","extra":{"phone":"13800000003"}})");
}

TEST_F(Keys, rows_that_are_loaded_at_once_and_changed_by_statements_are_sealed_too)
{
    db.load("friends", std::vector<Friend>{{county, 1, "13800000001", "", {}}, {county, 2, "", "a\tb\\", {}}});
    db.execute("UPDATE friends SET note = $3 WHERE county = $1 AND id = $2", county, 1, sealed("x"));
    db::Batch batch;
    batch.add(county, std::int64_t{2}, SealedNumber("13800000002"));
    batch.run(db, "UPDATE friends SET phone = $3 WHERE county = $1 AND id = $2");

    EXPECT_EQ(stored(1).phone, "13800000001");
    EXPECT_EQ(stored(1).note, "x");
    EXPECT_EQ(stored(2).phone, "13800000002");
    EXPECT_EQ(stored(2).note, "a\tb\\");
}

TEST_F(Keys, a_statement_that_seals_names_the_county_first)
{
    EXPECT_THROW(db.execute("UPDATE friends SET note = $1 WHERE county = $2", sealed("x"), county), std::logic_error);
}

TEST_F(Keys, nothing_stays_nothing)
{
    add(1, "");

    EXPECT_EQ(raw("phone", 1), "");
    EXPECT_EQ(stored(1).phone, "");
}

TEST_F(Keys, a_number_is_found_whole_and_by_its_last_four)
{
    add(1, "51019920120304123X");
    add(2, "13812341235");
    auto const found = [&](auto const&... arguments) {
        constexpr std::string_view sql[]{
            "SELECT id AS value FROM friends WHERE county = $1 AND substr(phone, 1, 28) = $2 AND phone <> ''",
            "SELECT id AS value FROM friends WHERE county = $1 AND substr(phone, 1, 28) >= $2 AND substr(phone, 1, 28) < $3 AND "
            "phone <> ''"};
        return db.values<std::int64_t>(sql[sizeof...(arguments) - 1], county, arguments...);
    };

    EXPECT_THAT(found(whole("51019920120304123x")), testing::ElementsAre(1));
    EXPECT_THAT(found(whole("510199201203041235")), testing::IsEmpty());
    EXPECT_THAT(found(ending("123X"), after_ending("123X")), testing::ElementsAre(1));
    EXPECT_THAT(found(ending("1235"), after_ending("1235")), testing::ElementsAre(2));
}

TEST_F(Keys, one_number_is_there_once_although_it_is_never_sealed_alike)
{
    add(1, "13800000001");

    EXPECT_THROW(add(2, "13800000001"), db::Error);
    EXPECT_NE(keys().seal(county, "13800000001", Sealing::indexed), raw("phone", 1));
}

TEST_F(Keys, counties_have_indexes_of_their_own_but_for_logging_in)
{
    db::Index const everywhere = whole_everywhere("13800000001");

    EXPECT_NE(keys().index(county, whole("13800000001")), keys().index(360200, whole("13800000001")));
    EXPECT_EQ(keys().index(county, everywhere), keys().index(360200, everywhere));
    EXPECT_EQ(keys().index(county, everywhere), keys().seal(county, "13800000001", Sealing::indexed_everywhere).substr(0, 28));
}

TEST_F(Keys, what_was_changed_in_the_database_is_refused)
{
    add(1, "13800000001", "note");
    auto const text = raw("note", 1);
    for (auto const at : {text.size() - 1, text.size() / 2, std::size_t{5}}) {
        auto changed = text;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        db.execute("UPDATE friends SET note = $3 WHERE county = $1 AND id = $2", county, 1, changed);
        EXPECT_ANY_THROW(stored(1)) << at;
    }
    db.execute("UPDATE friends SET note = 'plain' WHERE county = $1", county);
    EXPECT_ANY_THROW(stored(1));
}

TEST_F(Keys, texts_of_any_length_and_bytes_come_back)
{
    for (std::size_t length = 1; length < 400; length += 7) {
        std::string text(length, '\0');
        crypto::fill_randomly(text.data(), text.size());
        ASSERT_EQ(keys().open(keys().seal(county, text, Sealing::sealed), Sealing::sealed), text);
        ASSERT_EQ(keys().open(keys().seal(county, text, Sealing::indexed), Sealing::indexed), text);
    }
}

TEST_F(Keys, a_county_that_was_never_prepared_has_none)
{
    EXPECT_THROW(keys().seal(110101, "x", Sealing::sealed), std::logic_error);
    keys().prepare(db, 110101);
    EXPECT_EQ(keys().open(keys().seal(110101, "x", Sealing::sealed), Sealing::sealed), "x");
}

// ---- The master key. ----

TEST_F(Keys, the_master_key_is_made_once_for_the_owner_alone)
{
    FreshFolder other;
    FreshDatabase empty(other);
    db.execute("DELETE FROM data_keys WHERE county >= 0");
    Keyring fresh(database.address, other.path / "keys", crypto::Suite::international);

    fresh.prepare(db, county);

    EXPECT_EQ(std::filesystem::status(fresh.master_file()).permissions(),
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    auto const sealed_text = fresh.seal(county, "x", Sealing::sealed);
    Keyring again(database.address, other.path / "keys", crypto::Suite::international);
    again.prepare(db, county);
    EXPECT_EQ(again.open(sealed_text, Sealing::sealed), "x");
}

TEST_F(Keys, without_its_master_key_a_database_with_keys_is_not_opened)
{
    FreshFolder elsewhere;
    Keyring lost(database.address, elsewhere.path, crypto::Suite::international);

    try {
        lost.prepare(db, county);
        FAIL();
    } catch (std::runtime_error const& error) {
        EXPECT_THAT(error.what(), HasSubstr("主密钥"));
        EXPECT_THAT(error.what(), HasSubstr("master.key"));
    }
    EXPECT_FALSE(std::filesystem::exists(lost.master_file())) << "a new one would only hide the loss";
}

TEST_F(Keys, another_databases_master_key_is_refused)
{
    FreshFolder elsewhere;
    std::ofstream(elsewhere.path / "master.key") << "concentric-master-key 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n";
    Keyring wrong(database.address, elsewhere.path, crypto::Suite::international);

    EXPECT_THROW(wrong.prepare(db, county), std::runtime_error);

    std::ofstream(elsewhere.path / "master.key") << "something else\n";
    EXPECT_THROW(Keyring(database.address, elsewhere.path, crypto::Suite::international).prepare(db, county), std::runtime_error);
}

TEST_F(Keys, a_new_master_key_wraps_the_same_data_keys)
{
    FreshFolder own;
    std::filesystem::copy(key_file(), own.path / "master.key");
    Keyring mine(database.address, own.path, crypto::Suite::international),
        other(database.address, own.path, crypto::Suite::international);
    mine.prepare(db, county);
    other.prepare(db, county);
    auto const text = mine.seal(county, "x", Sealing::sealed);

    mine.change_master(db);

    Keyring later(database.address, own.path, crypto::Suite::international);
    later.prepare(db, county);
    EXPECT_EQ(later.open(text, Sealing::sealed), "x");
    later.add_key(db, county, KeyPurpose::values, crypto::Suite::international);
    EXPECT_EQ(other.open(later.seal(county, "y", Sealing::sealed), Sealing::sealed), "y")
        << "a server that runs reads the new file";
}

// ---- Rotation. ----

TEST_F(Keys, a_new_key_seals_at_once_and_the_old_one_goes_on_opening)
{
    add(1, "13800000001", "old");

    EXPECT_EQ(keys().add_key(db, county, KeyPurpose::values, crypto::Suite::shangmi), 2);
    add(2, "13800000002", "new");

    EXPECT_EQ(stored(1).note, "old");
    EXPECT_EQ(stored(2).note, "new");
    EXPECT_EQ(raw("note", 2).substr(0, 8), keys().newest_mark(county));
    EXPECT_NE(raw("note", 1).substr(0, 8), keys().newest_mark(county));
}

TEST_F(Keys, resealing_brings_the_new_key_to_every_row_and_keeps_the_index)
{
    for (int id = 1; id <= 1200; ++id)
        add(id, std::to_string(13800000000 + id), "n" + std::to_string(id));
    auto const index = raw("phone", 700).substr(0, 28);
    keys().add_key(db, county, KeyPurpose::values, crypto::Suite::shangmi);

    EXPECT_EQ(reseal_all().values, 2400);

    EXPECT_EQ(raw("phone", 700).substr(0, 28), index);
    EXPECT_EQ(
        db.value<std::int64_t>("SELECT count(*) AS value FROM friends WHERE substr(note, 1, 8) = $1 AND substr(phone, 29, 8) = $1",
            keys().newest_mark(county)),
        1200);
    EXPECT_EQ(stored(1200).phone, "13800001200");
    EXPECT_EQ(stored(1).note, "n1");
    EXPECT_EQ(
        db.value<std::int64_t>("SELECT count(*) AS value FROM data_keys WHERE county = $1 AND retired_at IS NOT NULL", county), 1);
    EXPECT_EQ(reseal_all().values, 0);
}

TEST_F(Keys, resealing_loses_nothing_that_is_written_meanwhile)
{
    constexpr int rows = 1500;
    for (int id = 1; id <= rows; ++id)
        add(id, "", "0");
    std::atomic<bool> stop{false};
    std::atomic<int> writes{0};
    std::vector<std::int64_t> written(rows + 1, 0);
    // Another server, with a keyring of its own, that counts each row up.
    std::thread other([&] {
        auto address = database.address;
        address.keys = std::make_shared<Keyring>(address, key_file().parent_path(), crypto::Suite::international);
        auto const there = db::open(address);
        address.keys->prepare(*there, county);
        for (int step = 0; !stop; ++step) {
            int const id = step * 7 % rows + 1;
            try {
                db::Transaction transaction(*there);
                auto const now = *there->value<SealedText>(
                    "SELECT note AS value FROM friends WHERE county = $1 AND id = $2 FOR_UPDATE", county, id);
                there->execute("UPDATE friends SET note = $3 WHERE county = $1 AND id = $2", county, id,
                    sealed(std::to_string(std::stoi(now) + 1)));
                transaction.commit();
                ++written[static_cast<std::size_t>(id)];
                ++writes;
            } catch (db::Error const& error) {
                if (error.fault != db::Fault::busy)
                    throw;
            }
        }
    });
    std::int64_t made = 0;
    int const before = writes;
    // Both write at once, however little of a busy machine's time either gets.
    for (int round = 0; round == 0 || (writes == before && round < 60); ++round) {
        keys().add_key(db, county, KeyPurpose::values, crypto::Suite::international);
        made += reseal_all().values;
    }
    stop = true;
    other.join();
    reseal_all(); // the other server may have used the old key for the second until it looked

    EXPECT_GT(made, 0);
    EXPECT_GT(writes, before);
    for (int id = 1; id <= rows; ++id)
        EXPECT_EQ(stored(id).note, std::to_string(written[static_cast<std::size_t>(id)])) << id;
    EXPECT_EQ(
        db.value<std::int64_t>("SELECT count(*) AS value FROM friends WHERE substr(note, 1, 8) <> $1", keys().newest_mark(county)),
        0);
}

TEST_F(Keys, a_new_index_key_reaches_every_number)
{
    add(1, "13800000001");
    keys().add_key(db, county, KeyPurpose::index, crypto::Suite::shangmi);
    Progress progress;

    reseal(call, columns, Which::all, progress);

    EXPECT_EQ(raw("phone", 1).substr(0, 28), keys().index(county, whole("13800000001")));
    EXPECT_EQ(stored(1).phone, "13800000001");
}

// Processor time of this thread, so that a busy machine does not count.
TEST_F(Keys, sealing_a_number_with_its_index_costs_about_a_microsecond)
{
    constexpr int count = 100'000;
    std::vector<std::string> numbers;
    for (int i = 0; i < count; ++i)
        numbers.push_back(std::to_string(510199201203040000 + i * 37));
    auto const processor = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
    };
    std::string out;
    keys().seal(county, numbers[0], Sealing::indexed, out);

    auto const start = processor();
    for (auto const& number : numbers)
        keys().seal(county, number, Sealing::indexed, out);
    auto const sealed_at = processor();
    for (int i = 0; i < count; ++i)
        keys().open(out, Sealing::indexed);
    auto const opened_at = processor();

    std::printf("sealing with an index: %.0f ns, opening: %.0f ns\n", (sealed_at - start) / count, (opened_at - sealed_at) / count);
    EXPECT_LT((sealed_at - start) / count, 20'000);
}

} // namespace
} // namespace concentric
