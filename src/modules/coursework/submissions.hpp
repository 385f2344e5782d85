#pragma once

#include "modules/coursework/assignments.hpp"

// Drafts that are handed in, read, improved and handed in again until they pass (迭代至合格). Every round stays as it was.
// Source: 中教培〔2025〕2号, 三(一)5 and 四3.
namespace concentric::coursework {

struct ReviewShown {
    std::string reviewer; // empty for the author: reviews are blind
    ReviewKind kind = ReviewKind::peer;
    std::vector<std::int64_t> levels;
    std::string comment;
    std::optional<Instant> finished_at;
};
BOOST_DESCRIBE_STRUCT(ReviewShown, (), (reviewer, kind, levels, comment, finished_at))

struct Round {
    std::int64_t number = 1;
    std::string text, file_name;
    bool has_file = false;
    Instant handed_in_at;
    Decision decision = Decision::none;
    std::string comment;
    std::optional<Instant> decided_at;
    std::vector<ReviewShown> reviews; // for the author those that are finished
};
BOOST_DESCRIBE_STRUCT(Round, (), (number, text, file_name, has_file, handed_in_at, decision, comment, decided_at, reviews))

struct Submission {
    SubmissionId id;
    AssignmentId assignment;
    std::string assignment_title, name; // of the author
    SubmissionState state = SubmissionState::in_review;
    bool is_own = false, may_host = false;
    bool is_judged_here = true; // false: it may be returned, and what becomes of it is said where the assignment belongs
    bool may_ask_experts = false;
    std::vector<Criterion> criteria;
    std::vector<Round> rounds; // the newest first
};
BOOST_DESCRIBE_STRUCT(Submission, (),
    (id, assignment, assignment_title, name, state, is_own, may_host, is_judged_here, may_ask_experts, criteria, rounds))

struct SubmissionBrief {
    SubmissionId id;
    PersonId person;
    std::string name;
    SubmissionState state = SubmissionState::in_review;
    std::int64_t rounds = 1, reviews = 0, reviews_finished = 0; // of the newest round
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(SubmissionBrief, (), (id, person, name, state, rounds, reviews, reviews_finished, changed_at))

struct ListSubmissions {
    AssignmentId id;
    std::optional<SubmissionState> state;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListSubmissions, (), (id, state, after, limit))
struct OneSubmission {
    SubmissionId id;
};
BOOST_DESCRIBE_STRUCT(OneSubmission, (), (id))
struct HandIn {
    AssignmentId id;
    Text<20, 60'000> text;
};
BOOST_DESCRIBE_STRUCT(HandIn, (), (id, text))
struct HandInFile {
    AssignmentId id;
    Text<1, 200> file_name;
};
BOOST_DESCRIBE_STRUCT(HandInFile, (), (id, file_name))
struct OneRound {
    SubmissionId id;
    Within<1, 1'000> number;
};
BOOST_DESCRIBE_STRUCT(OneRound, (), (id, number))

enum class Judgement { to_improve, accepted };
BOOST_DESCRIBE_ENUM(Judgement, to_improve, accepted)
struct Decide {
    SubmissionId id;
    Judgement decision = Judgement::to_improve;
    Text<0, 2'000> comment;
};
BOOST_DESCRIBE_STRUCT(Decide, (), (id, decision, comment))
// What is to be improved is said.
void check(Decide const&, Problems&);
struct TakeBack {
    SubmissionId id;
    Text<2, 200> reason;
};
BOOST_DESCRIBE_STRUCT(TakeBack, (), (id, reason))

struct ReachedSubmission : SubmissionRow {
    ReachedAssignment to;
    bool is_own = false;
};
// One's own, or of an assignment that one leads; else 404.
ReachedSubmission reached_submission(Call&, SubmissionId);
ReachedSubmission hosted_submission(Call&, SubmissionId);
std::optional<RoundRow> round_of(Call&, SubmissionId, std::int64_t number);

// For modules that keep assignments of their own: how far everybody is, in no order; the newest draft's words for a table.
std::vector<SubmissionRow> submissions_to(Call&, AssignmentId);
std::optional<SubmissionRow> submission_of(Call&, AssignmentId, PersonId);

// 409 while the last draft is being read, after it passed, and when the assignment is closed.
Submission hand_in(Call&, HandIn const&);
Submission hand_in_file(Call&, HandInFile const&);
Submission show_submission(Call&, OneSubmission const&);
Page<SubmissionBrief> list_submissions(Call&, ListSubmissions const&);
// The file as it was handed in.
Download round_file(Call&, OneRound const&);
// Of the newest round: it is improved, or it passes and earns its credit.
Submission decide(Call&, Decide const&);
// 合格 is taken back, and the credit with it; the draft can be improved again.
Submission take_back(Call&, TakeBack const&);

Routes submission_routes();

} // namespace concentric::coursework
