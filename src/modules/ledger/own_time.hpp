#pragma once

#include "modules/ledger/entries.hpp"

#include <map>
#include <set>

// One minute counts once: training, service, duty and events are stretches of a person's time. Whatever was entered first keeps its
// minutes; an entry for the same time brings what is left, and says with which others it shares the rest.
namespace concentric::ledger {

// A stretch of somebody's time that an entry has for itself.
struct OwnTimeRow {
    std::int64_t county = 0, person = 0;
    Instant until_at, from_at;
    EntryId entry;
};
BOOST_DESCRIBE_STRUCT(OwnTimeRow, (), (county, person, until_at, from_at, entry))

// Minutes that an entry does not bring since another one has them.
struct SharedTimeRow {
    std::int64_t county = 0;
    EntryId entry, other;
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(SharedTimeRow, (), (county, entry, other, minutes))

// The time of the people of some new facts. They are held until the transaction ends, so that two writers see each other's.
class OwnTime {
public:
    OwnTime(Call& call, std::span<NewEntry const> facts);

    // Leaves the entry of the fact the share of its minutes that its time has for itself. In the order of the facts.
    void cut(NewEntry const& fact, Entry& entry);
    // Keeps the times of those entries that were really added.
    void store(Call& call, std::set<EntryId> const& added);

private:
    std::map<std::int64_t, std::vector<OwnTimeRow>> taken_; // by person, without overlaps
    std::vector<OwnTimeRow> own_;
    std::vector<SharedTimeRow> shared_;
};

// What was taken back counts for nobody: what comes later may have its time.
void free_time_of(Call& call, std::span<EntryId const> entries);
// The stretches that each of the entries has for itself.
std::map<EntryId, std::vector<Stretch>> own_time_of(Call& call, std::span<EntryId const> entries);

} // namespace concentric::ledger
