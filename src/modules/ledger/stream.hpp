#pragma once

#include "modules/ledger/entries.hpp"

#include <limits>

// The ledger in the order in which it was written, for those who tell other programs what people did.
namespace concentric::ledger {

enum class Share { included, left_out, alone };

// What of the ledger: entries that name a person, of some kinds, of organisations below a path.
struct Passage {
    std::vector<std::string> kinds; // of the catalogue
    std::string path, path_end; // of the organisations, as in Viewer
    EntryId after{}, before{std::numeric_limits<std::int64_t>::max()}; // both excluded
    EntryId about{}; // this one, and the one that takes it back; 0: every one
    Instant since{}, until{std::numeric_limits<std::int64_t>::max()}; // recorded later than the first, not later than the second
    std::optional<std::vector<std::int64_t>> people{}; // everybody when it is left out
    std::string source{}; // this one, and those that go on with ":" after it; empty: every one
    Share reversals = Share::included; // entries that take others back
    Share reversed = Share::included; // entries that were taken back
    bool newest_first = false;
    std::int64_t most = 100;
};
std::vector<Entry> entries_in(Call&, Passage const&);

// How much each person did of some kinds, in organisations below a path, between two moments; what was taken back is not in it. By
// person, those after `after`.
struct PersonTotal {
    PersonId person;
    std::int64_t entries = 0, minutes = 0;
    Instant last_at;
};
BOOST_DESCRIBE_STRUCT(PersonTotal, (), (person, entries, minutes, last_at))
struct TotalsAsked {
    std::vector<std::string> kinds; // of the catalogue
    std::string path, path_end;
    Instant from, until; // when it happened, the second excluded
    PersonId after;
    std::string name_like{}; // a LIKE pattern of search words; empty: everybody
    std::int64_t most = 100;
};
std::vector<PersonTotal> totals_in(Call&, TotalsAsked const&);

} // namespace concentric::ledger
