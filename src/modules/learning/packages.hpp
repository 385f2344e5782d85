#pragma once

#include "core/route.hpp"
#include "modules/learning/media_pieces.hpp"

// Teaching packages (课件包, SCORM 1.2 and 2004): unpacked into files of their own, which a player's frame fetches by a ticket that
// opens this one package and nothing else. docs/learning.md says who is protected from whom.
namespace concentric::learning {

// A line of a package's table of contents.
struct PackagePage {
    std::string title;
    std::string page; // within the package, with its query; empty: a heading
    std::int64_t depth = 0;
    bool is_reporting = false; // tells by itself when it is done; others are done once they were opened
    std::string mastery_score, launch_data;
};
BOOST_DESCRIBE_STRUCT(PackagePage, (), (title, page, depth, is_reporting, mastery_score, launch_data))

struct PackageRow {
    std::int64_t county = 0;
    MediaId media;
    std::string version; // "1.2" or "2004"
    std::string title;
    Json pages; // PackagePage
};
BOOST_DESCRIBE_STRUCT(PackageRow, (), (county, media, version, title, pages))

struct PackageFileRow {
    std::int64_t county = 0;
    MediaId media;
    std::string path;
    std::int64_t piece = 0, size = 0; // its first piece among the media's; bytes
};
BOOST_DESCRIBE_STRUCT(PackageFileRow, (), (county, media, path, piece, size))

// What was found in a ZIP, its files in the store already; or why it cannot be taken, every fault in a line of its own.
struct UnpackedPackage {
    std::optional<Words> fault;
    PackageRow row;
    std::vector<PackageFileRow> files;
    std::vector<PieceRow> pieces; // numbered from `first_piece` on
};
UnpackedPackage unpacked(Call&, MediaId, std::int64_t first_piece, std::filesystem::path const& zip);
void keep_package(Call&, UnpackedPackage const&);

std::optional<PackageRow> package_of(Call&, MediaId);
inline std::vector<PackagePage> pages_of(PackageRow const& row) { return reflect::from_json<std::vector<PackagePage>>(row.pages); }

// Opens the files of one package for twelve hours, to whoever has it.
std::string package_ticket(Call&, MediaId);

struct OnePackageFile {
    Text<1, 200> ticket;
    Text<1, 400> path;
};
BOOST_DESCRIBE_STRUCT(OnePackageFile, (), (ticket, path))
// 404 for a ticket that is forged, over, or another package's. Web pages get the console's bridge, by which they find the runtime.
Download package_file(Call&, OnePackageFile const&);

Routes package_routes();

} // namespace concentric::learning
