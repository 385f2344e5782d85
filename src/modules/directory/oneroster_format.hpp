#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

// The tables of OneRoster 1.2, the standard by which school systems exchange rosters, as its CSV binding names them.
// Source: 1EdTech OneRoster: CSV Binding 1.2.1, Final Release, 22 August 2023.
namespace concentric::directory::oneroster {

struct Column {
    std::string_view name;
    bool is_required = false; // no row may leave it empty
    std::string_view choices{}; // "school|district"; values that begin with "ext:" are anybody's own
};

struct File {
    std::string_view name; // "users": the file users.csv, the manifest's file.users
    std::string_view kind; // of the roster's sheets, with which its faults are counted
    bool is_needed = false; // no roster without it
    std::span<Column const> columns; // besides sourcedId, status and dateLastModified, in the standard's order
};

// Those that a roster is made of.
std::span<File const> files();
File const& file_named(std::string_view name);
// Every file that a manifest has to speak of, those with marks and materials too.
std::span<std::string_view const> manifest_files();

inline constexpr std::string_view manifest_version = "1.0", standard_version = "1.2";

// Columns of our own, after the standard's: what it has no word for. Whoever does not know them passes over them, as it says.
namespace own {
inline constexpr std::string_view prefix = "metadata.";
inline constexpr std::string_view kind = "metadata.concentric.kind", stages = "metadata.concentric.stages",
                                  grade = "metadata.concentric.grade", name = "metadata.concentric.name",
                                  relations = "metadata.concentric.agentRelations",
                                  guardians = "metadata.concentric.agentGuardians", role = "metadata.concentric.role",
                                  title = "metadata.concentric.title";
} // namespace own
// The columns of our own that a file of ours has.
std::span<std::string_view const> own_columns(std::string_view file);

// Grades by the codes of CEDS (Common Education Data Standards), which the standard recommends: PR, PK and KG for the three years
// of kindergarten, 01 to 06 for primary school, 07 to 09 and 10 to 12 for the two after it. Empty for what it cannot say.
std::string grade_code(std::string_view stage, int level);
// What a roster calls a grade of that code: "3年级", "大班"; empty for codes that we have no grade for.
std::string grade_words(std::string_view code);

} // namespace concentric::directory::oneroster
