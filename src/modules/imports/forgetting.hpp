#pragma once

#include "core/call.hpp"

// What stays of an import when its file is not needed any more: that it was, by whom, and its counts.
namespace concentric::imports {

// Takes files away for which no import has a use any more, once the transaction stands; the row names them no longer, or is gone.
void remove_unused(Call& call, std::vector<std::string> const& hashes);

// Finished imports from before a moment whose files or notes for undoing are still there.
std::int64_t count_forgettable(Call& call, Instant before);
// Takes those files and notes away; the imports can be neither undone nor read again. Gives how many imports it were.
std::int64_t forget(Call& call, Instant before);

} // namespace concentric::imports
