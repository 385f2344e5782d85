#pragma once

#include "modules/directory/posts.hpp"

// The children of a carer who have left school: what was theirs, such as pictures and certificates, stays their families'.
namespace concentric::directory {

// Those of whom the person is still a carer, whatever else stands between them.
std::vector<std::int64_t> former_children_of(Call& call, PersonId carer);

} // namespace concentric::directory
