#pragma once

#include "core/archive_file.hpp"
#include "core/call.hpp"
#include "core/jobs.hpp"
#include "core/keyring.hpp"

// Everything that one county holds, as one sealed file that can be brought into another installation, on either database.
//
// What is in it, line by line: the county and its keys; each table's columns and rows as PostgreSQL's COPY writes them (numbers,
// texts with \t \n \r \\ masked, \N for nothing; truth values are 0 and 1); each stored file; a manifest with the number and the
// digest of all that came before. Sealed columns stay as they are, so seals over their rows still hold.
namespace concentric {

// The line before all: `county {…}`.
struct ArchivedCounty {
    std::int64_t county = 0;
    std::string name;
    std::vector<KeyCopy> keys;
};
BOOST_DESCRIBE_STRUCT(ArchivedCounty, (), (county, name, keys))

// The line before a table's rows: `table {…}`.
struct TableHead {
    std::string table;
    std::vector<std::string> columns;
};
BOOST_DESCRIBE_STRUCT(TableHead, (), (table, columns))

// The line before a stored file's bytes and one line break: `file {…}`.
struct FileHead {
    std::string address;
    std::int64_t size = 0;
    std::string digest;
};
BOOST_DESCRIBE_STRUCT(FileHead, (), (address, size, digest))

// The last line: `manifest {…}`. Digests are hexadecimal, in the archive's suite, over the rows' lines.
struct TableCount {
    std::string table;
    std::int64_t rows = 0;
    std::string digest;
    bool operator==(TableCount const&) const = default;
};
BOOST_DESCRIBE_STRUCT(TableCount, (), (table, rows, digest))
struct LeftOutTable {
    std::string table, zh, en;
};
BOOST_DESCRIBE_STRUCT(LeftOutTable, (), (table, zh, en))
struct ArchiveManifest {
    std::vector<TableCount> tables;
    std::int64_t files = 0;
    std::vector<LeftOutTable> left_out;
    std::int64_t rows() const;
};
BOOST_DESCRIBE_STRUCT(ArchiveManifest, (), (tables, files, left_out))

namespace archive_word {
inline constexpr std::string_view county = "county ", table = "table ", file = "file ", manifest = "manifest ";
}

struct Archived {
    std::int64_t rows = 0, files = 0, file_size = 0;
};
BOOST_DESCRIBE_STRUCT(Archived, (), (rows, files, file_size))

// Writes the call's county as it is at one moment; others go on working. Outside any transaction. Memory does not grow with the
// county.
Archived write_archive(
    Call& call, std::filesystem::path const& file, ArchiveHead const& head, crypto::Key const& key, Progress& progress);
// The last migration of the database.
std::int64_t schema_number(db::Connection& db);

} // namespace concentric
