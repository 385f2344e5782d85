#pragma once

#include "core/db.hpp"
#include "core/error.hpp"

// Which tables hold a county's data, asked of the database itself: what a later module keeps is in the next archive without
// anybody's doing.
namespace concentric {

// How often a run that writes or reads an archive says how far it is.
inline constexpr std::int64_t rows_between_reports = 4096;

struct ArchiveColumn {
    enum class Kind { number, truth, text };
    std::string name;
    Kind kind = Kind::text;
    bool may_be_null = false;
};

struct ArchiveTable {
    std::string name;
    std::vector<ArchiveColumn> columns; // in the order of the table
    std::string key; // "county, id"
    std::string by_key; // the table as it is named in a FROM that is to walk along the key, without sorting
};

// Every table with a column `county` but those of left_out(): the counties themselves first, then by name. Throws std::logic_error
// for a column of a type that archives do not know.
std::vector<ArchiveTable> archive_tables(db::Connection& db);

struct LeftOut {
    std::string_view table;
    Words why;
};
// What an archive does not carry, and why not.
std::span<LeftOut const> left_out();
// All tables with a column `county`, by name.
std::vector<std::string> tables_with_county(db::Connection& db);

} // namespace concentric
