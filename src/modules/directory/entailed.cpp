#include "modules/directory/entailed.hpp"

namespace concentric::directory {

// Only what the job cannot be done without. To write ledger entries, for one, nobody needs to read those of others.
std::vector<Entailed> const& entailed()
{
    using enum Permission;
    static std::vector<Entailed> const all{
        {manage_organisations, read_directory}, {manage_posts, read_directory}, // in which the list of posts is
        {manage_people, read_directory}, {manage_people, read_people}, {manage_plan, read_plan},
        {manage_privacy, read_directory}, // in which purposes and requests are
        {manage_privacy, read_people}, // and consents with their answers
        {approve_access, read_directory}, {approve_notices, send_notices}, // nobody decides about notices of their own
    };
    return all;
}

Permissions with_entailed(Permissions permissions)
{
    for (auto const& [permission, also] : entailed())
        if (permissions.has(permission))
            permissions.add(also);
    return permissions;
}

} // namespace concentric::directory
