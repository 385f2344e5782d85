#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/plan/catalogue.hpp"

namespace concentric::ledger {
namespace {

struct EntryFacts {
    std::string kind;
    Instant happened_at;
    std::int64_t minutes = 0, count = 0;
    std::string source, reason;
};
BOOST_DESCRIBE_STRUCT(EntryFacts, (), (kind, happened_at, minutes, count, source, reason))

EntryFacts facts_of(Call const& call, Entry const& entry)
{
    auto const* kind = plan::find_kind(entry.kind);
    return {kind ? (call.language == Language::zh ? kind->zh : kind->en) : entry.kind, entry.happened_at, entry.minutes,
        entry.count, entry.source, entry.reason};
}

} // namespace

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    // One statement for each way in which an entry may name somebody; each is a look into an index.
    for (auto const statement :
        {"SELECT DISTINCT person AS value FROM entries WHERE county = $1 AND person ANY_OF($2) AND person <> 0",
            "SELECT DISTINCT student AS value FROM entries WHERE county = $1 AND student ANY_OF($2) AND student <> 0",
            "SELECT DISTINCT unit AS value FROM entries WHERE county = $1 AND unit ANY_OF($2)",
            "SELECT DISTINCT resource AS value FROM entries WHERE county = $1 AND resource ANY_OF($2) AND resource <> 0"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    std::vector<EntryFacts> facts;
    for (auto const& entry : entries_about(call.db, call.county, asked.person.value))
        facts.push_back(facts_of(call, entry));
    asked.sections->push_back(directory::section_of("entries", {"台账记录", "Ledger entries"}, facts,
        {"台账只增不删；删除后不再与姓名关联", "The ledger only grows; without the name its entries point to nobody"}));
}

} // namespace concentric::ledger
