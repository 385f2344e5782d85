#pragma once

#include "modules/ledger/stream.hpp"
#include "modules/xapi/vocabulary.hpp"

// What the ledger says about learning, told to other programs as learning records: about numbers, without anybody's name.
namespace concentric::xapi {

// The record's id follows from the entry's and is the same whenever and to whomever it is told.
std::string statement_id_of(std::int64_t county, EntryId);
// The entry that such an id names, whether or not the county has it; nothing for an id that is not of this form.
std::optional<EntryId> entry_of_statement(std::int64_t county, std::string_view statement_id);

// The records of entries of the vocabulary's kinds, as JSON, in their order. An entry that takes another back voids its record.
std::vector<std::string> tell(Call&, std::span<ledger::Entry const>);

// The agent that vouches for all of them and takes back, as Actor::known_by.
std::string platform_known_by();

// Narrows a passage to one activity as we tell it; false for one that no record of ours can be about.
bool narrow_to_activity(ledger::Passage&, std::string_view activity);

// Up to this moment everything is there: a transaction that began earlier may still add an entry with an id of later.
Instant settled_until(Instant now);

} // namespace concentric::xapi
