#pragma once

#include "core/db.hpp"

// Makes an empty database take in whole tables several times as fast.
namespace concentric::demo {

struct IndexStatistic {
    std::string tbl, idx, stat;
};
BOOST_DESCRIBE_STRUCT(IndexStatistic, (), (tbl, idx, stat))

// Takes the indexes off tables that are about to be filled; restore() builds them anew, by sorting instead of row by row.
// Uniqueness is checked then. SQLite forgets what it was told about an index that is dropped (migration 7), so it is told again.
// Only where there is no county yet: dropping an index locks readers out.
class IndexesAside {
public:
    IndexesAside(db::Connection& db, std::initializer_list<std::string_view> tables);
    void restore();

private:
    db::Connection& db_;
    std::vector<std::string> statements_;
    std::vector<IndexStatistic> statistics_;
};

} // namespace concentric::demo
