#include "core/migrations.hpp"
#include "testing/fresh.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

namespace concentric::db {
namespace {

std::string text_of(std::filesystem::path const& file)
{
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

struct Dictionary {
    char const* columns; // "table 3 name TYPE NOT NULL DEFAULT"
    char const* keys; // "table (column, column)"
    char const* indexes; // "table: UNIQUE name (column, column) WHERE"
};

constexpr Dictionary of_sqlite{"SELECT m.name || ' ' || (c.cid + 1) || ' ' || c.name || ' ' || c.type || CASE WHEN c.\"notnull\" = "
                               "1 OR c.pk > 0 THEN ' NOT NULL' ELSE '' END "
                               "|| CASE WHEN c.dflt_value IS NULL THEN '' ELSE ' DEFAULT' END AS value "
                               "FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE "
                               "'sqlite_%' AND m.name <> 'migrations' "
                               "ORDER BY m.name, c.cid",
    "SELECT name || ' (' || group_concat(part, ', ') || ')' AS value FROM (SELECT m.name, c.name AS part FROM sqlite_master m, "
    "pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name <> 'migrations' AND c.pk > 0 ORDER BY m.name, c.pk) AS parts "
    "GROUP BY name "
    "ORDER BY name",
    "SELECT owner || ': ' || CASE WHEN is_unique THEN 'UNIQUE ' ELSE '' END || name || ' (' || group_concat(part, ', ') || ')' "
    "|| CASE WHEN is_partial THEN ' WHERE' ELSE '' END AS value FROM (SELECT m.name AS owner, i.name, i.\"unique\" AS is_unique, "
    "i.partial AS is_partial, coalesce(c.name, '?') AS part FROM sqlite_master m, pragma_index_list(m.name) i, "
    "pragma_index_info(i.name) c "
    "WHERE m.type = 'table' AND i.origin <> 'pk' ORDER BY m.name, i.name, c.seqno) AS parts GROUP BY owner, name ORDER BY owner, "
    "name"};

// A column that was dropped leaves a gap in PostgreSQL's numbers.
constexpr Dictionary of_postgresql{
    "SELECT t.relname || ' ' || row_number() OVER (PARTITION BY t.oid ORDER BY c.attnum) || ' ' || c.attname || ' ' || CASE "
    "format_type(c.atttypid, c.atttypmod) WHEN 'bigint' "
    "THEN 'INTEGER' "
    "WHEN 'boolean' THEN 'INTEGER' WHEN 'double precision' THEN 'REAL' WHEN 'bytea' THEN 'BLOB' WHEN 'text' THEN 'TEXT' "
    "ELSE format_type(c.atttypid, c.atttypmod) END || CASE WHEN c.attnotnull THEN ' NOT NULL' ELSE '' END "
    "|| CASE WHEN c.atthasdef THEN ' DEFAULT' ELSE '' END AS value FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid "
    "WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p') AND t.relname <> 'migrations' AND c.attnum > 0 AND "
    "NOT c.attisdropped "
    "ORDER BY t.relname, c.attnum",
    "SELECT t.relname || ' (' || (SELECT string_agg(c.attname, ', ' ORDER BY k.place) FROM unnest(i.indkey) WITH ORDINALITY AS "
    "k(number, place) "
    "JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = k.number) || ')' AS value FROM pg_class t JOIN pg_index i ON "
    "i.indrelid = t.oid "
    "WHERE t.relnamespace = 'public'::regnamespace AND t.relname <> 'migrations' AND i.indisprimary ORDER BY t.relname",
    "SELECT t.relname || ': ' || CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END || n.relname || ' (' || (SELECT "
    "string_agg(coalesce(c.attname, '?'), ', ' "
    "ORDER BY k.place) FROM unnest(i.indkey) WITH ORDINALITY AS k(number, place) LEFT JOIN pg_attribute c ON c.attrelid = t.oid "
    "AND c.attnum = k.number) || ')' "
    "|| CASE WHEN i.indpred IS NULL THEN '' ELSE ' WHERE' END AS value FROM pg_class t JOIN pg_index i ON i.indrelid = t.oid "
    "JOIN pg_class n ON n.oid = i.indexrelid WHERE t.relnamespace = 'public'::regnamespace AND NOT i.indisprimary ORDER BY "
    "t.relname, n.relname"};

std::string lines(Connection& db, char const* sql)
{
    std::string text;
    for (auto const& line : db.values<std::string>(sql))
        text += line + "\n";
    return text;
}

struct SchemaTest : testing::Test, Fresh { };

TEST(Schema, the_committed_schema_is_what_the_migrations_make)
{
    auto const committed = text_of(std::filesystem::path(CONCENTRIC_ROOT) / "db/schema.sql");

    EXPECT_EQ(committed, schema_text()) << "bin/schema writes db/schema.sql anew";
}

TEST_F(SchemaTest, both_databases_have_the_same_tables_keys_and_indexes)
{
    auto const here = db.dialect() == Dialect::sqlite ? of_sqlite : of_postgresql;
    auto const sqlite = open({Dialect::sqlite, ":memory:"});
    migrate(*sqlite);

    auto const columns = lines(db, here.columns);

    EXPECT_THAT(columns, testing::HasSubstr("\naudit 3 at INTEGER NOT NULL\n"));
    EXPECT_EQ(columns, lines(*sqlite, of_sqlite.columns));
    EXPECT_EQ(lines(db, here.keys), lines(*sqlite, of_sqlite.keys));
    EXPECT_EQ(lines(db, here.indexes), lines(*sqlite, of_sqlite.indexes));
}

TEST(Schema, sqlite_is_told_of_every_index_how_much_it_narrows)
{
    auto const sqlite = open({Dialect::sqlite, ":memory:"});
    migrate(*sqlite);

    // The statistics of a table that is its own primary key stand under its name.
    auto const untold = sqlite->values<std::string>(
        "SELECT m.name || ': ' || i.name AS value FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table' AND NOT "
        "EXISTS (SELECT 1 FROM sqlite_stat1 s WHERE s.tbl = m.name AND (s.idx = i.name OR (i.origin = 'pk' AND s.idx = m.name))) "
        "ORDER BY value");

    EXPECT_THAT(untold, testing::IsEmpty()) << "a table without statistics is walked whole: its migration adds them (migration 52)";
}

} // namespace
} // namespace concentric::db
