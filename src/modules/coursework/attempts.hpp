#pragma once

#include "modules/coursework/banks.hpp"

// Taking a quiz: drawn, timed by the server's clock, each answer kept at once, gone on with on any device, marked on the server.
namespace concentric::coursework {

using learning::CourseId;
using learning::UnitId;
using AttemptId = Id<struct QuizAttemptTag>;

// What a slow network may add to the time limit, in milliseconds.
inline constexpr std::int64_t grace = 5'000;

struct AttemptRow {
    std::int64_t county = 0;
    AttemptId id;
    PersonId person;
    UnitId unit;
    CourseId course;
    std::int64_t number = 1; // of the person's attempts at this quiz
    Json paper;
    Instant started_at, deadline_at, finished_at; // 0: no time limit; not yet
    std::int64_t right_count = 0, total = 0;
    bool is_passed = false;
};
BOOST_DESCRIBE_STRUCT(AttemptRow, (),
    (county, id, person, unit, course, number, paper, started_at, deadline_at, finished_at, right_count, total, is_passed))

struct AnswerRow {
    std::int64_t county = 0;
    AttemptId attempt;
    QuestionId question;
    Json chosen; // as meant
    std::string text;
    bool is_right = false;
    Instant answered_at; // 0: never
};
BOOST_DESCRIBE_STRUCT(AnswerRow, (), (county, attempt, question, chosen, text, is_right, answered_at))

struct AttemptBrief {
    AttemptId id;
    std::int64_t number = 1;
    Instant started_at;
    std::optional<Instant> finished_at;
    std::int64_t right = 0, total = 0;
    bool is_passed = false;
};
BOOST_DESCRIBE_STRUCT(AttemptBrief, (), (id, number, started_at, finished_at, right, total, is_passed))

// A quiz as a learner finds it.
struct Quiz {
    UnitId id;
    std::int64_t questions = 0, minutes = 0, attempts_allowed = 0, pass_share = 0; // 0: no limit
    bool is_passed = false, may_begin = false;
    std::vector<AttemptBrief> attempts; // one's own, the newest first
};
BOOST_DESCRIBE_STRUCT(Quiz, (), (id, questions, minutes, attempts_allowed, pass_share, is_passed, may_begin, attempts))

struct AskedQuestion {
    QuestionId id;
    QuestionKind kind = QuestionKind::single;
    std::string prompt;
    std::vector<std::string> choices; // as shuffled
    std::vector<std::int64_t> chosen; // places of them
    std::string text;
    // Told after the end only; what would have been right, once the quiz was passed or no attempt is left.
    std::optional<bool> is_right;
    std::vector<std::int64_t> right_choices;
    std::vector<std::string> accepted;
    std::string explanation;
};
BOOST_DESCRIBE_STRUCT(AskedQuestion, (), (id, kind, prompt, choices, chosen, text, is_right, right_choices, accepted, explanation))

struct Attempt : AttemptBrief {
    UnitId unit;
    CourseId course;
    std::optional<Instant> deadline_at;
    Instant now; // by the server's clock
    std::int64_t pass_share = 0;
    std::vector<AskedQuestion> questions;
};
BOOST_DESCRIBE_STRUCT(Attempt, (AttemptBrief), (unit, course, deadline_at, now, pass_share, questions))

struct OneQuiz {
    UnitId id;
};
BOOST_DESCRIBE_STRUCT(OneQuiz, (), (id))
struct OneAttempt {
    AttemptId id;
};
BOOST_DESCRIBE_STRUCT(OneAttempt, (), (id))
struct SaveAnswer {
    AttemptId id;
    QuestionId question;
    std::vector<Within<0, 11>> chosen;
    std::optional<Text<0, 200>> text;
};
BOOST_DESCRIBE_STRUCT(SaveAnswer, (), (id, question, chosen, text))
struct SavedAnswer {
    Instant answered_at;
};
BOOST_DESCRIBE_STRUCT(SavedAnswer, (), (answered_at))

Quiz show_quiz(Call&, OneQuiz const&);
// A new attempt, or the one that is still open. 409 when none is left, or the quiz was passed.
Attempt begin_attempt(Call&, OneQuiz const&);
// One's own; else 404.
Attempt show_attempt(Call&, OneAttempt const&);
// 409 after the end.
SavedAnswer save_answer(Call&, SaveAnswer const&);
// Marks what was answered in time. Finished once, it stays as it is.
Attempt finish_attempt(Call&, OneAttempt const&);

// Marks what was left and whose time is up, as if its owner had come back; gives how many. In transactions of its own.
std::int64_t end_overdue_attempts(Call&);

Routes attempt_routes();

} // namespace concentric::coursework
