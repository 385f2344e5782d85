#pragma once

#include "modules/learning/tables.hpp"

// Who makes a course, and who sees it: what the county and its communities offer is for everybody of the county, what a school
// offers for its own families and staff.
namespace concentric::learning {

// A course with its owner.
struct OwnedCourse : CourseRow {
    std::string owner_name, owner_kind, owner_path;
};
BOOST_DESCRIBE_STRUCT(OwnedCourse, (CourseRow), (owner_name, owner_kind, owner_path))
std::optional<OwnedCourse> course_with(Call&, CourseId);

// Which parent school an organisation of this kind keeps.
Level level_of(std::string_view organisation_kind);

// By a post with manage_courses at or above the owner.
bool may_manage(Call const&, OwnedCourse const&);
// The course, or 404 for whoever may not manage it.
OwnedCourse managed_course(Call&, CourseId);

// The organisations in which the viewer has a post, or a child, or either; and all above them. In ascending order.
std::vector<std::int64_t> branch_of_posts(Call&);
std::vector<std::int64_t> branch_of_children(Call&);
std::vector<std::int64_t> own_branch(Call&);
// Whether a published course is there for somebody of that branch.
bool may_learn(Call const&, OwnedCourse const&, std::vector<std::int64_t> const& branch);
// The course, for its makers in any state, for others while it is published and theirs; else 404.
OwnedCourse visible_course(Call&, CourseId);

} // namespace concentric::learning
