#pragma once

#include "modules/directory/merges.hpp"

// Duties of somebody who was kept as two people until now go on as those of the record that stays.
namespace concentric::rosters {

// Listens. Of turns to come that both records had at the same time, the merged one's becomes a gap. Nothing comes back when the two
// are parted: what happened meanwhile belongs to the record that stayed.
void people_merged(Call&, directory::PeopleMerged const&);

} // namespace concentric::rosters
