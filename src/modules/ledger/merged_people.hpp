#pragma once

#include "modules/directory/merges.hpp"

// What somebody did under two records counts for one person once the records are one.
namespace concentric::ledger {

// Listeners: entries move by reversal and repetition, as every correction does.
void people_merged(Call& call, directory::PeopleMerged const& event);
void people_parted(Call& call, directory::PeopleParted const& event);

} // namespace concentric::ledger
