#include "modules/accounts/reach.hpp"

#include "modules/directory/memberships.hpp"
#include "modules/directory/posts.hpp"

#include <algorithm>

namespace concentric::accounts {

bool reaches_whole_county(Viewer const& viewer)
{
    auto const slashes = std::ranges::count(viewer.path, '/');
    return slashes == 1 || slashes == 2; // "/" of the program itself, "/1/" of the root
}

static bool learns_within_reach(Call& call, PersonId person)
{
    auto const classes = directory::memberships(call.db, call.county, directory::SubjectKind::student, {&person.value, 1});
    return std::ranges::any_of(classes, [&](directory::Membership const& membership) {
        return membership.from_day <= call.today() && call.today() <= membership.to_day && call.viewer.reaches(membership.path);
    });
}

bool reaches_person(Call& call, PersonId person)
{
    auto const is_within = [&](auto const& place) { return call.viewer.reaches(place.path); };
    if (reaches_whole_county(call.viewer))
        return directory::person_name(call, person).has_value();
    return std::ranges::any_of(directory::posts_of(call, person, call.today()), is_within)
        || std::ranges::any_of(directory::children_of(call, person), is_within) || learns_within_reach(call, person);
}

} // namespace concentric::accounts
