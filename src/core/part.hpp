#pragma once

#include "core/call.hpp"

#include <utility>

// Work in parts, so that those whom the first part concerns hear of it while the last one is still to come.
namespace concentric {

// Commits one part of a job, and then does what waits for that. Without it everybody would wait for the end of the whole job, and
// hear nothing at all if a later part fails.
inline void commit_part(Call& call, db::Transaction& transaction)
{
    transaction.commit();
    for (auto const& next : std::exchange(call.after_commit, {}))
        next();
}

} // namespace concentric
