#include "modules/demo/indexes.hpp"

namespace concentric::demo {
namespace {

struct Index {
    std::string name, statement;
};
BOOST_DESCRIBE_STRUCT(Index, (), (name, statement))

// Those of primary keys stay.
constexpr std::string_view of_sqlite
    = "SELECT name, sql AS statement FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL ORDER BY name";
constexpr std::string_view of_postgresql = "SELECT indexname AS name, indexdef AS statement FROM pg_indexes WHERE schemaname = "
                                           "current_schema() AND tablename = $1 AND indexname NOT LIKE '%pkey' "
                                           "ORDER BY indexname";

} // namespace

IndexesAside::IndexesAside(db::Connection& db, std::initializer_list<std::string_view> tables) : db_(db)
{
    if (db.value<std::int64_t>("SELECT county AS value FROM organisations LIMIT 1"))
        return;
    for (auto const table : tables) {
        if (db.dialect() == db::Dialect::sqlite)
            for (auto& known : db.rows<IndexStatistic>("SELECT tbl, idx, stat FROM sqlite_stat1 WHERE tbl = $1", table))
                statistics_.push_back(std::move(known));
        for (auto const& index : db.rows<Index>(db.dialect() == db::Dialect::sqlite ? of_sqlite : of_postgresql, table)) {
            db.script("DROP INDEX " + index.name);
            statements_.push_back(index.statement);
        }
    }
}

void IndexesAside::restore()
{
    // PostgreSQL makes no index while a trigger of the table waits for the commit.
    if (db_.dialect() == db::Dialect::postgresql)
        db_.script("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED");
    for (auto const& statement : statements_)
        db_.script(statement);
    if (statistics_.empty())
        return;
    for (auto const& [table, index, statistic] : statistics_) {
        db_.execute("DELETE FROM sqlite_stat1 WHERE tbl = $1 AND idx = $2", table, index);
        db_.execute("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ($1, $2, $3)", table, index, statistic);
    }
    db_.script("ANALYZE sqlite_schema"); // counts nothing; reads them again
}

} // namespace concentric::demo
