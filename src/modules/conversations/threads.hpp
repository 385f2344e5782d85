#pragma once

#include "modules/conversations/messages.hpp"

// One's own conversations: found, looked at, handed to a colleague, followed up and done.
namespace concentric::conversations {

enum class Box { all, unread, unanswered, waiting, done, confidential };
BOOST_DESCRIBE_ENUM(Box, all, unread, unanswered, waiting, done, confidential)

struct ListConversations {
    std::optional<Box> box;
    std::optional<Within<0, 365>> days; // unanswered for so many, at least
    std::optional<PersonId> student;
    std::optional<Text<1, 60>> search; // in subjects, names and what was written
    std::optional<Text<1, 40>> before;
    std::optional<Limit> limit; // 30 when it is left out
};
BOOST_DESCRIBE_STRUCT(ListConversations, (), (box, days, student, search, before, limit))

struct LastMessage {
    std::string author, body; // the body is empty where it was taken back, or is files alone
    bool is_own = false, is_withdrawn = false;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(LastMessage, (), (author, body, is_own, is_withdrawn, at))

struct ConversationLine {
    ConversationId id;
    std::string subject;
    std::optional<PersonBrief> student;
    std::string class_name;
    bool is_confidential = false;
    ConversationState state = ConversationState::answered;
    std::optional<Instant> asked_at; // since when a carer waits for an answer
    Side side = Side::carer; // the viewer's
    std::vector<std::string> partners; // names of the others
    std::int64_t unread = 0;
    std::optional<LastMessage> last;
};
BOOST_DESCRIBE_STRUCT(
    ConversationLine, (), (id, subject, student, class_name, is_confidential, state, asked_at, side, partners, unread, last))

struct ConversationView : ConversationLine {
    std::vector<Partner> members; // who is in it today, the viewer too
    std::int64_t last_position = 0, read_position = 0;
    std::int64_t read_by_others = 0; // how far anybody on the other side has read
    bool may_write = false;
    std::optional<Instant> told_at; // when the others hear of what is written now; none: at once
};
BOOST_DESCRIBE_STRUCT(
    ConversationView, (ConversationLine), (members, last_position, read_position, read_by_others, may_write, told_at))

struct ConversationsUnread {
    std::int64_t conversations = 0;
};
BOOST_DESCRIBE_STRUCT(ConversationsUnread, (), (conversations))

struct OneConversation {
    ConversationId id;
};
BOOST_DESCRIBE_STRUCT(OneConversation, (), (id))

enum class SetState { answered, waiting, done };
BOOST_DESCRIBE_ENUM(SetState, answered, waiting, done)
struct SetConversationState {
    ConversationId id;
    SetState state = SetState::done;
};
BOOST_DESCRIBE_STRUCT(SetConversationState, (), (id, state))

struct PersonInConversation {
    ConversationId id;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(PersonInConversation, (), (id, person))

struct Candidates {
    std::vector<Partner> items;
};
BOOST_DESCRIBE_STRUCT(Candidates, (), (items))

// The one in which something moved last first.
Page<ConversationLine> list_conversations(Call&, ListConversations const&);
ConversationView show_conversation(Call&, OneConversation const&);
ConversationsUnread count_unread_conversations(Call&, Nothing const&);
// For the school's side. 422 at /person for whoever has nothing to do with the child.
ConversationView set_state(Call&, SetConversationState const&);
Candidates list_candidates(Call&, OneConversation const&); // who may come into it and is not
ConversationView add_member(Call&, PersonInConversation const&);
// To a colleague, who is told; the viewer leaves.
Nothing hand_over_conversation(Call&, PersonInConversation const&);

// For this module: everybody who may be in a conversation with the viewer's side.
std::vector<Partner> possible_members(Call&, PersonId student, OrganisationId unit);
inline constexpr std::size_t most_members = 20;

Routes thread_routes();

} // namespace concentric::conversations
