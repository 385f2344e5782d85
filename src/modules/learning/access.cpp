#include "modules/learning/access.hpp"

#include "lib/each_once.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"

#include <algorithm>

namespace concentric::learning {

std::optional<OwnedCourse> course_with(Call& call, CourseId id)
{
    static std::string const sql = "SELECT c.*, o.name AS owner_name, o.kind AS owner_kind, o.path AS owner_path FROM courses c "
        + directory::joined_organisation("o", "c.county", "c.owner") + " WHERE c.county = $1 AND c.id = $2";
    return call.db.row<OwnedCourse>(sql, call.county, id);
}

Level level_of(std::string_view kind)
{
    if (kind == "school" || kind == "kindergarten" || kind == "grade" || kind == "class")
        return Level::school;
    return kind == "community" || kind == "subdistrict" || kind == "guidance_station" ? Level::community : Level::county;
}

bool may_manage(Call const& call, OwnedCourse const& course)
{
    return call.viewer.may(Permission::manage_courses) && call.viewer.reaches(course.owner_path);
}

OwnedCourse managed_course(Call& call, CourseId id)
{
    auto course = course_with(call, id);
    if (!course || !may_manage(call, *course))
        throw not_found(the_course);
    return std::move(*course);
}

template <class Placed> static std::vector<std::int64_t> branch_of(std::vector<Placed> const& placed)
{
    std::vector<std::int64_t> ids;
    for (auto const& one : placed)
        for (auto const id : directory::ids_in(one.path))
            ids.push_back(id);
    return lib::each_once(std::move(ids));
}

std::vector<std::int64_t> branch_of_posts(Call& call)
{
    return branch_of(directory::posts_of(call, call.viewer.person, call.today()));
}

std::vector<std::int64_t> branch_of_children(Call& call)
{
    return branch_of(directory::children_shown_to(call, call.viewer.person));
}

std::vector<std::int64_t> own_branch(Call& call)
{
    auto ids = branch_of_posts(call);
    for (auto const id : branch_of_children(call))
        ids.push_back(id);
    return lib::each_once(std::move(ids));
}

bool may_learn(Call const& call, OwnedCourse const& course, std::vector<std::int64_t> const& branch)
{
    return course.state == CourseState::published
        && (course.level != Level::school || std::ranges::binary_search(branch, course.owner.value)
            || call.viewer.reaches(course.owner_path));
}

OwnedCourse visible_course(Call& call, CourseId id)
{
    auto course = course_with(call, id);
    if (!course
        || (!may_manage(call, *course)
            && !may_learn(call, *course, course->level == Level::school ? own_branch(call) : std::vector<std::int64_t>{})))
        throw not_found(the_course);
    return std::move(*course);
}

} // namespace concentric::learning
