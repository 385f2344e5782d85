#pragma once

#include "core/error.hpp"

#include <span>
#include <string_view>

// The kinds of ledger entry that the platform knows, with the words people see.
namespace concentric::plan {

struct EntryKind {
    std::string_view name; // "visit.home"
    char const* zh;
    char const* en;
    bool of_people = true; // an entry names a person or a child; otherwise only the organisation that did it
    bool of_resources = false; // an entry may name a resource that was used
};

// Every kind, sorted by name.
std::span<EntryKind const> catalogue();
// The kind of that name, or nullptr.
EntryKind const* find_kind(std::string_view name);
// Whether a pattern of a plan ("visit.home", "visit.*") means this kind.
bool matches(std::string_view pattern, std::string_view kind);
// Whether a pattern means at least one kind of the catalogue.
bool means_something(std::string_view pattern);

} // namespace concentric::plan
