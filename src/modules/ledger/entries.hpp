#pragma once

#include "core/route.hpp"
#include "modules/ledger/stretches.hpp"

#include <span>

namespace concentric::directory {
struct RemovalAsked;
struct PersonDataAsked;
} // namespace concentric::directory

// The ledger (台账): every fact is written once, never changed and never deleted; a mistake is taken back by a reversing entry.
namespace concentric::ledger {

// A fact whose persons and places are known to exist. 0 stands for none.
struct NewEntry {
    std::string kind; // of the catalogue
    Instant happened_at;
    std::int64_t person = 0; // who took part or did it; 0 for what an organisation held
    std::int64_t student = 0; // the child it was for
    std::int64_t unit = 0; // class, school, community … it belongs to
    std::int64_t resource = 0; // the resource that was used
    std::int64_t minutes = 0;
    std::int64_t count = 1; // how many times
    std::string source; // module and record it came from; with kind, person and student it is written once
    std::int64_t recorded_by = 0; // who vouches for it; 0: the call's viewer
    std::string data = "{}"; // JSON for the reader of the timeline, never for rules
    EntryId id; // given before only by those who write in another order than they tell; else a new one
    // When the person, else the pupil, was at it, where that is known: the same time brings its minutes once (own_time.hpp).
    std::vector<Stretch> during;
};

struct Entry {
    std::int64_t county = 0;
    EntryId id;
    std::string kind;
    Instant happened_at, recorded_at;
    std::int64_t recorded_by = 0;
    std::int64_t person = 0, student = 0, unit = 0, resource = 0;
    std::int64_t minutes = 0, count = 0;
    std::string source;
    std::int64_t reverses = 0; // the entry that this one takes back
    std::string reason;
    Json data;
};
BOOST_DESCRIBE_STRUCT(Entry, (),
    (county, id, kind, happened_at, recorded_at, recorded_by, person, student, unit, resource, minutes, count, source, reverses,
        reason, data))

// The columns of an Entry, for this module's statements.
inline constexpr std::string_view entry_columns = "county, id, kind, happened_at, recorded_at, recorded_by, person, student, unit, "
                                                  "resource, minutes, count, source, reverses, reason, data";

// Published in the transaction that adds entries, once for all of them.
struct EntriesAppended {
    std::span<Entry const> entries;
};

struct Appended {
    EntryId id;
    bool is_new = false; // false: the same fact was there already
};
// Adds the entries, in order, and tells the tally. A fact that is there already stays as it is.
std::vector<Appended> append(Call& call, std::span<NewEntry const> entries);

// Takes entries back: one reversing entry each, at the time at which the reversed one happened. Those already reversed are left
// out. Gives the new entries. Throws not_found for an id that the county does not have.
std::vector<Entry> reverse(Call& call, std::span<EntryId const> ids, std::string const& reason);

// An entry, or nothing.
std::optional<Entry> find(Call& call, EntryId id);

// What a person took part in or what was done for a pupil, reversals included, oldest first.
std::vector<Entry> entries_about(db::Connection& db, std::int64_t county, std::int64_t person);

// Listener: whoever stands in an entry stays in the directory.
void removal_asked(Call& call, directory::RemovalAsked const& asked);
// Listener: what a person took part in.
void add_person_data(Call& call, directory::PersonDataAsked const& asked);

Routes routes();

} // namespace concentric::ledger
