#pragma once

#include "core/route.hpp"
#include "modules/coursework/places.hpp"

// Assignments of a course: what is to be written, by which template, and the rubric by which it is read.
namespace concentric::coursework {

struct AssignmentContent {
    Text<1, 120> title;
    Text<0, 8'000> instructions; // Markdown
    Text<0, 20'000> template_text; // what everybody writes into; left out of comparisons
    std::vector<SaveCriterion> criteria;
    Within<0, 5> peers; // how many learners read each draft
    Within<0, 1'000> minutes; // of credit; two credit hours are 90
    std::optional<Day> due_on;
};
BOOST_DESCRIBE_STRUCT(AssignmentContent, (), (title, instructions, template_text, criteria, peers, minutes, due_on))
// At most twelve criteria of two to six levels.
void check(AssignmentContent const&, Problems&);

struct CreateAssignment : AssignmentContent {
    CourseId id; // of the course
};
BOOST_DESCRIBE_STRUCT(CreateAssignment, (AssignmentContent), (id))
struct SaveAssignment : AssignmentContent {
    AssignmentId id;
    bool is_open = true; // drafts are taken
};
BOOST_DESCRIBE_STRUCT(SaveAssignment, (AssignmentContent), (id, is_open))

struct AssignmentBrief {
    AssignmentId id;
    CourseId course;
    std::string title;
    std::optional<Day> due_on;
    bool is_open = true;
    std::optional<SubmissionState> own; // of the viewer's own work
    std::int64_t in_review = 0, to_improve = 0, accepted = 0; // for those who lead the course
};
BOOST_DESCRIBE_STRUCT(AssignmentBrief, (), (id, course, title, due_on, is_open, own, in_review, to_improve, accepted))

struct Assignment {
    AssignmentId id;
    std::optional<CourseId> course; // none: it belongs to something else
    std::string course_title, title, instructions, template_text; // course_title: of whatever it belongs to
    std::vector<Criterion> criteria;
    std::int64_t peers = 0, minutes = 0;
    std::optional<Day> due_on;
    bool is_open = true, may_host = false;
    std::optional<std::string> closed; // why the viewer hands nothing in at present
    std::optional<SubmissionId> own;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Assignment, (),
    (id, course, course_title, title, instructions, template_text, criteria, peers, minutes, due_on, is_open, may_host, closed, own,
        version))

struct AssignmentsOfCourse {
    CourseId id;
};
BOOST_DESCRIBE_STRUCT(AssignmentsOfCourse, (), (id))
struct AssignmentList {
    std::vector<AssignmentBrief> items;
    bool may_host = false;
};
BOOST_DESCRIBE_STRUCT(AssignmentList, (), (items, may_host))
struct OneAssignment {
    AssignmentId id;
};
BOOST_DESCRIBE_STRUCT(OneAssignment, (), (id))

struct ReachedAssignment : AssignmentRow {
    Place of;
};
std::optional<AssignmentRow> assignment_with(Call&, AssignmentId);
// Of a course, or of something else, that is there for the viewer; else 404.
ReachedAssignment reached_assignment(Call&, AssignmentId);
// By those who lead it; else 404.
ReachedAssignment hosted_assignment(Call&, AssignmentId);
std::vector<Criterion> criteria_of(AssignmentRow const&);

AssignmentList list_assignments(Call&, AssignmentsOfCourse const&);
Assignment show_assignment(Call&, OneAssignment const&);
Assignment create_assignment(Call&, CreateAssignment const&);
// The rubric stays as it is once somebody handed in: 409.
Assignment save_assignment(Call&, SaveAssignment const&);
// 409 once somebody handed in.
Nothing remove_assignment(Call&, OneAssignment const&);

// For modules that keep assignments of their own (`places.hpp`).
AssignmentId add_assignment(Call&, AssignmentContent const&);
void drop_assignment(Call&, AssignmentId); // 409 once somebody handed in

Routes assignment_routes();

} // namespace concentric::coursework
