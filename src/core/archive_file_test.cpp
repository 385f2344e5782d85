#include "core/archive_file.hpp"
#include "core/archive_tables.hpp"
#include "testing/fresh.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

namespace concentric {
namespace {

struct ArchiveFiles : testing::TestWithParam<crypto::Suite> {
    FreshFolder folder;
    std::filesystem::path const file = folder.path / "county.concentric";
    ArchiveHead head = [this] {
        auto made = new_archive_head(360100, GetParam(), 15, {1});
        made.rounds = 2;
        return made;
    }();

    void write(std::string_view text)
    {
        ArchiveWriter writer(file, head, archive_key(head, "tongxin-shu"));
        writer.write(text);
        auto const size = writer.finish();
        EXPECT_EQ(size, static_cast<std::int64_t>(std::filesystem::file_size(file)));
    }

    std::string lines(std::string_view passphrase = "tongxin-shu")
    {
        ArchiveReader reader(file);
        reader.unlock(passphrase);
        std::string all;
        while (auto const line = reader.line())
            all += std::string(*line) + "\n";
        return all;
    }

    std::string on_disk() const
    {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void put_on_disk(std::string const& bytes) const { std::ofstream(file, std::ios::binary) << bytes; }
};
INSTANTIATE_TEST_SUITE_P(Suites, ArchiveFiles, testing::Values(crypto::Suite::international, crypto::Suite::shangmi),
    [](auto const& suite) { return std::string(name_of(suite.param)); });

TEST_P(ArchiveFiles, lines_of_any_length_come_back_and_nothing_of_them_can_be_read_in_the_file)
{
    auto const text = "一行\n" + std::string(3'000'000, 'x') + "\n\n13800000001\n";

    write(text);

    EXPECT_EQ(lines(), text);
    EXPECT_EQ(on_disk().find("13800000001"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(file.string() + ".unfinished"));
}

TEST_P(ArchiveFiles, another_passphrase_opens_nothing)
{
    write("13800000001\n");

    EXPECT_THROW(lines("tongxin-shi"), ArchiveError);
}

TEST_P(ArchiveFiles, a_changed_bit_a_missing_end_and_pieces_in_another_order_are_noticed)
{
    std::string text;
    for (std::int64_t i = 0; i < 400'000; ++i)
        text += fmt::format("{}\t张三\n", i * 7919);
    write(text);
    auto const whole = on_disk();
    auto const first = whole.find('\n') + 1;
    auto const length = [&](std::size_t at) {
        std::size_t size = 0;
        for (std::size_t i = 0; i < 4; ++i)
            size = size << 8 | static_cast<unsigned char>(whole[at + i]);
        return 4 + (size & 0x7FFFFFFF);
    };
    auto const second = first + length(first), third = second + length(second);

    auto changed = whole;
    changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
    put_on_disk(changed);
    EXPECT_THROW(lines(), ArchiveError);

    put_on_disk(whole.substr(0, third));
    EXPECT_THROW(lines(), ArchiveError) << "cut off between two pieces";

    put_on_disk(
        whole.substr(0, first) + whole.substr(second, third - second) + whole.substr(first, second - first) + whole.substr(third));
    EXPECT_THROW(lines(), ArchiveError);

    put_on_disk(whole);
    EXPECT_EQ(lines(), text);
}

TEST_P(ArchiveFiles, what_is_given_up_leaves_no_file)
{
    {
        ArchiveWriter writer(file, head, archive_key(head, "tongxin-shu"));
    }

    EXPECT_TRUE(std::filesystem::is_empty(folder.path));
}

TEST(Passphrases, a_made_up_one_may_be_typed_without_its_dashes_and_in_small_letters)
{
    auto const head = new_archive_head(360100, crypto::Suite::international, 15, {1});
    auto const passphrase = random_passphrase();
    std::string typed;
    for (char const c : passphrase)
        if (c != '-')
            typed += static_cast<char>(std::tolower(c));

    EXPECT_THAT(passphrase, testing::MatchesRegex("[A-Z2-9]{5}-[A-Z2-9]{5}-[A-Z2-9]{5}-[A-Z2-9]{5}-[A-Z2-9]{6}"));
    EXPECT_EQ(archive_key(head, typed), archive_key(head, passphrase));
    EXPECT_NE(archive_key(head, passphrase + "A"), archive_key(head, passphrase));
}

// A later module's table is in the next archive by itself; whoever leaves one out says why.
TEST(ArchiveTables, every_table_of_a_county_is_archived_or_left_out_for_a_stated_reason)
{
    FreshFolder const folder;
    FreshDatabase const database{folder};
    auto const db = db::open(database.address);
    std::ifstream in(std::filesystem::path(CONCENTRIC_ROOT) / "db/schema.sql");
    std::set<std::string> of_schema;
    std::string table;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("CREATE TABLE "))
            table = line.substr(13, line.find(' ', 13) - 13);
        else if (line.starts_with("    county "))
            of_schema.insert(table);
    }

    std::set<std::string> covered;
    for (auto const& each : archive_tables(*db))
        covered.insert(each.name);
    EXPECT_TRUE(covered.contains("entries") && covered.contains("people") && covered.contains("seal_blocks"));
    for (auto const& each : left_out()) {
        EXPECT_TRUE(covered.insert(std::string(each.table)).second) << each.table << " is left out and archived";
        EXPECT_GT(each.why.zh.size(), 10u);
        EXPECT_GT(each.why.en.size(), 10u);
    }

    EXPECT_EQ(covered, of_schema);
}

TEST(ArchiveTables, no_table_is_sorted_in_memory_to_be_archived)
{
    FreshFolder const folder;
    auto const db = db::open({db::Dialect::sqlite, (folder.path / "county.db").string(), {}});
    db::migrate(*db);

    for (auto const& table : archive_tables(*db)) {
        std::string plan;
        db->scan_all(fmt::format("EXPLAIN QUERY PLAN SELECT * FROM {} WHERE county = 1 ORDER BY {}", table.by_key, table.key),
            [&](db::RowView const& row) { plan += row.text(3); });
        EXPECT_THAT(plan, testing::AllOf(testing::HasSubstr("SEARCH"), testing::Not(testing::HasSubstr("TEMP B-TREE"))))
            << table.name;
    }
}

TEST(ArchiveTables, a_table_that_a_later_module_adds_is_found_with_its_key_and_columns)
{
    FreshFolder const folder;
    FreshDatabase const database{folder};
    auto const db = db::open(database.address);
    db->script(db->dialect() == db::Dialect::sqlite ? "CREATE TABLE outings (county INTEGER NOT NULL, at INTEGER, family INTEGER "
                                                      "NOT NULL, words TEXT NOT NULL, PRIMARY KEY (county, family)) STRICT"
                                                    : "CREATE TABLE outings (county BIGINT NOT NULL, at BIGINT, family BIGINT NOT "
                                                      "NULL, words TEXT NOT NULL, PRIMARY KEY (county, family))");

    auto const tables = archive_tables(*db);

    auto const outings = std::ranges::find(tables, "outings", &ArchiveTable::name);
    ASSERT_NE(outings, tables.end());
    EXPECT_EQ(outings->key, "county, family");
    ASSERT_EQ(outings->columns.size(), 4u);
    EXPECT_EQ(outings->columns[1].name, "at");
    EXPECT_TRUE(outings->columns[1].may_be_null);
    EXPECT_EQ(outings->columns[3].kind, ArchiveColumn::Kind::text);
    EXPECT_EQ(tables.front().name, "counties") << "before everything that hangs on it";
}

} // namespace
} // namespace concentric
