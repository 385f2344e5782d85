#include "modules/coursework/coursework.hpp"

#include "core/blobs.hpp"
#include "core/route_parts.hpp"
#include "modules/coursework/attempts.hpp"
#include "modules/coursework/boards.hpp"
#include "modules/coursework/collected.hpp"
#include "modules/coursework/comparison.hpp"
#include "modules/coursework/quiz_ends.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"

namespace concentric::coursework {
namespace {

struct SubmittedData {
    std::string title;
    std::int64_t number = 1;
    Instant handed_in_at;
    std::string text, comment;
};
BOOST_DESCRIBE_STRUCT(SubmittedData, (), (title, number, handed_in_at, text, comment))
struct WrittenData {
    std::string text;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(WrittenData, (), (text, created_at))
struct QuizData {
    Instant started_at;
    std::int64_t right_count = 0, total = 0;
    bool is_passed = false;
};
BOOST_DESCRIBE_STRUCT(QuizData, (), (started_at, right_count, total, is_passed))

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    auto& sections = *asked.sections;
    sections.push_back(directory::section_of("quizzes", {"测验", "Quizzes"},
        call.db.rows<QuizData>(
            "SELECT started_at, right_count, total, is_passed FROM quiz_attempts WHERE county = $1 AND person = $2 "
            "ORDER BY started_at",
            call.county, asked.person)));
    sections.push_back(directory::section_of("discussion", {"讨论与问题", "Discussion and questions"},
        call.db.rows<WrittenData>("SELECT body AS text, created_at FROM board_topics WHERE county = $1 AND author = $2 UNION ALL "
                                  "SELECT body, created_at FROM board_answers WHERE county = $1 AND author = $2 UNION ALL "
                                  "SELECT text, handed_in_at FROM collected_questions WHERE county = $1 AND person = $2",
            call.county, asked.person)));
    sections.push_back(directory::section_of("submissions", {"提交的作业", "Drafts handed in"},
        call.db.rows<SubmittedData>("SELECT a.title, d.number, d.handed_in_at, d.text, d.comment FROM submissions s JOIN "
                                    "submission_rounds d ON d.county = s.county AND d.submission = s.id JOIN assignments a ON "
                                    "a.county = s.county AND a.id = s.assignment WHERE s.county = $1 AND s.person = $2 ORDER BY "
                                    "d.handed_in_at",
            call.county, asked.person)));
}

void erase_submissions(Call& call, PersonId person)
{
    std::vector<std::string> files;
    for (auto const& submission :
        call.db.rows<SubmissionRow>("SELECT * FROM submissions WHERE county = $1 AND person = $2", call.county, person)) {
        auto const assignment = assignment_with(call, submission.assignment).value();
        for (std::int64_t number = 1; number <= submission.rounds; ++number) {
            auto const round = round_of(call, submission.id, number).value();
            remove_fingerprints(call, assignment, round);
            if (!round.file.empty())
                files.push_back(round.file);
        }
        for (auto const table : {"reviews", "submission_rounds"})
            call.db.execute(
                std::string("DELETE FROM ") + table + " WHERE county = $1 AND submission = $2", call.county, submission.id);
    }
    call.db.execute("DELETE FROM submissions WHERE county = $1 AND person = $2", call.county, person);
    // The same file is stored once, whoever handed it in.
    for (auto const& file : files)
        if (!call.db.value<std::int64_t>(
                "SELECT 1 AS value FROM submission_rounds WHERE county = $1 AND file = $2 LIMIT 1", call.county, file))
            call.after_commit.push_back([&blobs = call.blobs, file] { blobs.remove(file); });
}

// Others' answers stand under a question, and others' questions above an answer: the words go, the place stays.
void person_erased(Call& call, directory::PersonErased const& erased)
{
    call.db.execute("DELETE FROM quiz_answers WHERE county = $1 AND attempt IN (SELECT id FROM quiz_attempts WHERE county = $1 AND "
                    "person = $2)",
        call.county, erased.person);
    for (auto const table : {"quiz_attempts", "collected_questions"})
        call.db.execute(std::string("DELETE FROM ") + table + " WHERE county = $1 AND person = $2", call.county, erased.person);
    call.db.execute("UPDATE board_topics SET title = '—', body = '', search = '', author = 0 WHERE county = $1 AND author = $2",
        call.county, erased.person);
    call.db.execute("UPDATE board_answers SET body = '', author = 0 WHERE county = $1 AND author = $2", call.county, erased.person);
    call.db.execute("DELETE FROM reviews WHERE county = $1 AND reviewer = $2", call.county, erased.person);
    erase_submissions(call, erased.person);
}

// What somebody did before two records were found to be one person stays theirs, unless the kept record did the same.
void people_merged(Call& call, directory::PeopleMerged const& merged)
{
    for (auto const* statement : {
             "UPDATE quiz_attempts SET person = $2 WHERE county = $1 AND person = $3 AND unit NOT IN (SELECT unit FROM "
             "quiz_attempts "
             "WHERE county = $1 AND person = $2)",
             "UPDATE collected_questions SET person = $2 WHERE county = $1 AND person = $3 AND course NOT IN (SELECT course FROM "
             "collected_questions WHERE county = $1 AND person = $2)",
             "UPDATE submissions SET person = $2 WHERE county = $1 AND person = $3 AND assignment NOT IN (SELECT assignment FROM "
             "submissions WHERE county = $1 AND person = $2)",
             "UPDATE reviews SET reviewer = $2 WHERE county = $1 AND reviewer = $3 AND submission NOT IN (SELECT submission FROM "
             "reviews "
             "WHERE county = $1 AND reviewer = $2)",
             "UPDATE board_topics SET author = $2 WHERE county = $1 AND author = $3",
             "UPDATE board_answers SET author = $2 WHERE county = $1 AND author = $3",
             "UPDATE board_answers SET marked_by = $2 WHERE county = $1 AND marked_by = $3",
         })
        call.db.execute(statement, call.county, merged.kept, merged.merged);
}

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const* statement : {
             "SELECT DISTINCT owner AS value FROM question_banks WHERE county = $1 AND owner ANY_OF($2)",
             "SELECT DISTINCT person AS value FROM quiz_attempts WHERE county = $1 AND person ANY_OF($2)",
             "SELECT DISTINCT author AS value FROM board_topics WHERE county = $1 AND author ANY_OF($2)",
             "SELECT DISTINCT author AS value FROM board_answers WHERE county = $1 AND author ANY_OF($2)",
             "SELECT DISTINCT person AS value FROM collected_questions WHERE county = $1 AND person ANY_OF($2)",
             "SELECT DISTINCT person AS value FROM submissions WHERE county = $1 AND person ANY_OF($2)",
             "SELECT DISTINCT reviewer AS value FROM reviews WHERE county = $1 AND reviewer ANY_OF($2)",
         })
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

} // namespace

Routes routes()
{
    return joined({bank_routes, attempt_routes, board_routes, collected_routes, assignment_routes, submission_routes, review_routes,
        comparison_routes});
}

void handle_jobs(Jobs& jobs) { handle_quiz_end_job(jobs); }

void subscribe(Events& events)
{
    events.subscribe<learning::QuizChecked>(quiz_checked);
    events.subscribe<directory::PeopleMerged>(people_merged);
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
}

} // namespace concentric::coursework
