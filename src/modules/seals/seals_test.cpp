#include "modules/seals/seals.hpp"

#include "core/id_time.hpp"
#include "core/keyring.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/seals/guesses.hpp"
#include "modules/seals/sealing.hpp"
#include "testing/fresh.hpp"

#include <gmock/gmock.h>

#include <cstdio>

namespace concentric::seals {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

struct Seals : testing::TestWithParam<crypto::Suite>, Fresh {
    Seals() { db.keys().add_key(db, 0, KeyPurpose::signing, GetParam()); }

    // Written like the ledger writes it, in the clock's present, a second apart.
    std::vector<std::int64_t> write(std::size_t count)
    {
        std::vector<std::int64_t> ids;
        std::vector<ledger::Entry> entries;
        for (std::size_t i = 0; i < count; ++i) {
            ledger::Entry entry;
            entry.county = county;
            entry.id = {first_id_at(clock.now()) + 1};
            entry.kind = "visit.home";
            entry.happened_at = entry.recorded_at = clock.now();
            entry.person = 7;
            entry.minutes = 45;
            entry.count = 1;
            entry.source = "test:" + std::to_string(entry.id.value);
            entry.data = Json("{}");
            ids.push_back(entry.id.value);
            entries.push_back(std::move(entry));
            clock.advance(std::chrono::seconds(1));
        }
        db.load("entries", entries);
        return ids;
    }
    Sealed seal()
    {
        call.now = clock.now();
        Progress progress;
        return seal_until(call, {clock.now().milliseconds}, progress);
    }
    Verification check()
    {
        call.now = clock.now();
        Progress progress;
        return verify(call, Stream::ledger, progress);
    }
    // What somebody with the database's password does.
    void tamper(std::string const& sql)
    {
        if (db.dialect() == db::Dialect::sqlite)
            for (auto const* const trigger :
                {"entries_keep", "entries_stay", "seal_blocks_keep", "seal_blocks_stay", "audit_keeps", "audit_stays"})
                db.script(std::string("DROP TRIGGER IF EXISTS ") + trigger);
        else
            db.script("ALTER TABLE entries DISABLE TRIGGER USER; ALTER TABLE seal_blocks DISABLE TRIGGER USER; ALTER TABLE audit "
                      "DISABLE TRIGGER USER");
        db.script(sql);
    }
    static std::vector<std::string> names(Verification const& report)
    {
        std::vector<std::string> all;
        for (auto const& fault : report.faults)
            all.push_back(std::string(name_of(fault.kind)) + " " + std::to_string(fault.block) + " "
                + (fault.row ? std::to_string(fault.row->value) : "-"));
        return all;
    }
    static std::string named(char const* kind, std::int64_t block, std::int64_t row)
    {
        return std::string(kind) + " " + std::to_string(block) + " " + std::to_string(row);
    }
};
INSTANTIATE_TEST_SUITE_P(Suites, Seals, testing::Values(crypto::Suite::international, crypto::Suite::shangmi),
    [](auto const& suite) { return std::string(name_of(suite.param)); });

TEST_P(Seals, every_row_is_sealed_once_in_blocks_that_hold)
{
    write(5000);

    auto const sealed = seal();

    EXPECT_EQ(sealed.blocks, 2);
    EXPECT_EQ(sealed.rows, 5000);
    EXPECT_EQ(seal().rows, 0);
    auto const report = check();
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_EQ(report.rows, 5000);
    EXPECT_EQ(report.blocks, 2);
    EXPECT_EQ(report.waiting, 0);
}

TEST_P(Seals, what_came_after_the_last_block_waits)
{
    write(10);
    seal();
    write(3);

    EXPECT_EQ(check().waiting, 3);
    EXPECT_TRUE(check().holds());
    EXPECT_EQ(seal().rows, 3);
    EXPECT_EQ(check().waiting, 0);
}

TEST_P(Seals, a_changed_row_is_named_with_what_it_said)
{
    auto const ids = write(100);
    seal();

    tamper("UPDATE entries SET minutes = 450 WHERE id = " + std::to_string(ids[41]));

    auto const report = check();
    EXPECT_THAT(names(report), testing::ElementsAre(named("tampered", 1, ids[41])));
    EXPECT_EQ(report.faults.front().en, "minutes was \"45\" and is \"450\".");
    EXPECT_THAT(report.faults.front().zh, HasSubstr("minutes 原为“45”，现为“450”"));
}

TEST_P(Seals, of_a_row_that_was_changed_in_many_places_it_is_said_that_it_is_another)
{
    auto const ids = write(3);
    seal();

    tamper("UPDATE entries SET minutes = 450, person = 8, kind = 'x' WHERE id = " + std::to_string(ids[1]));

    EXPECT_THAT(check().faults.front().en, HasSubstr("not what was sealed"));
}

TEST_P(Seals, rows_that_were_taken_away_or_put_in_are_named)
{
    auto const ids = write(5000);
    seal();
    clock.advance(std::chrono::hours(72));

    tamper("DELETE FROM entries WHERE id IN (" + std::to_string(ids[0]) + ", " + std::to_string(ids[4999]) + ")");
    tamper("INSERT INTO entries SELECT county, id + 5, kind, happened_at, recorded_at, recorded_by, person, student, unit, "
           "resource, minutes, count, 'put in', "
           "reverses, reason, data FROM entries WHERE id = "
        + std::to_string(ids[100]));

    EXPECT_THAT(names(check()),
        testing::UnorderedElementsAre(
            named("missing", 1, ids[0]), named("inserted", 0, ids[100] + 5), named("missing", 2, ids[4999])));
    EXPECT_EQ(seal().rows, 0) << "what was put in is never sealed";
}

TEST_P(Seals, a_changed_block_is_named_and_so_is_the_break_of_the_chain)
{
    for (int i = 0; i < 3; ++i) {
        write(10);
        seal();
    }

    tamper("UPDATE seal_blocks SET entries = 9 WHERE number = 2");

    EXPECT_THAT(names(check()), testing::UnorderedElementsAre("not_signed 2 -", "block_changed 2 -", "chain_broken 3 -"));
}

TEST_P(Seals, a_row_that_was_changed_together_with_its_digest_is_found_by_the_root)
{
    auto const ids = write(2);
    seal();
    auto leaves = *read_leaves(*db.value<std::string>("SELECT leaves AS value FROM seal_blocks WHERE county = $1", county));
    leaves[0].digest[0] ^= 1;

    tamper("UPDATE seal_blocks SET leaves = '" + written(leaves) + "'");

    EXPECT_THAT(names(check()), testing::UnorderedElementsAre("block_changed 1 -", named("tampered", 1, ids[0])));
}

TEST_P(Seals, a_block_that_was_taken_away_is_missed)
{
    for (int i = 0; i < 3; ++i) {
        write(10);
        seal();
    }
    clock.advance(std::chrono::hours(72));

    tamper("DELETE FROM seal_blocks WHERE number = 2");

    auto const found = names(check());
    EXPECT_EQ(found.front(), "chain_broken 3 -");
    EXPECT_EQ(found.size(), 11u) << "its ten rows were never sealed, as far as anybody can tell";
}

TEST_P(Seals, a_block_signed_with_another_key_is_refused)
{
    write(10);
    seal();
    auto block = *newest(db, county, Stream::ledger);
    std::string forged;
    crypto::append_base64url(forged, crypto::SigningKey::make(GetParam()).sign(text_of(block)));

    tamper("UPDATE seal_blocks SET signature = '" + forged + "'");

    EXPECT_THAT(names(check()), testing::ElementsAre("not_signed 1 -"));
}

TEST_P(Seals, a_row_whose_transaction_ended_late_gets_a_block_of_its_own)
{
    auto const before = write(5);
    auto const late_moment = clock.now();
    clock.advance(std::chrono::minutes(1));
    auto const after = write(5);
    seal();
    db.execute("INSERT INTO entries SELECT county, $2, kind, happened_at, recorded_at, recorded_by, person, student, unit, "
               "resource, minutes, count, 'late', "
               "reverses, reason, data FROM entries WHERE county = $1 AND id = $3",
        county, first_id_at(late_moment) + 9, after[0]);
    EXPECT_EQ(check().waiting, 1);

    EXPECT_EQ(seal().rows, 1);

    EXPECT_TRUE(newest(db, county, Stream::ledger)->is_late);
    EXPECT_TRUE(check().holds());
    EXPECT_EQ(seal().rows, 0) << "once";
    tamper("UPDATE entries SET minutes = 1 WHERE source = 'late'");
    EXPECT_THAT(names(check()), testing::ElementsAre(named("tampered", 2, first_id_at(late_moment) + 9)));
}

TEST_P(Seals, a_new_key_goes_on_where_the_old_one_ended)
{
    write(10);
    seal();
    db.keys().add_key(
        db, 0, KeyPurpose::signing, GetParam() == crypto::Suite::shangmi ? crypto::Suite::international : crypto::Suite::shangmi);
    write(10);
    seal();

    EXPECT_THAT(check().faults, IsEmpty());
    EXPECT_EQ(check().rows, 20);
}

TEST_P(Seals, the_audit_log_is_sealed_too)
{
    call.now = clock.now();
    for (int i = 0; i < 20; ++i)
        record_audit(call, "person_show");
    Progress progress;

    seal_until(call, {Clock().now().milliseconds + 60'000}, progress);

    EXPECT_EQ(verify(call, Stream::audit, progress).rows, 20);
    tamper("UPDATE audit SET action = 'person_list' WHERE id = (SELECT MIN(id) FROM audit)");
    EXPECT_THAT(verify(call, Stream::audit, progress).faults, testing::SizeIs(1));
}

TEST_P(Seals, the_job_queues_itself_again)
{
    handle_jobs(jobs);
    db.execute("INSERT INTO counties (county, name, created_at) VALUES ($1, '梅岭县', 0)", county);
    write(10);
    db::Transaction transaction(db);
    call.now = clock.now();
    keep_sealing(call, 10);
    transaction.commit();
    clock.advance(std::chrono::minutes(11));

    jobs.run_all();

    EXPECT_EQ(newest(db, county, Stream::ledger)->entries, 10);
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) AS value FROM jobs WHERE county = $1 AND state = 'waiting'", county), 1);
}

TEST_P(Seals, sealing_and_verifying_are_fast)
{
    constexpr int rows = 12'000;
    write(rows);
    auto const start = std::chrono::steady_clock::now();
    seal();
    auto const sealed_at = std::chrono::steady_clock::now();
    auto const report = check();
    auto const rate = [](auto took) { return rows / std::chrono::duration<double>(took).count(); };

    std::printf("sealing: %.0f rows/s, verifying: %.0f rows/s\n", rate(sealed_at - start),
        rate(std::chrono::steady_clock::now() - sealed_at));
    EXPECT_TRUE(report.holds());
    EXPECT_GT(rate(std::chrono::steady_clock::now() - sealed_at), 5'000) << "a fortieth of what it should be";
}

} // namespace
} // namespace concentric::seals
