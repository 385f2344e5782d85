#include "modules/coursework/board_access.hpp"

#include "modules/coursework/helpful.hpp"
#include "modules/directory/merges.hpp"
#include "modules/learning/lesson_entries.hpp"
#include "modules/plan/credit_hours.hpp"

#include <fmt/format.h>

namespace concentric::coursework {
namespace {

struct StandingMark {
    PersonId marked_by, author;
};
BOOST_DESCRIBE_STRUCT(StandingMark, (), (marked_by, author))

// The marks between two people, under whichever of their records.
std::vector<Mark> marks_between(Call& call, PersonId one, PersonId other)
{
    auto const of_one = directory::records_of(call, one), of_other = directory::records_of(call, other);
    std::vector<Mark> marks;
    for (auto const& [markers, answerers, marker, answerer] :
        {std::tuple(&of_one, &of_other, one, other), std::tuple(&of_other, &of_one, other, one)})
        if (call.db.value<std::int64_t>("SELECT 1 AS value FROM board_answers WHERE county = $1 AND author ANY_OF($2) AND "
                                        "marked_by ANY_OF($3) LIMIT 1",
                call.county, db::IntegerList{*answerers}, db::IntegerList{*markers}))
            marks.push_back({marker, answerer});
    return marks;
}

Words words_of(Verdict verdict)
{
    if (verdict == Verdict::ring)
        return {"你们已经互相采纳过回答，再次互评不计学时。请由课程老师采纳。",
            "You two have marked each other's answers before; only the course's teacher can mark this one."};
    return {"自己的回答不能采纳。", "Nobody can mark an answer of their own."};
}

void note_helpful(Call& call, ReachedAnswer& answer)
{
    auto fact = learning::fact_of_course(call, answer.in.of, "discussion.helpful", answer.author);
    fact.recorded_by = call.viewer.person.value;
    fact.minutes = plan::credit_hour_minutes(plan::in_force(call), call.today());
    fact.source = fmt::format("coursework:answer:{}:{}", answer.id.value, answer.marks);
    fact.data = fmt::format(R"({{"course":"{}","topic":"{}"}})", answer.in.course.value, answer.in.id.value);
    answer.entry = ledger::append(call, {&fact, 1}).front().id;
}

} // namespace

ReachedTopic reached_topic(Call& call, TopicId id)
{
    auto row = call.db.row<TopicRow>("SELECT * FROM board_topics WHERE county = $1 AND id = $2", call.county, id);
    if (!row)
        throw not_found(the_topic);
    ReachedTopic topic{std::move(*row), learning::visible_course(call, row->course)};
    topic.may_host = learning::may_manage(call, topic.of);
    if (topic.hidden_by && !topic.may_host && topic.author != call.viewer.person)
        throw not_found(the_topic);
    call.audit_subject = fmt::format("board_topic:{}", id.value);
    return topic;
}

ReachedTopic hosted_topic(Call& call, TopicId id)
{
    auto topic = reached_topic(call, id);
    if (!topic.may_host)
        throw not_found(the_topic);
    return topic;
}

ReachedAnswer reached_answer(Call& call, BoardAnswerId id)
{
    auto row = call.db.row<BoardAnswerRow>("SELECT * FROM board_answers WHERE county = $1 AND id = $2 FOR_UPDATE", call.county, id);
    if (!row)
        throw not_found(the_answer);
    ReachedAnswer answer{std::move(*row), reached_topic(call, row->topic)};
    call.audit_subject = fmt::format("board_answer:{}", id.value);
    return answer;
}

void withdraw_mark(Call& call, BoardAnswerRow const& answer, std::string const& reason)
{
    if (answer.entry)
        ledger::reverse(call, {&answer.entry, 1}, reason);
    call.db.execute(
        "UPDATE board_answers SET marked_by = 0, marked_at = 0, entry = 0 WHERE county = $1 AND id = $2", call.county, answer.id);
    call.db.execute("UPDATE board_topics SET helpful = 0 WHERE county = $1 AND id = $2", call.county, answer.topic);
}

void mark_helpful(Call& call, ReachedAnswer& answer)
{
    auto const marker = directory::kept_record(call, call.viewer.person), answerer = directory::kept_record(call, answer.author);
    Marking const marking{marker, directory::kept_record(call, answer.in.author), answerer, answer.in.may_host};
    auto const verdict = judge(marking, marks_between(call, marker, answerer));
    if (verdict == Verdict::not_theirs_to_say)
        throw not_found(the_answer);
    if (verdict != Verdict::helpful)
        throw conflict(words_of(verdict));
    if (answer.in.helpful)
        withdraw_mark(call, reached_answer(call, answer.in.helpful), "改为采纳另一个回答");
    ++answer.marks;
    note_helpful(call, answer);
    call.db.execute("UPDATE board_answers SET marked_by = $3, marked_at = $4, marks = $5, entry = $6 WHERE county = $1 AND id = $2",
        call.county, answer.id, call.viewer.person, call.now, answer.marks, answer.entry);
    call.db.execute("UPDATE board_topics SET helpful = $3 WHERE county = $1 AND id = $2", call.county, answer.topic, answer.id);
}

} // namespace concentric::coursework
