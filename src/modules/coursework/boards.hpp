#pragma once

#include "core/route.hpp"
#include "modules/learning/access.hpp"

// A course's discussion board: people ask and answer, the teacher keeps order, and an answer that helped earns credit.
namespace concentric::coursework {

using learning::CourseId;
using TopicId = Id<struct BoardTopicTag>;
using BoardAnswerId = Id<struct BoardAnswerTag>;

// How long one's own words may be mended, in milliseconds.
inline constexpr std::int64_t edit_window = 30 * 60'000;
inline constexpr std::int64_t most_pinned = 5;

struct TopicRow {
    std::int64_t county = 0;
    TopicId id;
    CourseId course;
    std::string title, body, search;
    PersonId author;
    Instant created_at, edited_at, active_at; // edited_at 0: never
    std::int64_t answers = 0;
    bool is_pinned = false, is_closed = false;
    PersonId hidden_by;
    std::string hidden_reason;
    BoardAnswerId helpful; // 0: none yet
};
BOOST_DESCRIBE_STRUCT(TopicRow, (),
    (county, id, course, title, body, search, author, created_at, edited_at, active_at, answers, is_pinned, is_closed, hidden_by,
        hidden_reason, helpful))

struct BoardAnswerRow {
    std::int64_t county = 0;
    BoardAnswerId id;
    TopicId topic;
    std::string body;
    PersonId author;
    Instant created_at, edited_at;
    PersonId hidden_by;
    std::string hidden_reason;
    PersonId marked_by; // 0: nobody
    Instant marked_at;
    std::int64_t marks = 0; // how often it was marked, withdrawn marks too
    EntryId entry;
};
BOOST_DESCRIBE_STRUCT(BoardAnswerRow, (),
    (county, id, topic, body, author, created_at, edited_at, hidden_by, hidden_reason, marked_by, marked_at, marks, entry))

// Whose words: the name in full for those who lead the course and in courses for staff, else masked.
struct Author {
    std::string name;
    bool is_self = false;
};
BOOST_DESCRIBE_STRUCT(Author, (), (name, is_self))

struct TopicBrief {
    TopicId id;
    std::string title;
    Author author;
    Instant created_at, active_at;
    std::int64_t answers = 0;
    bool is_pinned = false, is_closed = false, has_helpful = false;
    std::optional<std::string> hidden_reason; // for those who lead the course, and the author
};
BOOST_DESCRIBE_STRUCT(
    TopicBrief, (), (id, title, author, created_at, active_at, answers, is_pinned, is_closed, has_helpful, hidden_reason))

struct BoardAnswer {
    BoardAnswerId id;
    std::string body;
    Author author;
    Instant created_at;
    std::optional<Instant> edited_at;
    bool is_helpful = false, may_edit = false, may_mark = false;
    std::optional<std::string> hidden_reason;
};
BOOST_DESCRIBE_STRUCT(BoardAnswer, (), (id, body, author, created_at, edited_at, is_helpful, may_edit, may_mark, hidden_reason))

struct BoardTopic : TopicBrief {
    CourseId course;
    std::string course_title, body;
    std::optional<Instant> edited_at;
    bool may_edit = false, may_host = false;
};
BOOST_DESCRIBE_STRUCT(BoardTopic, (TopicBrief), (course, course_title, body, edited_at, may_edit, may_host))

enum class TopicFilter { all, own, unanswered, helpful };
BOOST_DESCRIBE_ENUM(TopicFilter, all, own, unanswered, helpful)

struct ListTopics {
    CourseId id;
    std::optional<Text<1, 60>> q;
    std::optional<TopicFilter> show;
    std::optional<Text<1, 60>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListTopics, (), (id, q, show, after, limit))
struct OpenTopic {
    CourseId id;
    Text<1, 120> title;
    Text<1, 8000> body;
};
BOOST_DESCRIBE_STRUCT(OpenTopic, (), (id, title, body))
struct OneTopic {
    TopicId id;
};
BOOST_DESCRIBE_STRUCT(OneTopic, (), (id))
struct EditTopic {
    TopicId id;
    Text<1, 120> title;
    Text<1, 8000> body;
};
BOOST_DESCRIBE_STRUCT(EditTopic, (), (id, title, body))
struct ListBoardAnswers {
    TopicId id;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListBoardAnswers, (), (id, after, limit))
struct GiveAnswer {
    TopicId id;
    Text<1, 8000> body;
};
BOOST_DESCRIBE_STRUCT(GiveAnswer, (), (id, body))
struct EditAnswer {
    BoardAnswerId id;
    Text<1, 8000> body;
};
BOOST_DESCRIBE_STRUCT(EditAnswer, (), (id, body))
struct KeepOrder {
    TopicId id;
    bool is_pinned = false, is_closed = false;
};
BOOST_DESCRIBE_STRUCT(KeepOrder, (), (id, is_pinned, is_closed))
struct HideTopic {
    TopicId id;
    Text<0, 200> reason; // empty: shown again
};
BOOST_DESCRIBE_STRUCT(HideTopic, (), (id, reason))
struct HideAnswer {
    BoardAnswerId id;
    Text<0, 200> reason;
};
BOOST_DESCRIBE_STRUCT(HideAnswer, (), (id, reason))
struct SetHelpful {
    BoardAnswerId id;
    bool is_helpful = false;
};
BOOST_DESCRIBE_STRUCT(SetHelpful, (), (id, is_helpful))

// 404 for whoever the course is not there for.
Page<TopicBrief> list_topics(Call&, ListTopics const&);
BoardTopic open_topic(Call&, OpenTopic const&);
BoardTopic show_topic(Call&, OneTopic const&);
// One's own, within the window and before anybody answered; else 409.
BoardTopic edit_topic(Call&, EditTopic const&);
// The oldest first.
Page<BoardAnswer> list_answers(Call&, ListBoardAnswers const&);
BoardAnswer give_answer(Call&, GiveAnswer const&);
// One's own, within the window and before it was marked; else 409.
BoardAnswer edit_answer(Call&, EditAnswer const&);
// Those who lead the course.
BoardTopic keep_order(Call&, KeepOrder const&);
BoardTopic hide_topic(Call&, HideTopic const&);
// A hidden answer loses its mark and the credit with it.
BoardAnswer hide_answer(Call&, HideAnswer const&);
// By the asker or a host: the credit, or its reversal. An earlier mark in the same topic is withdrawn. 409 for rings.
BoardAnswer set_helpful(Call&, SetHelpful const&);

Routes board_routes();

} // namespace concentric::coursework
