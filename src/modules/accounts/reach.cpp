#include "modules/accounts/reach.hpp"

#include "modules/directory/posts.hpp"

#include <algorithm>

namespace concentric::accounts {

bool reaches_whole_county(Viewer const& viewer)
{
    auto const slashes = std::ranges::count(viewer.path, '/');
    return slashes == 1 || slashes == 2; // "/" of the program itself, "/1/" of the root
}

bool reaches_person(Call& call, PersonId person)
{
    static std::string const sql
        = "SELECT TRUE AS value FROM (" + directory::people_reached + ") reached WHERE reached.person = $5 LIMIT 1";
    auto const& viewer = call.viewer;
    if (reaches_whole_county(viewer))
        return directory::person_name(call, person).has_value();
    return call.db.value<bool>(sql, call.county, viewer.path, viewer.path_end(), call.today(), person).has_value();
}

} // namespace concentric::accounts
