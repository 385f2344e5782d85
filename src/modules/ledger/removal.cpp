#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"
#include "modules/ledger/entries.hpp"

namespace concentric::ledger {

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    // One statement for each way in which an entry may name somebody; each is a look into an index.
    for (auto const statement : {"SELECT DISTINCT person AS value FROM entries WHERE county = $1 AND person ANY_OF($2) AND person <> 0",
             "SELECT DISTINCT student AS value FROM entries WHERE county = $1 AND student ANY_OF($2) AND student <> 0",
             "SELECT DISTINCT unit AS value FROM entries WHERE county = $1 AND unit ANY_OF($2)",
             "SELECT DISTINCT resource AS value FROM entries WHERE county = $1 AND resource ANY_OF($2) AND resource <> 0"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList {asked.ids}))
            asked.in_use->insert(id);
}

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("entries", {"台账记录", "Ledger entries"}, entries_about(call.db, call.county, asked.person.value),
        {"台账只增不删；删除后不再与姓名关联", "The ledger only grows; without the name its entries point to nobody"}));
}

} // namespace concentric::ledger
