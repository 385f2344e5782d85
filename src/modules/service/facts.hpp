#pragma once

#include "modules/ledger/entries.hpp"
#include "modules/service/targets.hpp"

// What a pupil's service was, as the ledger holds it: hours that came from events, and those that were brought in otherwise.
namespace concentric::service {

struct ServedFact {
    EntryId entry;
    Day on;
    std::string kind, kind_name, title, base_name; // title and base empty where no event stands behind the entry
    std::optional<Instant> from_at, until_at;
    std::int64_t minutes = 0;
    bool is_by_hand = false;
};
BOOST_DESCRIBE_STRUCT(ServedFact, (), (entry, on, kind, kind_name, title, base_name, from_at, until_at, minutes, is_by_hand))

// Of these days, the oldest first; what was taken back is left out.
std::vector<ServedFact> facts_of(Call&, PersonId student, Day from, Day to);
std::int64_t minutes_of(std::vector<ServedFact> const&);

} // namespace concentric::service
