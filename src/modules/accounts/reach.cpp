#include "modules/accounts/reach.hpp"

#include "modules/accounts/roles.hpp"
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

void require_manageable(Call& call, PersonId person)
{
    if (!reaches_person(call, person))
        throw not_found({"人员", "person"});
    for (auto const& post : directory::posts_of(call, person, call.today()))
        if (!call.viewer.reaches(post.path)
            || !directory::are_within(directory::permissions_in(post.permissions.value_or("")), call.viewer.permissions))
            throw ApiError(ErrorKind::forbidden,
                {"此人还担任您管理范围以外或更高的职务，请由上级处理。",
                    "This person also holds a post beyond or above yours; please ask the level above."});
}

void require_other(Call const& call, PersonId person)
{
    if (person == call.viewer.person)
        throw conflict({"不能停用或重置自己的账号；修改密码请到个人设置。",
            "You cannot disable or reset your own account; change your password in your settings."});
}

} // namespace concentric::accounts
