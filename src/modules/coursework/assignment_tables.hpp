#pragma once

#include "modules/learning/access.hpp"

// The rows of assignments, drafts and reviews.
namespace concentric::coursework {

using learning::CourseId;
using AssignmentId = Id<struct AssignmentTag>;
using SubmissionId = Id<struct SubmissionTag>;

enum class SubmissionState { in_review, to_improve, accepted };
BOOST_DESCRIBE_ENUM(SubmissionState, in_review, to_improve, accepted)
enum class Decision { none, to_improve, accepted, taken_back };
BOOST_DESCRIBE_ENUM(Decision, none, to_improve, accepted, taken_back)
enum class ReviewKind { peer, expert };
BOOST_DESCRIBE_ENUM(ReviewKind, peer, expert)

// One line of a rubric with its levels, the best first.
struct Criterion {
    Text<1, 120> title;
    std::vector<Text<1, 300>> levels;
};
BOOST_DESCRIBE_STRUCT(Criterion, (), (title, levels))
// As it comes in, where levels may be left out.
struct SaveCriterion : Criterion { };
BOOST_DESCRIBE_STRUCT(SaveCriterion, (Criterion), ())

struct AssignmentRow {
    std::int64_t county = 0;
    AssignmentId id;
    CourseId course;
    std::string title, instructions, template_;
    Json criteria;
    std::int64_t peers = 0, minutes = 0;
    Day due_on; // 0: none
    bool is_open = true;
    PersonId created_by;
    Instant created_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(AssignmentRow, (),
    (county, id, course, title, instructions, template_, criteria, peers, minutes, due_on, is_open, created_by, created_at,
        version))

struct SubmissionRow {
    std::int64_t county = 0;
    SubmissionId id;
    AssignmentId assignment;
    PersonId person;
    std::string school; // its id, for choosing reviewers; empty: none
    SubmissionState state = SubmissionState::in_review;
    std::int64_t rounds = 0;
    EntryId entry;
    Instant created_at, changed_at;
};
BOOST_DESCRIBE_STRUCT(SubmissionRow, (), (county, id, assignment, person, school, state, rounds, entry, created_at, changed_at))

struct RoundRow {
    std::int64_t county = 0;
    SubmissionId submission;
    std::int64_t number = 1;
    std::string text, file, file_name; // file: a blob; empty where the text was written in
    Instant handed_in_at;
    Decision decision = Decision::none;
    std::string comment;
    PersonId decided_by;
    Instant decided_at;
};
BOOST_DESCRIBE_STRUCT(
    RoundRow, (), (county, submission, number, text, file, file_name, handed_in_at, decision, comment, decided_by, decided_at))

struct ReviewRow {
    std::int64_t county = 0;
    SubmissionId submission;
    std::int64_t number = 1;
    PersonId reviewer;
    ReviewKind kind = ReviewKind::peer;
    Json levels{"[]"}; // for each criterion the place of its level
    std::string comment;
    Instant assigned_at, finished_at;
};
BOOST_DESCRIBE_STRUCT(ReviewRow, (), (county, submission, number, reviewer, kind, levels, comment, assigned_at, finished_at))

inline Words const the_assignment{"作业", "assignment"}, the_submission{"提交", "submission"}, the_review{"评审", "review"};

} // namespace concentric::coursework
