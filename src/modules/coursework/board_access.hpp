#pragma once

#include "modules/coursework/boards.hpp"

// What a viewer may see and do on a board.
namespace concentric::coursework {

inline Words const the_topic{"话题", "topic"}, the_answer{"回答", "answer"};

struct ReachedTopic : TopicRow {
    learning::OwnedCourse of;
    bool may_host = false;
};
// Of a course that is there for the viewer; hidden ones only for hosts and their author. Else 404.
ReachedTopic reached_topic(Call&, TopicId);
// By those who lead the course; else 404.
ReachedTopic hosted_topic(Call&, TopicId);

struct ReachedAnswer : BoardAnswerRow {
    ReachedTopic in;
};
ReachedAnswer reached_answer(Call&, BoardAnswerId);

// The mark becomes a credit or is taken back; see set_helpful.
void mark_helpful(Call&, ReachedAnswer&);
void withdraw_mark(Call&, BoardAnswerRow const&, std::string const& reason);

// Within the time in which one may mend one's own words.
inline bool is_fresh(Call const& call, Instant created_at) { return call.now.milliseconds < created_at.milliseconds + edit_window; }

} // namespace concentric::coursework
