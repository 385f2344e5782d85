#pragma once

#include "modules/coursework/submissions.hpp"

// Reading others' drafts by the rubric: peers are chosen by the program, experts by whoever leads the course.
namespace concentric::coursework {

struct ReviewTask {
    SubmissionId submission;
    std::int64_t number = 1;
    std::string assignment_title, course_title;
    ReviewKind kind = ReviewKind::peer;
    Instant assigned_at;
    std::optional<Instant> finished_at;
    bool is_settled = false; // decided already: there is nothing more to say
};
BOOST_DESCRIBE_STRUCT(
    ReviewTask, (), (submission, number, assignment_title, course_title, kind, assigned_at, finished_at, is_settled))
struct ReviewTasks {
    std::vector<ReviewTask> items; // the newest first; 200 at most
};
BOOST_DESCRIBE_STRUCT(ReviewTasks, (), (items))

// A draft as its reviewer reads it: without the author's name.
struct ReviewRoom : ReviewTask {
    std::string text, instructions;
    std::vector<Criterion> criteria;
    std::vector<std::int64_t> levels;
    std::string comment;
    bool may_compare = false; // experts and hosts see what the draft shares with others
};
BOOST_DESCRIBE_STRUCT(ReviewRoom, (ReviewTask), (text, instructions, criteria, levels, comment, may_compare))

struct SaveReview {
    SubmissionId id;
    Within<1, 1'000> number;
    std::vector<Within<0, 5>> levels;
    Text<2, 4'000> comment;
};
BOOST_DESCRIBE_STRUCT(SaveReview, (), (id, number, levels, comment))
struct AskExpert {
    SubmissionId id;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(AskExpert, (), (id, person))

ReviewTasks own_reviews(Call&, Nothing const&);
// 404 unless the viewer was asked to read that round.
ReviewRoom show_review(Call&, OneRound const&);
ReviewRoom save_review(Call&, SaveReview const&);
// To read the newest round. 422 for the author, and for people who are no staff within the viewer's reach.
Submission ask_expert(Call&, AskExpert const&);

// For modules that keep assignments of their own: this person is asked to read a round, as an expert.
void ask_mentor(Call&, SubmissionId, std::int64_t number, PersonId mentor);

std::optional<ReviewRow> own_review(Call&, SubmissionId, std::int64_t number);
// Chooses readers of a draft that came in, and gives earlier drafts that had too few of them this author as one.
void assign_peers(Call&, AssignmentRow const&, SubmissionRow const&);

Routes review_routes();

} // namespace concentric::coursework
