#include "core/migrations.hpp"
#include "core/db.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <regex>

namespace concentric::db {
namespace {

// STRICT tables know five types; PostgreSQL's words for them stand in the files.
std::string for_sqlite(std::string text)
{
    static std::pair<std::regex, char const*> const words[]
        = {{std::regex(R"(\bBIGINT\b)"), "INTEGER"}, {std::regex(R"(\bBOOLEAN\b)"), "INTEGER"},
            {std::regex(R"(\bDOUBLE PRECISION\b)"), "REAL"}, {std::regex(R"(\bBYTEA\b)"), "BLOB"},
            {std::regex(R"(\)\s*CLUSTERED;)"), ") STRICT, WITHOUT ROWID;"}, {std::regex(R"(\n\);)"), "\n) STRICT;"}};
    for (auto const& [from, to] : words)
        text = std::regex_replace(text, from, to);
    return text;
}

std::string for_postgresql(std::string text) { return std::regex_replace(text, std::regex(R"(\)\s*CLUSTERED;)"), ");"); }

// Blocks between "-- only sqlite" or "-- only postgresql" and "-- both" are left out for the other one.
std::string without_foreign_blocks(std::string_view text, std::string_view own)
{
    std::string kept;
    bool keep = true;
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        if (line.starts_with("-- only "))
            keep = line.substr(8) == own;
        else if (line == "-- both")
            keep = true;
        else if (keep)
            kept += std::string(line) + '\n';
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return kept;
}

std::string script_of(Migration const& migration, Dialect dialect)
{
    return dialect == Dialect::sqlite ? for_sqlite(without_foreign_blocks(migration.sql, "sqlite"))
                                      : for_postgresql(without_foreign_blocks(migration.sql, "postgresql"));
}

// Subtrees are ranges of text, so texts must sort by their bytes, as they do in SQLite.
void require_byte_order(Connection& db)
{
    if (!db.value<bool>("SELECT 'B' < 'a' AND '/1/' < '/10' AND '/1/2/' < '/10' AS value").value_or(false))
        throw std::runtime_error("the database does not sort by bytes: create it with --template template0 --locale C.UTF-8");
}

struct Made {
    std::string owner; // the table that it belongs to
    std::string sql;
};
BOOST_DESCRIBE_STRUCT(Made, (), (owner, sql))

} // namespace

int migrate(Connection& db) { return migrate_up_to(db, migrations().back().number); }

int migrate_up_to(Connection& db, std::int64_t number)
{
    require_byte_order(db);
    db.script("CREATE TABLE IF NOT EXISTS migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL)");
    int taken = 0;
    for (auto const& migration : migrations()) {
        Transaction transaction(db);
        db.hold({0x6D696772617465}); // "migrate": servers that start together take turns
        auto const state = db.value<std::int64_t>("SELECT max(number) AS value FROM migrations").value_or(0);
        if (state > migrations().back().number)
            throw std::runtime_error("the database was made by a newer version of this program");
        if (migration.number <= state || migration.number > number)
            continue;
        spdlog::info("database: {}", migration.name);
        db.script(script_of(migration, db.dialect()));
        db.execute("INSERT INTO migrations (number, name) VALUES ($1, $2)", migration.number, migration.name);
        transaction.commit();
        ++taken;
    }
    return taken;
}

std::string schema_text()
{
    auto const db = open({Dialect::sqlite, ":memory:"});
    migrate(*db);
    std::string text = "-- The latest state of the database as SQLite holds it, derived from db/migrations by bin/schema.\n";
    std::string owner;
    for (auto const& made :
        db->rows<Made>("SELECT tbl_name AS owner, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
                       "ORDER BY tbl_name, type <> 'table', type, name")) {
        text += (made.owner == owner ? "" : "\n") + made.sql + ";\n";
        owner = made.owner;
    }
    return text;
}

} // namespace concentric::db
