#pragma once

#include "modules/directory/tables.hpp"

// What the directory's kinds, stages, groups and relations are called, and how people write them in a table.
namespace concentric::directory {

// What an organisation is; the schema of the database lists the same names.
struct OrganisationKind : std::string {
    using std::string::string;
    OrganisationKind() = default;
    OrganisationKind(std::string text) : std::string(std::move(text)) { }
    static constexpr char const* schema
        = R"({"type":"string","enum":["region","county","bureau","department","subdistrict","community","guidance_station","school",)"
          R"("kindergarten","grade","class","resource","training_agency","association"]})";
    static std::optional<Words> check(std::string_view text);
};

struct StageName : std::string {
    using std::string::string;
    StageName() = default;
    StageName(std::string text) : std::string(std::move(text)) { }
    static constexpr char const* schema = R"({"type":"string","enum":["kindergarten","primary","junior","senior"]})";
    static std::optional<Words> check(std::string_view text);
};

// A group of pupils that a plan may single out.
struct GroupName : std::string {
    using std::string::string;
    GroupName() = default;
    GroupName(std::string text) : std::string(std::move(text)) { }
    static constexpr char const* schema
        = R"({"type":"string","enum":["left-behind","migrant","orphan","disabled","in-need","special-care"]})";
    static std::optional<Words> check(std::string_view text);
};

// A name of the platform, what it is called, and other words that people use for it.
struct Term {
    std::string_view name;
    Words words;
    std::vector<std::string_view> also;
};

std::vector<Term> const& organisation_kinds();
std::vector<Term> const& stages();
std::vector<Term> const& relations();
std::vector<Term> const& student_groups();
std::vector<Term> const& identity_kinds();

// What a name is called; the name itself where it is unknown.
Words words_of(std::vector<Term> const& terms, std::string_view name);
// The name that people mean by these words: exactly one of its words, blanks and case aside. Nothing for other words.
std::optional<std::string_view> name_meant(std::vector<Term> const& terms, std::string_view written);

// The group that contains everybody of any other group.
inline constexpr std::string_view special_care = "special-care";

// "primary,junior" and its parts.
std::vector<std::string> split_list(std::string_view list);
std::string join_list(std::vector<std::string> const& parts);
// The list with one more part, unless it has it.
void add_to_list(std::string& list, std::string_view part);
bool list_has(std::string_view list, std::string_view part);

} // namespace concentric::directory
