#pragma once

#include "core/archive.hpp"
#include "core/sealed.hpp"

// Brings a county's archive back to life in an empty database, or says everything that stands against it and changes nothing.
namespace concentric {

// What an archive holds and what is wrong with it.
struct ArchiveReport {
    ArchivedCounty county;
    ArchiveManifest manifest;
    std::int64_t file_bytes = 0; // of the stored files
    std::vector<Words> faults; // the first hundred
    std::int64_t fault_count = 0;
};

// Reads all of it and writes nothing: that every piece is whole, the numbers and digests are those of the manifest, and the tables
// are those of the schema that it was made from. Throws ArchiveError where it cannot be read on.
ArchiveReport check_archive(ArchiveReader& archive, Progress& progress);

// What stands against restoring into this database; empty when nothing does. `schema` is the archive's.
std::vector<Words> hindrances(db::Connection& db, std::int64_t schema);

// After a check without faults and without hindrances: brings an empty database to the archive's schema, loads everything in one
// transaction, and brings it up to the program's schema. `columns` are all sealed ones: what has an index of the whole installation
// gets one of this installation's.
void restore_archive(
    ArchiveReader& archive, db::Connection& db, Blobs& blobs, std::vector<SealedColumn> const& columns, Progress& progress);

} // namespace concentric
