#include "modules/demo/indexes.hpp"

namespace concentric::demo {
namespace {

struct Index {
    std::string name, statement;
};
BOOST_DESCRIBE_STRUCT(Index, (), (name, statement))

} // namespace

IndexesAside::IndexesAside(db::Connection& db, std::initializer_list<std::string_view> tables) : db_(db)
{
    if (db.dialect() != db::Dialect::sqlite)
        return;
    // Those of primary keys have no statement and stay.
    for (auto const table : tables)
        for (auto const& index : db.rows<Index>(
                 "SELECT name, sql AS statement FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL ORDER BY name", table)) {
            db.script("DROP INDEX " + index.name);
            statements_.push_back(index.statement);
        }
}

void IndexesAside::restore()
{
    for (auto const& statement : statements_)
        db_.script(statement);
    statements_.clear();
}

} // namespace concentric::demo
