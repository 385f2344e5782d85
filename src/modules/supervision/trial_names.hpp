#pragma once

#include "modules/tally/rules.hpp"

#include <unordered_map>

// Who is meant by a line of a trial, as far as the viewer may know.
namespace concentric::supervision {

struct NamedSubject {
    std::string name;
    std::string place; // "启明小学五（1）班"; empty of an organisation
};

// Names and places of those subjects who belong below the path on a day.
std::unordered_map<std::int64_t, NamedSubject> names_of(
    Call& call, tally::SubjectKind kind, std::string const& path, Day on, std::vector<std::int64_t> const& subjects);

} // namespace concentric::supervision
