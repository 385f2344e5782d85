#include "modules/coursework/boards.hpp"

#include "lib/mask.hpp"
#include "lib/pinyin.hpp"
#include "modules/coursework/board_access.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"

#include <fmt/format.h>

#include <charconv>

namespace concentric::coursework {
namespace {

struct NamedTopic : TopicRow {
    std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(NamedTopic, (TopicRow), (name))
struct NamedAnswer : BoardAnswerRow {
    std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(NamedAnswer, (BoardAnswerRow), (name))

std::string const& select_topics()
{
    static std::string const sql
        = "SELECT t.*, " + directory::person_name_in("t.county", "t.author") + " AS name FROM board_topics t WHERE t.county = $1 ";
    return sql;
}
std::string const& select_answers()
{
    static std::string const sql
        = "SELECT a.*, " + directory::person_name_in("a.county", "a.author") + " AS name FROM board_answers a WHERE a.county = $1 ";
    return sql;
}

// Who looks at a board of this course.
struct Reader {
    Call const& call;
    bool may_host = false, sees_names = false;

    Reader(Call const& by, learning::OwnedCourse const& course)
        : call(by), may_host(learning::may_manage(by, course)), sees_names(may_host || course.line == learning::Line::staff)
    {
    }
    bool is_self(PersonId person) const { return person == call.viewer.person; }
    Author author(PersonId person, std::optional<std::string> const& name) const
    {
        auto const known = name.value_or("");
        return {sees_names || is_self(person) ? known : lib::mask_name(known), is_self(person)};
    }
    std::optional<std::string> reason(PersonId hidden_by, std::string const& reason) const
    {
        return hidden_by ? std::optional(reason) : std::nullopt;
    }
};

TopicBrief brief_of(Reader const& reader, NamedTopic const& row)
{
    return {row.id, row.title, reader.author(row.author, row.name), row.created_at, row.active_at, row.answers, row.is_pinned,
        row.is_closed, static_cast<bool>(row.helpful), reader.reason(row.hidden_by, row.hidden_reason)};
}

std::optional<Instant> if_set(Instant moment) { return moment.milliseconds ? std::optional(moment) : std::nullopt; }

BoardTopic present_topic(Call& call, TopicId id)
{
    auto const row = call.db.row<NamedTopic>(select_topics() + "AND t.id = $2", call.county, id).value();
    auto const course = learning::course_with(call, row.course).value();
    Reader const reader(call, course);
    BoardTopic topic;
    static_cast<TopicBrief&>(topic) = brief_of(reader, row);
    topic.course = row.course;
    topic.course_title = course.title;
    topic.body = row.body;
    topic.edited_at = if_set(row.edited_at);
    topic.may_edit = reader.is_self(row.author) && row.answers == 0 && is_fresh(call, row.created_at);
    topic.may_host = reader.may_host;
    return topic;
}

// What was hidden is told to be hidden; its words are for hosts and for whoever wrote them.
BoardAnswer present(Reader const& reader, TopicRow const& topic, NamedAnswer const& row)
{
    BoardAnswer answer{row.id, row.body, reader.author(row.author, row.name), row.created_at, if_set(row.edited_at)};
    answer.is_helpful = static_cast<bool>(row.marked_by);
    answer.may_edit = reader.is_self(row.author) && !row.marked_by && is_fresh(reader.call, row.created_at);
    answer.may_mark = (reader.may_host || reader.is_self(topic.author)) && !reader.is_self(row.author) && row.author != topic.author
        && !row.hidden_by;
    answer.hidden_reason = reader.reason(row.hidden_by, row.hidden_reason);
    if (row.hidden_by && !reader.may_host && !reader.is_self(row.author))
        answer.body.clear();
    return answer;
}

BoardAnswer present_answer(Call& call, BoardAnswerId id)
{
    auto const row = call.db.row<NamedAnswer>(select_answers() + "AND a.id = $2", call.county, id).value();
    auto const topic = reached_topic(call, row.topic);
    call.audit_subject = fmt::format("board_answer:{}", id.value);
    return present(Reader(call, topic.of), topic, row);
}

std::string search_text(std::string const& title, std::string const& body)
{
    return lib::search_key(title) + " " + lib::search_fold(body);
}

// "0.1760000000000.123": whether pinned, when it was active last, which.
struct PageMark {
    std::int64_t pinned = 1, active_at = 0, id = 0;
};
PageMark mark_in(std::optional<Text<1, 60>> const& after)
{
    PageMark mark;
    if (!after)
        return {2, 0, 0};
    auto const* at = after->data();
    auto const* const end = at + after->size();
    for (auto* number : {&mark.pinned, &mark.active_at, &mark.id}) {
        auto const read = std::from_chars(at, end, *number);
        if (read.ec != std::errc())
            throw invalid("after", "format", {"页码标记不对。", "This is no page mark."});
        at = read.ptr + (read.ptr != end);
    }
    return mark;
}

std::string mark_after(TopicRow const& row)
{
    return fmt::format("{}.{}.{}", row.is_pinned ? 1 : 0, row.active_at.milliseconds, row.id.value);
}

void require_fresh(Call const& call, PersonId author, Instant created_at, bool is_settled, Words const& thing)
{
    if (author != call.viewer.person)
        throw not_found(thing);
    if (is_settled || !is_fresh(call, created_at))
        throw conflict({"发布 30 分钟后，或已有回复、已被采纳时，不能再修改。",
            "Words can be mended for 30 minutes, while nobody has answered or marked them."});
}

} // namespace

Page<TopicBrief> list_topics(Call& call, ListTopics const& input)
{
    auto const course = learning::visible_course(call, input.id);
    Reader const reader(call, course);
    auto const limit = input.limit.value_or(Limit{30});
    auto const after = mark_in(input.after);
    auto const show = input.show.value_or(TopicFilter::all);
    constexpr std::string_view pinned = "CASE WHEN t.is_pinned THEN 1 ELSE 0 END";
    static std::string const sql
        = fmt::format("{}AND t.course = $2 AND t.search LIKE $3 ESCAPE '\\' "
                      "AND ({} < $4 OR ({} = $4 AND (t.active_at < $5 OR (t.active_at = $5 AND t.id < $6)))) "
                      "AND (t.author = $7 OR $7 = 0) AND (t.answers = 0 OR $8) AND (t.helpful > 0 OR $9) "
                      "AND (t.hidden_by = 0 OR t.author = $10 OR $11) "
                      "ORDER BY {} DESC, t.active_at DESC, t.id DESC LIMIT $12",
            select_topics(), pinned, pinned, pinned);
    auto rows = call.db.rows<NamedTopic>(sql, call.county, course.id,
        input.q ? directory::contains_pattern(lib::search_fold(*input.q)) : "%", after.pinned, after.active_at, after.id,
        show == TopicFilter::own ? call.viewer.person : PersonId{}, show != TopicFilter::unanswered, show != TopicFilter::helpful,
        call.viewer.person, reader.may_host, limit + 1);
    Page<TopicBrief> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = mark_after(rows.back());
    }
    for (auto const& row : rows)
        page.items.push_back(brief_of(reader, row));
    return page;
}

BoardTopic open_topic(Call& call, OpenTopic const& input)
{
    auto const course = learning::visible_course(call, input.id);
    TopicRow const row{call.county, new_id_of<TopicId>(), course.id, input.title, input.body, search_text(input.title, input.body),
        call.viewer.person, call.now, {}, call.now};
    call.db.insert("board_topics", row);
    return show_topic(call, {row.id});
}

BoardTopic show_topic(Call& call, OneTopic const& input) { return present_topic(call, reached_topic(call, input.id).id); }

BoardTopic edit_topic(Call& call, EditTopic const& input)
{
    auto const topic = reached_topic(call, input.id);
    require_fresh(call, topic.author, topic.created_at, topic.answers > 0, the_topic);
    call.db.execute("UPDATE board_topics SET title = $3, body = $4, search = $5, edited_at = $6 WHERE county = $1 AND id = $2",
        call.county, topic.id, input.title, input.body, search_text(input.title, input.body), call.now);
    return present_topic(call, topic.id);
}

Page<BoardAnswer> list_answers(Call& call, ListBoardAnswers const& input)
{
    auto const topic = reached_topic(call, input.id);
    auto const limit = input.limit.value_or(Limit{50});
    auto rows = call.db.rows<NamedAnswer>(select_answers() + "AND a.topic = $2 AND a.id > $3 ORDER BY a.id LIMIT $4", call.county,
        topic.id, directory::after_id(input.after), limit + 1);
    Page<BoardAnswer> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    Reader const reader(call, topic.of);
    for (auto const& row : rows)
        page.items.push_back(present(reader, topic, row));
    return page;
}

BoardAnswer give_answer(Call& call, GiveAnswer const& input)
{
    auto const topic = reached_topic(call, input.id);
    if (topic.is_closed || topic.hidden_by)
        throw conflict({"话题已关闭，不能再回答。", "This topic is closed."});
    BoardAnswerRow const row{call.county, new_id_of<BoardAnswerId>(), topic.id, input.body, call.viewer.person, call.now};
    call.db.insert("board_answers", row);
    call.db.execute("UPDATE board_topics SET answers = answers + 1, active_at = $3 WHERE county = $1 AND id = $2", call.county,
        topic.id, call.now);
    return present_answer(call, row.id);
}

BoardAnswer edit_answer(Call& call, EditAnswer const& input)
{
    auto const answer = reached_answer(call, input.id);
    require_fresh(call, answer.author, answer.created_at, static_cast<bool>(answer.marked_by), the_answer);
    call.db.execute("UPDATE board_answers SET body = $3, edited_at = $4 WHERE county = $1 AND id = $2", call.county, answer.id,
        input.body, call.now);
    return present_answer(call, answer.id);
}

BoardTopic keep_order(Call& call, KeepOrder const& input)
{
    auto const topic = hosted_topic(call, input.id);
    auto const pinned = call.db.value<std::int64_t>(
        "SELECT count(*) AS value FROM board_topics WHERE county = $1 AND course = $2 AND is_pinned AND id <> $3", call.county,
        topic.course, topic.id);
    if (input.is_pinned && pinned.value_or(0) >= most_pinned)
        throw conflict({"最多置顶 5 个话题。", "At most five topics can be pinned."});
    call.db.execute("UPDATE board_topics SET is_pinned = $3, is_closed = $4 WHERE county = $1 AND id = $2", call.county, topic.id,
        input.is_pinned, input.is_closed);
    return present_topic(call, topic.id);
}

BoardTopic hide_topic(Call& call, HideTopic const& input)
{
    auto const topic = hosted_topic(call, input.id);
    call.db.execute("UPDATE board_topics SET hidden_by = $3, hidden_reason = $4 WHERE county = $1 AND id = $2", call.county,
        topic.id, input.reason.empty() ? PersonId{} : call.viewer.person, input.reason);
    return present_topic(call, topic.id);
}

BoardAnswer hide_answer(Call& call, HideAnswer const& input)
{
    auto const answer = reached_answer(call, input.id);
    if (!answer.in.may_host)
        throw not_found(the_answer);
    if (answer.marked_by && !input.reason.empty())
        withdraw_mark(call, answer, input.reason);
    call.db.execute("UPDATE board_answers SET hidden_by = $3, hidden_reason = $4 WHERE county = $1 AND id = $2", call.county,
        answer.id, input.reason.empty() ? PersonId{} : call.viewer.person, input.reason);
    return present_answer(call, answer.id);
}

BoardAnswer set_helpful(Call& call, SetHelpful const& input)
{
    auto answer = reached_answer(call, input.id);
    if (!answer.in.may_host && answer.in.author != call.viewer.person)
        throw not_found(the_answer);
    if (answer.hidden_by)
        throw conflict({"已隐藏的回答不能采纳。", "A hidden answer cannot be marked."});
    if (input.is_helpful && !answer.marked_by)
        mark_helpful(call, answer);
    if (!input.is_helpful && answer.marked_by)
        withdraw_mark(call, answer, "撤回采纳");
    return present_answer(call, answer.id);
}

Routes board_routes()
{
    auto const all = Permission::signed_in, hosts = Permission::manage_courses;
    return {
        route(Verb::get, "/api/catalogue/{id}/topics", all, "board_topic_list", "A course's board: pinned topics, then the latest",
            list_topics),
        route(Verb::post, "/api/catalogue/{id}/topics", all, "board_topic_open", "Asks on a course's board", open_topic),
        route(Verb::get, "/api/board-topics/{id}", all, "board_topic_show", "A topic", show_topic),
        route(Verb::put, "/api/board-topics/{id}", all, "board_topic_edit", "Mends one's own topic for a while", edit_topic),
        route(Verb::get, "/api/board-topics/{id}/answers", all, "board_answer_list", "The answers, the oldest first", list_answers),
        route(Verb::post, "/api/board-topics/{id}/answers", all, "board_answer_give", "Answers", give_answer),
        route(Verb::put, "/api/board-topics/{id}/order", hosts, "board_topic_keep_order", "Pins or closes a topic", keep_order),
        route(Verb::put, "/api/board-topics/{id}/hiding", hosts, "board_topic_hide",
            "Hides a topic with a reason, or shows it again", hide_topic),
        route(Verb::put, "/api/board-answers/{id}", all, "board_answer_edit", "Mends one's own answer for a while", edit_answer),
        route(Verb::put, "/api/board-answers/{id}/hiding", hosts, "board_answer_hide",
            "Hides an answer with a reason, or shows it again", hide_answer),
        route(Verb::put, "/api/board-answers/{id}/helpfulness", all, "board_answer_set_helpful",
            "Says that an answer helped, which earns credit, or takes that back", set_helpful),
    };
}

} // namespace concentric::coursework
