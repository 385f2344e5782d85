#pragma once

#include "modules/ledger/views.hpp"

// Finding entries with the names of all that stand in them.
namespace concentric::ledger {

// An entry with the names of all that stand in it.
struct NamedEntry : Entry {
    std::optional<std::string> recorder_name, person_name, student_name;
    std::optional<std::string> unit_kind, unit_name, unit_path, resource_kind, resource_name;
    std::optional<EntryId> reversed_by;
    bool is_shared = false; // another entry has minutes of it
};
BOOST_DESCRIBE_STRUCT(NamedEntry, (Entry),
    (recorder_name, person_name, student_name, unit_kind, unit_name, unit_path, resource_kind, resource_name, reversed_by,
        is_shared))

// SELECT of such rows up to its WHERE. The entry is `e`.
std::string const& select_named();

// Those of a filter that the viewer reaches, the newest first; one more than its limit where there are more.
std::vector<NamedEntry> find_entries(Call&, EntryFilter const&);

} // namespace concentric::ledger
