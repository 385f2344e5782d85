#include "core/archive_tables.hpp"
#include "core/restore.hpp"
#include "modules/all.hpp"
#include "modules/demo/demo.hpp"
#include "modules/seals/sealing.hpp"
#include "modules/seals/verification.hpp"
#include "modules/sign_in/short_messages.hpp"
#include "modules/tally/tally.hpp"
#include "testing/fresh.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>

// A whole county goes into a file and comes out of it elsewhere. The other place is a SQLite file; where the tests run on
// PostgreSQL, from there back to PostgreSQL.
namespace concentric {
namespace {

constexpr std::string_view passphrase = "tongxin-shu";

struct SealedLogInRow {
    PersonId person;
    SealedLogInNumber phone;
};
BOOST_DESCRIBE_STRUCT(SealedLogInRow, (), (person, phone))

// An installation of its own: database, keys and files.
struct Place {
    explicit Place(db::Address at, Events const& events, Clock const& clock)
        : address(std::move(at)), db(db::open(address)), blobs(folder.path / "files", address.keys),
          jobs(address, blobs, events, clock)
    {
    }
    Call call(Events const& events, Instant now)
    {
        return {*db, Fresh::county, the_system(), now, jobs, blobs, events, "test", "127.0.0.1", "test"};
    }

    FreshFolder folder;
    db::Address address;
    std::unique_ptr<db::Connection> db;
    Blobs blobs;
    Jobs jobs;
};

struct Archives : testing::Test, Fresh {
    Archives()
    {
        subscribe_all(events);
        handle_all_jobs(jobs);
        demo::Order order;
        order.schools = 2;
        order.pupils = 120;
        order.today = call.today();
        demo::make(call, order, [](Words const&, double) {});
        Progress progress;
        record_audit(call, "demo_create");
        seals::seal_until(call, soon(1), progress);
        stored = blobs.put("姓名,班级\n张三,一班\n");
        db.execute(
            "INSERT INTO imports (county, id, kind, organisation, file_name, file_hash, file_size, state, sheets, mapping, counts, "
            "preview_hash, report_hash, job, created_by, created_at, version) VALUES ($1, 7, 'roster', 1, '名\t册\\.csv', $2, 30, "
            "'applied', "
            "'', '', '', '', '', 0, 1, 1, 1)",
            county, stored);
    }

    // Identifiers, which tell what is to be sealed, come from the machine's clock.
    static Instant soon(int hours) { return {Clock().now().milliseconds + hours * 3'600'000LL}; }

    // Gives the archive's manifest.
    ArchiveManifest archive(Call& from, std::filesystem::path const& path)
    {
        auto head = new_archive_head(county, from.db.keys().suite(), schema_number(from.db), from.now);
        head.rounds = 2;
        Progress progress;
        auto const made = write_archive(from, path, head, archive_key(head, passphrase), progress);
        EXPECT_EQ(progress.done(), made.rows);
        return checked(path).manifest;
    }

    ArchiveReport checked(std::filesystem::path const& path)
    {
        ArchiveReader reader(path);
        reader.unlock(passphrase);
        Progress progress;
        return check_archive(reader, progress);
    }

    void restore(std::filesystem::path const& path, Place& to)
    {
        ArchiveReader reader(path);
        reader.unlock(passphrase);
        Progress progress;
        restore_archive(reader, *to.db, to.blobs, all_sealed_columns(), progress);
    }

    std::unique_ptr<Place> new_sqlite()
    {
        db::Address address{db::Dialect::sqlite, (folder.path / fmt::format("other-{}.db", new_id())).string(), {}};
        address.keys = std::make_shared<Keyring>(address, folder.path / fmt::format("keys-{}", new_id()), db.keys().suite());
        return std::make_unique<Place>(address, events, clock);
    }

    static std::vector<std::string> told(std::vector<Words> const& words)
    {
        std::vector<std::string> all;
        for (auto const& each : words)
            all.push_back(each.en);
        return all;
    }

    std::filesystem::path const archived = folder.path / "county.concentric", again = folder.path / "again.concentric";
    std::string stored;
};

// Log-in numbers get the new installation's index; all else is the same to the last byte.
std::vector<TableCount> without_accounts(ArchiveManifest manifest)
{
    std::erase_if(manifest.tables, [](auto const& table) { return table.table == "accounts"; });
    return manifest.tables;
}

TEST_F(Archives, a_county_is_the_same_in_every_row_on_either_database_and_its_seals_and_figures_hold)
{
    auto const first = archive(call, archived);
    auto const other = new_sqlite();

    restore(archived, *other);

    auto there = other->call(events, call.now);
    EXPECT_GT(first.rows(), 5000);
    EXPECT_EQ(without_accounts(archive(there, again)), without_accounts(first));
    Progress progress;
    auto const seals = seals::verify(there, {}, progress);
    EXPECT_EQ(seals.blocks, 3) << "the ledger's history, what was written to it by the machine's clock, and the audit log";
    EXPECT_EQ(seals.fault_count, 0);
    EXPECT_EQ(tally::rebuild(there, tally::Rebuild::check).different, 0);
    EXPECT_EQ(there.blobs.get(stored), "姓名,班级\n张三,一班\n");
    EXPECT_EQ(
        there.db.value<std::string>("SELECT file_name AS value FROM imports WHERE county = $1 AND id = 7", county), "名\t册\\.csv");

    FreshFolder const back_folder;
    FreshDatabase const back_database{back_folder};
    Place back(back_database.address, events, clock);
    restore(again, back);
    auto home = back.call(events, call.now);
    EXPECT_EQ(without_accounts(archive(home, folder.path / "third.concentric")), without_accounts(first));
}

TEST_F(Archives, what_waits_goes_on_in_the_new_place_but_sends_no_message_and_makes_no_archive_there)
{
    sign_in::queue_short_message(call, "13900000001", "验证码 246810");
    jobs.add(call, "archives.make", R"({"id":"7"})");
    jobs.add_at(call, tally::rebuild_job, "{}", call.now);
    archive(call, archived);
    auto const other = new_sqlite();

    restore(archived, *other);
    handle_all_jobs(other->jobs);
    other->jobs.run_all();

    auto const states = "SELECT state AS value FROM jobs WHERE county = $1 AND kind = $2";
    EXPECT_EQ(other->db->value<std::string>(states, county, tally::rebuild_job), "done");
    EXPECT_EQ(other->db->value<std::string>(states, county, "archives.make"), "done") << "and found nothing to do";
    EXPECT_EQ(other->db->value<std::int64_t>("SELECT count(*) AS value FROM archives"), 0);
    EXPECT_EQ(other->db->value<std::int64_t>("SELECT count(*) AS value FROM jobs WHERE kind = 'short_message'"), 0)
        << "messages are the old installation's to send";
}

TEST_F(Archives, numbers_are_read_and_found_with_the_new_installations_keys_and_it_seals_on_with_a_key_of_its_own)
{
    auto const numbers = "SELECT phone AS value FROM people WHERE county = $1 ORDER BY id";
    auto const log_in = *db.row<SealedLogInRow>(
        "SELECT person, phone FROM accounts WHERE county = $1 AND phone <> '' ORDER BY person LIMIT 1", county);
    archive(call, archived);
    auto const other = new_sqlite();

    restore(archived, *other);

    auto there = other->call(events, call.now);
    EXPECT_EQ(there.db.values<SealedNumber>(numbers, county), db.values<SealedNumber>(numbers, county));
    EXPECT_EQ(there.db.value<PersonId>(
                  "SELECT person AS value FROM accounts WHERE county = $1 AND substr(phone, 1, 28) = $2 AND phone <> ''", county,
                  whole_everywhere(log_in.phone)),
        log_in.person);
    record_audit(there, "archive_create");
    Progress progress;
    EXPECT_EQ(seals::seal_until(there, soon(2), progress).blocks, 1);
    EXPECT_EQ(seals::verify(there, {}, progress).fault_count, 0);
    EXPECT_THAT(there.db.keys().signing_key().key.public_key(), testing::Ne(db.keys().signing_key().key.public_key()));
}

TEST_F(Archives, a_database_that_holds_anything_is_refused_with_everything_that_it_holds)
{
    archive(call, archived);

    auto const against = told(hindrances(db, schema_number(db)));

    EXPECT_THAT(against, testing::Contains("The database is not empty: counties has 1 rows."));
    EXPECT_THAT(against, testing::Contains(testing::HasSubstr("people has")));
    auto const other = new_sqlite();
    EXPECT_THAT(hindrances(*other->db, 15), testing::IsEmpty());
    db::migrate(*other->db);
    EXPECT_THAT(hindrances(*other->db, schema_number(*other->db)), testing::IsEmpty());
    EXPECT_THAT(told(hindrances(*other->db, 3)), testing::ElementsAre(testing::HasSubstr("newer than the archive's (step 3)")));
}

// Somebody with the passphrase changed rows and forgot the manifest.
TEST_F(Archives, every_fault_of_a_forged_archive_is_told_at_once)
{
    archive(call, archived);
    std::vector<std::string> lines;
    ArchiveReader reader(archived);
    reader.unlock(passphrase);
    for (auto line = reader.line(); line && !line->starts_with("file "); line = reader.line())
        lines.emplace_back(*line);
    auto const after = [&](std::string_view table) {
        return std::ranges::find_if(lines, [&](auto const& line) {
            return line.starts_with(fmt::format(R"(table {{"table":"{}")", table));
        }) + 1;
    };
    *after("families") = "360100\tnot a number\t王家\t0";
    lines.erase(after("posts"));
    auto const purposes = after("purposes") - 1;
    *purposes = R"(table {"table":"purposes","columns":["county","id"]})";
    {
        ArchiveWriter writer(again, reader.head(), archive_key(reader.head(), passphrase));
        for (auto const& line : lines)
            writer.write(line + "\n");
        writer.finish();
    }

    auto const report = checked(again);

    EXPECT_THAT(told(report.faults),
        testing::IsSupersetOf({"Row 1 of the table families cannot be understood.",
            "The columns of purposes are not those of its schema.", "The archive has no manifest; it is not whole."}));
}

TEST_F(Archives, what_fails_in_the_middle_leaves_the_database_empty)
{
    archive(call, archived);
    auto bytes = [&] {
        std::ifstream in(archived, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    }();
    bytes[bytes.size() - 40] = static_cast<char>(bytes[bytes.size() - 40] ^ 1);
    std::ofstream(again, std::ios::binary) << bytes;
    auto const other = new_sqlite();

    EXPECT_THROW(restore(again, *other), ArchiveError);

    for (auto const& table : tables_with_county(*other->db))
        if (table != "data_keys") {
            EXPECT_EQ(other->db->value<std::int64_t>(fmt::format("SELECT count(*) AS value FROM {} WHERE county > 0", table)), 0)
                << table;
        }
}

} // namespace
} // namespace concentric
