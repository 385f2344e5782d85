#include "modules/directory/former_children.hpp"

namespace concentric::directory {

std::vector<std::int64_t> former_children_of(Call& call, PersonId carer)
{
    return call.db.values<std::int64_t>(
        "SELECT c.student AS value FROM carers c JOIN students s ON s.county = c.county AND s.person = c.student "
        "WHERE c.county = $1 AND c.carer = $2 AND s.status <> 'active' ORDER BY c.student",
        call.county, carer);
}

} // namespace concentric::directory
