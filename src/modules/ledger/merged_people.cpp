#include "modules/ledger/merged_people.hpp"

#include "modules/ledger/own_time.hpp"

#include <fmt/format.h>

namespace concentric::ledger {
namespace {

// Tells where a repeated entry came from, so that it finds its way back.
std::string mark_of(PersonId merged) { return fmt::format("/merged:{}", merged.value); }

// Those that count: not reversing and not reversed.
std::vector<Entry> live_entries(Call& call, PersonId person, std::string const& source_like)
{
    static std::string const sql = fmt::format(
        "SELECT {} FROM entries WHERE county = $1 AND person = $2 AND person <> 0 AND reverses = 0 AND source LIKE $3 ESCAPE '\\' "
        "AND id NOT IN (SELECT reverses FROM entries WHERE county = $1 AND person = $2 AND person <> 0 AND reverses <> 0) ORDER BY "
        "id",
        entry_columns);
    return call.db.rows<Entry>(sql, call.county, person, source_like);
}

void repeat_for(Call& call, PersonId person, std::vector<Entry> const& entries, std::string const& reason, auto const& source_of)
{
    std::vector<EntryId> ids;
    std::vector<NewEntry> facts;
    for (auto const& entry : entries)
        ids.push_back(entry.id);
    auto times = own_time_of(call, ids);
    for (auto const& entry : entries) {
        facts.push_back({entry.kind, entry.happened_at, person.value, entry.student, entry.unit, entry.resource, entry.minutes,
            entry.count, source_of(entry), entry.recorded_by, entry.data, {}, std::move(times[entry.id])});
    }
    reverse(call, ids, reason);
    append(call, facts);
}

} // namespace

void people_merged(Call& call, directory::PeopleMerged const& event)
{
    auto const mark = mark_of(event.merged);
    repeat_for(call, event.kept, live_entries(call, event.merged, "%"), "家长记录合并",
        [&](Entry const& entry) { return entry.source + mark; });
}

// The first telling stays reversed, so each way back needs a name of its own.
void people_parted(Call& call, directory::PeopleParted const& event)
{
    auto const mark = mark_of(event.merged);
    repeat_for(call, event.merged, live_entries(call, event.kept, "%" + mark), "撤销家长记录合并", [&](Entry const& entry) {
        return fmt::format("{}/parted:{}", entry.source.substr(0, entry.source.size() - mark.size()), entry.id.value);
    });
}

} // namespace concentric::ledger
