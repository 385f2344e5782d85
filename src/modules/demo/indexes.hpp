#pragma once

#include "core/db.hpp"

// Makes an empty database take in whole tables several times as fast.
namespace concentric::demo {

// Takes the indexes off tables that are about to be filled; restore() builds them anew, by sorting instead of row by row.
// Uniqueness is checked then. Only where there is no county yet: dropping an index locks readers out.
class IndexesAside {
public:
    IndexesAside(db::Connection& db, std::initializer_list<std::string_view> tables);
    void restore();

private:
    db::Connection& db_;
    std::vector<std::string> statements_;
};

} // namespace concentric::demo
