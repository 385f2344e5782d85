#include "modules/coursework/attempts.hpp"

#include "modules/learning/catalogue.hpp"
#include "modules/learning/lesson_entries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::coursework {
namespace {

using learning::QuizSettings;
using learning::UnitRow;

Words const the_quiz{"测验", "quiz"}, the_attempt{"答卷", "attempt"};

UnitRow visible_quiz(Call& call, UnitId id)
{
    auto unit = learning::visible_unit(call, id);
    if (unit.kind != learning::UnitKind::quiz)
        throw not_found(the_quiz);
    return unit;
}

std::vector<AttemptRow> attempts_at(Call& call, UnitId unit)
{
    return call.db.rows<AttemptRow>(
        "SELECT * FROM quiz_attempts WHERE county = $1 AND person = $2 AND unit = $3 ORDER BY number DESC", call.county,
        call.viewer.person, unit);
}

AttemptRow own_attempt(Call& call, AttemptId id)
{
    auto row = call.db.row<AttemptRow>("SELECT * FROM quiz_attempts WHERE county = $1 AND id = $2 AND person = $3 FOR_UPDATE",
        call.county, id, call.viewer.person);
    if (!row)
        throw not_found(the_attempt);
    return std::move(*row);
}

bool is_finished(AttemptRow const& row) { return row.finished_at.milliseconds != 0; }
bool is_over(AttemptRow const& row, Instant now)
{
    return row.deadline_at.milliseconds != 0 && now.milliseconds > row.deadline_at.milliseconds + grace;
}
bool has_attempt_left(QuizSettings const& settings, std::int64_t used)
{
    return settings.attempts == 0 || used < settings.attempts;
}
// Per cent, as the questions themselves are counted: 2 of 3 are not 67.
bool is_enough(std::int64_t right, std::int64_t total, QuizSettings const& settings)
{
    return right * 100 >= settings.pass_share * total;
}

AttemptBrief brief_of(AttemptRow const& row)
{
    AttemptBrief brief{row.id, row.number, row.started_at, {}, row.right_count, row.total, row.is_passed};
    if (is_finished(row))
        brief.finished_at = row.finished_at;
    return brief;
}

std::map<QuestionId, QuestionRow> questions_of(Call& call, Paper const& paper)
{
    std::vector<std::int64_t> ids;
    for (auto const& item : paper)
        ids.push_back(item.question.value);
    std::map<QuestionId, QuestionRow> questions;
    for (auto& row :
        call.db.rows<QuestionRow>("SELECT * FROM questions WHERE county = $1 AND id ANY_OF($2)", call.county, db::IntegerList{ids}))
        questions.emplace(row.id, std::move(row));
    return questions;
}

std::map<QuestionId, AnswerRow> answers_of(Call& call, AttemptId attempt)
{
    std::map<QuestionId, AnswerRow> answers;
    for (auto& row : call.db.rows<AnswerRow>("SELECT * FROM quiz_answers WHERE county = $1 AND attempt = $2", call.county, attempt))
        answers.emplace(row.question, std::move(row));
    return answers;
}

std::vector<std::int64_t> places_in(AnswerRow const& row) { return reflect::from_json<std::vector<std::int64_t>>(row.chosen); }

std::vector<std::int64_t> right_places(QuestionContent const& content)
{
    std::vector<std::int64_t> places;
    for (std::size_t i = 0; i < content.choices.size(); ++i)
        if (content.choices[i].is_right)
            places.push_back(static_cast<std::int64_t>(i));
    return places;
}

AskedQuestion asked(PaperItem const& item, QuestionContent const& content, AnswerRow const* answer)
{
    AskedQuestion question{item.question, content.kind, content.prompt};
    for (auto const place : item.order)
        question.choices.push_back(content.choices.at(static_cast<std::size_t>(place)).text);
    if (answer) {
        question.chosen = shown(item, places_in(*answer));
        question.text = answer->text;
    }
    return question;
}

void add_solution(AskedQuestion& question, PaperItem const& item, QuestionContent const& content)
{
    question.right_choices = shown(item, right_places(content));
    question.accepted.assign(content.accepted.begin(), content.accepted.end());
    question.explanation = content.explanation;
}

Attempt present(Call& call, AttemptRow const& row, UnitRow const& unit)
{
    auto const settings = learning::settings_of(unit);
    auto const paper = reflect::from_json<Paper>(row.paper);
    auto const questions = questions_of(call, paper);
    auto const answers = answers_of(call, row.id);
    bool const tells_solutions = is_finished(row) && (row.is_passed || !has_attempt_left(settings, row.number));
    Attempt attempt;
    static_cast<AttemptBrief&>(attempt) = brief_of(row);
    attempt.unit = row.unit;
    attempt.course = row.course;
    if (row.deadline_at.milliseconds)
        attempt.deadline_at = row.deadline_at;
    attempt.now = call.now;
    attempt.pass_share = settings.pass_share;
    for (auto const& item : paper) {
        auto const content = content_of(questions.at(item.question));
        auto const answer = answers.find(item.question);
        auto& question = attempt.questions.emplace_back(asked(item, content, answer == answers.end() ? nullptr : &answer->second));
        if (is_finished(row))
            question.is_right = answer != answers.end() && answer->second.is_right;
        if (tells_solutions)
            add_solution(question, item, content);
    }
    call.audit_subject = fmt::format("quiz_attempt:{}", row.id.value);
    return attempt;
}

struct Drawable {
    QuestionId id;
    QuestionKind kind = QuestionKind::single;
    Json choices;
};
BOOST_DESCRIBE_STRUCT(Drawable, (), (id, kind, choices))

// Banks may have changed since the course was published: what they still have is asked.
Paper new_paper(Call& call, QuizSettings const& settings)
{
    auto const dice = unforeseeable();
    std::map<QuestionId, Drawable> known;
    std::vector<QuestionId> drawn;
    for (auto const& wanted : settings.draws) {
        std::vector<QuestionId> from;
        for (auto& row : call.db.rows<Drawable>(
                 "SELECT id, kind, choices FROM questions WHERE county = $1 AND bank = $2 AND (topic = $3 OR $3 = '') AND "
                 "is_retired = FALSE ORDER BY id",
                 call.county, wanted.bank, wanted.topic))
            if (auto const id = row.id; std::ranges::count(drawn, id) == 0) {
                from.push_back(id);
                known.insert_or_assign(id, std::move(row));
            }
        std::ranges::copy(draw(std::move(from), static_cast<std::size_t>(wanted.count.value), dice), std::back_inserter(drawn));
    }
    if (settings.is_shuffled)
        drawn = draw(drawn, drawn.size(), dice);
    Paper paper;
    for (auto const id : drawn) {
        auto const& row = known.at(id);
        auto const choices = reflect::from_json<std::vector<Choice>>(row.choices).size();
        paper.push_back({id, order_of(row.kind, choices, settings.is_shuffled, dice)});
    }
    return paper;
}

void mark_asked(Call& call, Paper const& paper)
{
    std::vector<std::int64_t> ids;
    for (auto const& item : paper)
        ids.push_back(item.question.value);
    call.db.execute("UPDATE questions SET is_asked = TRUE WHERE county = $1 AND id ANY_OF($2) AND is_asked = FALSE", call.county,
        db::IntegerList{ids});
}

// Two windows that begin at one moment share the attempt of the first.
AttemptRow new_attempt(Call& call, UnitRow const& unit, QuizSettings const& settings, std::int64_t number)
{
    auto const paper = new_paper(call, settings);
    if (paper.empty())
        throw conflict(
            {"题库里没有可用的题目了，请联系课程老师。", "The banks have no questions left; please tell the course's maker."});
    mark_asked(call, paper);
    AttemptRow const row{call.county, new_id_of<AttemptId>(), call.viewer.person, unit.id, unit.course, number,
        Json(to_json(paper)), call.now,
        settings.minutes == 0 ? Instant{} : Instant{call.now.milliseconds + settings.minutes * 60'000}, {}, 0,
        static_cast<std::int64_t>(paper.size())};
    call.db.execute("INSERT INTO quiz_attempts (county, id, person, unit, course, number, paper, started_at, deadline_at, "
                    "finished_at, right_count, total, is_passed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, $10, FALSE) "
                    "ON CONFLICT (county, person, unit, number) DO NOTHING",
        row.county, row.id, row.person, row.unit, row.course, row.number, row.paper, row.started_at, row.deadline_at, row.total);
    return attempts_at(call, unit.id).front();
}

void note_passed(Call& call, AttemptRow const& row)
{
    auto const course = learning::course_with(call, row.course).value();
    auto fact = learning::fact_of_course(call, course, "quiz.passed", row.person);
    fact.happened_at = row.finished_at; // the deadline, for what was marked after it
    fact.source = fmt::format("coursework:quiz:{}", row.unit.value);
    fact.data = fmt::format(R"({{"course":"{}","unit":"{}"}})", row.course.value, row.unit.value);
    ledger::append(call, {&fact, 1});
}

void finish(Call& call, AttemptRow& row, UnitRow const& unit)
{
    auto const paper = reflect::from_json<Paper>(row.paper);
    auto const questions = questions_of(call, paper);
    auto const answers = answers_of(call, row.id);
    db::Batch marked;
    for (auto const& item : paper) {
        auto const found = answers.find(item.question);
        bool const right = found != answers.end()
            && is_right(content_of(questions.at(item.question)), {places_in(found->second), found->second.text});
        row.right_count += right;
        marked.add(call.county, row.id, item.question, right);
    }
    marked.run(call.db,
        "INSERT INTO quiz_answers (county, attempt, question, chosen, text, is_right, answered_at) VALUES ($1, $2, $3, '[]', '', "
        "$4, 0) ON CONFLICT (county, attempt, question) DO UPDATE SET is_right = EXCLUDED.is_right");
    row.finished_at = is_over(row, call.now) ? row.deadline_at : call.now;
    row.is_passed = is_enough(row.right_count, row.total, learning::settings_of(unit));
    call.db.execute("UPDATE quiz_attempts SET finished_at = $3, right_count = $4, is_passed = $5 WHERE county = $1 AND id = $2",
        call.county, row.id, row.finished_at, row.right_count, row.is_passed);
    if (!row.is_passed)
        return;
    learning::complete_lesson(call, unit);
    note_passed(call, row);
}

} // namespace

Quiz show_quiz(Call& call, OneQuiz const& input)
{
    auto const unit = visible_quiz(call, input.id);
    auto const settings = learning::settings_of(unit);
    Quiz quiz{unit.id, learning::questions_in(settings), settings.minutes, settings.attempts, settings.pass_share};
    bool is_open = false;
    for (auto const& row : attempts_at(call, unit.id)) {
        quiz.attempts.push_back(brief_of(row));
        quiz.is_passed |= row.is_passed;
        is_open |= !is_finished(row);
    }
    quiz.may_begin = unit.is_published && !quiz.is_passed && !is_open
        && has_attempt_left(settings, static_cast<std::int64_t>(quiz.attempts.size()));
    return quiz;
}

Attempt begin_attempt(Call& call, OneQuiz const& input)
{
    auto const unit = visible_quiz(call, input.id);
    if (!unit.is_published)
        throw conflict({"这个测验还没有发布。", "This quiz was not published yet."});
    auto const settings = learning::settings_of(unit);
    auto attempts = attempts_at(call, unit.id);
    if (!attempts.empty() && !is_finished(attempts.front())) {
        if (!is_over(attempts.front(), call.now))
            return present(call, attempts.front(), unit);
        finish(call, attempts.front(), unit);
    }
    if (std::ranges::any_of(attempts, &AttemptRow::is_passed))
        throw conflict({"您已经通过了这个测验。", "You have passed this quiz already."});
    if (!has_attempt_left(settings, static_cast<std::int64_t>(attempts.size())))
        throw conflict({"可用的答题次数已经用完。", "No attempt is left."});
    learning::begin_course(call, learning::course_with(call, unit.course).value());
    return present(call, new_attempt(call, unit, settings, static_cast<std::int64_t>(attempts.size()) + 1), unit);
}

Attempt show_attempt(Call& call, OneAttempt const& input)
{
    auto row = call.db.row<AttemptRow>(
        "SELECT * FROM quiz_attempts WHERE county = $1 AND id = $2 AND person = $3", call.county, input.id, call.viewer.person);
    if (!row)
        throw not_found(the_attempt);
    return present(call, *row, visible_quiz(call, row->unit));
}

SavedAnswer save_answer(Call& call, SaveAnswer const& input)
{
    auto const row = own_attempt(call, input.id);
    if (is_finished(row) || is_over(row, call.now))
        throw conflict({"答题已经结束，之后的答案不再保存。", "The quiz is over; later answers are not kept."});
    auto const paper = reflect::from_json<Paper>(row.paper);
    auto const item = std::ranges::find(paper, input.question, &PaperItem::question);
    if (item == paper.end())
        throw not_found({"题目", "question"});
    std::vector<std::int64_t> const places(input.chosen.begin(), input.chosen.end());
    call.db.execute("INSERT INTO quiz_answers (county, attempt, question, chosen, text, is_right, answered_at) VALUES ($1, $2, $3, "
                    "$4, $5, FALSE, $6) ON CONFLICT (county, attempt, question) DO UPDATE SET chosen = EXCLUDED.chosen, text = "
                    "EXCLUDED.text, answered_at = EXCLUDED.answered_at",
        call.county, row.id, input.question, to_json(meant(*item, places)), std::string(input.text.value_or("")), call.now);
    return {call.now};
}

Attempt finish_attempt(Call& call, OneAttempt const& input)
{
    auto row = own_attempt(call, input.id);
    auto const unit = visible_quiz(call, row.unit);
    if (!is_finished(row))
        finish(call, row, unit);
    return present(call, row, unit);
}

static void end_overdue(Call& call, AttemptId id)
{
    db::Transaction transaction(call.db);
    auto row = call.db.row<AttemptRow>("SELECT * FROM quiz_attempts WHERE county = $1 AND id = $2 FOR_UPDATE", call.county, id);
    if (!row || is_finished(*row))
        return;
    call.viewer = {};
    call.viewer.person = row->person;
    finish(call, *row, learning::unit_with(call, row->unit).value());
    transaction.commit();
}

std::int64_t end_overdue_attempts(Call& call)
{
    auto const own = call.viewer;
    auto const overdue = call.db.values<AttemptId>(
        "SELECT id AS value FROM quiz_attempts WHERE county = $1 AND finished_at = 0 AND deadline_at > 0 AND deadline_at < $2",
        call.county, call.now.milliseconds - grace);
    for (auto const id : overdue)
        end_overdue(call, id);
    call.viewer = own;
    return static_cast<std::int64_t>(overdue.size());
}

Routes attempt_routes()
{
    return {
        route(Verb::get, "/api/units/{id}/quiz", Permission::signed_in, "quiz_show", "A quiz and one's own attempts at it",
            show_quiz),
        route(Verb::post, "/api/units/{id}/quiz-attempts", Permission::signed_in, "quiz_begin",
            "Begins an attempt, or goes on with the one that is open", begin_attempt),
        route(Verb::get, "/api/quiz-attempts/{id}", Permission::signed_in, "quiz_attempt_show", "One's own attempt", show_attempt),
        route(Verb::put, "/api/quiz-attempts/{id}/answers/{question}", Permission::signed_in, "quiz_answer_save",
            "Keeps an answer while the attempt lasts", save_answer)
            .unlisted(),
        route(Verb::put, "/api/quiz-attempts/{id}/completion", Permission::signed_in, "quiz_finish",
            "Hands an attempt in; it is marked at once", finish_attempt),
    };
}

} // namespace concentric::coursework
