#pragma once

#include "lib/zip_package.hpp"

#include <optional>

// Looks through a teaching package (SCORM 1.2 or 2004, a ZIP with imsmanifest.xml) before anything of it is kept: every fault is
// named, and nothing that it holds can reach outside of it.
namespace concentric::lib {

struct PackageLimits {
    std::size_t files = 5'000;
    std::uint64_t file_bytes = 256ULL << 20; // each, unpacked
    std::uint64_t bytes = 1ULL << 30; // all together, unpacked
    std::size_t items = 200; // of its table of contents
};

// A line of the table of contents: a heading, a page that reports (SCO), or one that is only shown.
struct PackageItem {
    std::string identifier, title;
    std::string page; // with its query; empty: a heading
    std::int64_t depth = 0;
    bool is_reporting = false;
    std::string mastery_score, launch_data; // as the page may ask for them
};

struct PackageFile {
    std::string path; // UTF-8, relative, with '/'
    std::size_t place = 0; // in the ZIP
    std::uint64_t bytes = 0;
};

struct PackageFault {
    std::string zh, en;
};

struct TeachingPackage {
    std::string version; // "1.2" or "2004"
    std::string title;
    std::vector<PackageItem> items;
    std::vector<PackageFile> files;
    std::vector<PackageFault> faults; // at most 20; empty: it may be kept
};

// The file that a page is: "a%20b.html?x=1" is "a b.html".
std::string file_of_page(std::string_view page);
// By the ending of its name.
bool is_web_page(std::string_view path);

TeachingPackage look_through_package(std::filesystem::path const& zip, PackageLimits const& limits = {});

// Hands over the files in turn, unpacked; `begin` before the pieces of each. Gives the fault where more comes out than the limits
// allow, or something is damaged.
std::optional<PackageFault> unpack(std::filesystem::path const& zip, TeachingPackage const& package, PackageLimits const& limits,
    std::function<void(PackageFile const&)> const& begin, std::function<void(std::string_view piece)> const& on_piece);

} // namespace concentric::lib
