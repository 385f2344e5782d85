#include "modules/ledger/entries.hpp"

#include "modules/ledger/entry_rows.hpp"
#include "modules/ledger/own_time.hpp"

#include <fmt/format.h>

#include <set>
#include <unordered_set>

namespace concentric::ledger {
namespace {

constexpr std::string_view insert_entry
    = "INSERT INTO entries (county, id, kind, happened_at, recorded_at, recorded_by, person, student, unit, resource, minutes, "
      "count, source, reverses, "
      "reason, data) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) "
      "ON CONFLICT (county, source, kind, person, student, reverses) DO NOTHING RETURNING id AS value";

struct IdValue {
    std::int64_t value = 0;
};
BOOST_DESCRIBE_STRUCT(IdValue, (), (value))

Entry entry_of(Call const& call, NewEntry const& fact)
{
    return {call.county, fact.id ? fact.id : EntryId{new_id()}, fact.kind, fact.happened_at, call.now,
        fact.recorded_by ? fact.recorded_by : call.viewer.person.value, fact.person, fact.student, fact.unit, fact.resource,
        fact.minutes, fact.count, fact.source, 0, "", Json(fact.data)};
}

// Inserts what is not there yet and gives the ids that were new.
std::set<EntryId> insert(Call& call, std::vector<Entry> const& entries)
{
    db::Batch batch;
    for (auto const& e : entries)
        batch.add(e.county, e.id, e.kind, e.happened_at, e.recorded_at, e.recorded_by, e.person, e.student, e.unit, e.resource,
            e.minutes, e.count, e.source, e.reverses, e.reason, e.data);
    std::set<EntryId> added;
    for (auto const& id : batch.rows<IdValue>(call.db, insert_entry))
        added.insert({id.value});
    return added;
}

EntryId existing(Call& call, Entry const& entry)
{
    auto const id = call.db.value<std::int64_t>("SELECT id AS value FROM entries WHERE county = $1 AND source = $2 AND kind = $3 "
                                                "AND person = $4 AND student = $5 AND reverses = $6",
        entry.county, entry.source, entry.kind, entry.person, entry.student, entry.reverses);
    return {id.value_or(0)};
}

} // namespace

std::vector<Appended> append(Call& call, std::span<NewEntry const> facts)
{
    std::vector<Entry> entries;
    entries.reserve(facts.size());
    OwnTime time(call, facts);
    for (auto const& fact : facts)
        time.cut(fact, entries.emplace_back(entry_of(call, fact)));
    auto const added = insert(call, entries);
    time.store(call, added);
    std::vector<Appended> results;
    results.reserve(entries.size());
    for (auto const& entry : entries)
        results.push_back(added.contains(entry.id) ? Appended{entry.id, true} : Appended{existing(call, entry), false});
    std::erase_if(entries, [&](Entry const& entry) { return !added.contains(entry.id); });
    if (!entries.empty())
        call.events.publish(call, EntriesAppended{entries});
    return results;
}

std::vector<Entry> reverse(Call& call, std::span<EntryId const> ids, std::string const& reason)
{
    std::vector<std::int64_t> wanted;
    for (auto const id : ids)
        wanted.push_back(id.value);
    auto originals
        = call.db.rows<Entry>(fmt::format("SELECT {} FROM entries WHERE county = $1 AND id ANY_OF($2) ORDER BY id", entry_columns),
            call.county, db::IntegerList{wanted});
    if (originals.size() != std::unordered_set<std::int64_t>(wanted.begin(), wanted.end()).size())
        throw not_found({"台账记录", "ledger entry"});
    for (auto const& entry : originals)
        if (entry.reverses != 0)
            throw conflict(
                {"更正记录本身不能再冲销，请重新登记。", "A reversing entry cannot be reversed; record the fact again."});
    free_time_of(call, ids);
    for (auto& entry : originals) {
        entry.reverses = entry.id.value;
        entry.id = {new_id()};
        entry.recorded_at = call.now;
        entry.recorded_by = call.viewer.person.value;
        entry.reason = reason;
    }
    auto const added = insert(call, originals);
    std::erase_if(originals, [&](Entry const& entry) { return !added.contains(entry.id); });
    if (!originals.empty())
        call.events.publish(call, EntriesAppended{originals});
    return originals;
}

std::optional<Entry> find(Call& call, EntryId id)
{
    return call.db.row<Entry>(fmt::format("SELECT {} FROM entries WHERE county = $1 AND id = $2", entry_columns), call.county, id);
}

std::vector<Entry> entries_about(db::Connection& db, std::int64_t county, std::int64_t person)
{
    // Two index ranges, of indices that leave nobody out of account only if that is said; an entry whose person is the pupil too
    // stands in both.
    return db.rows<Entry>(
        fmt::format("SELECT {0} FROM entries WHERE county = $1 AND person = $2 AND person <> 0 UNION "
                    "SELECT {0} FROM entries WHERE county = $1 AND student = $2 AND student <> 0 ORDER BY happened_at, id",
            entry_columns),
        county, person);
}

RowFormat entry_rows()
{
    return {"entries",
        {{"county"}, {"id"}, {"kind", true}, {"happened_at"}, {"recorded_at"}, {"recorded_by"}, {"person"}, {"student"}, {"unit"},
            {"resource"}, {"minutes"}, {"count"}, {"source", true}, {"reverses"}, {"reason", true}, {"data", true}}};
}

} // namespace concentric::ledger
