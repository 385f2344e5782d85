#pragma once

#include "core/route.hpp"
#include "modules/conversations/standing.hpp"

// What is written in a conversation: sent once however often it is handed in, read up to a position, taken back within two minutes,
// never deleted by anybody in it.
namespace concentric::conversations {

using Position = Within<0, 1'000'000'000>;
using directory::PersonBrief;

struct ConversationFile {
    ConversationFileId id;
    std::string file_name, content_type;
    std::int64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(ConversationFile, (), (id, file_name, content_type, size))

struct Message {
    std::int64_t position = 0;
    MessageKind kind = MessageKind::text;
    PersonBrief author;
    Side side = Side::carer; // the author's
    std::string body; // empty once it was taken back
    Instant at;
    bool is_own = false, is_withdrawn = false;
    std::optional<Instant> may_withdraw_until;
    std::optional<std::string> client; // of one's own
    std::optional<PersonBrief> about; // who came in or went
    std::optional<Instant> opens_at; // of an automatic answer: when the hours begin again
    std::vector<ConversationFile> files;
};
BOOST_DESCRIBE_STRUCT(
    Message, (), (position, kind, author, side, body, at, is_own, is_withdrawn, may_withdraw_until, client, about, opens_at, files))

struct ListMessages {
    ConversationId id;
    std::optional<Position> after; // what came since; left out: the latest
    std::optional<Position> before;
    std::optional<Limit> limit; // 50 when it is left out
};
BOOST_DESCRIBE_STRUCT(ListMessages, (), (id, after, before, limit))

struct MessageList {
    std::vector<Message> items; // the oldest first
    bool has_earlier = false, has_later = false;
};
BOOST_DESCRIBE_STRUCT(MessageList, (), (items, has_earlier, has_later))

struct SendMessage {
    ConversationId id;
    ClientKey client;
    Text<0, 2000> body;
    std::vector<ConversationFileId> files;
    std::optional<bool> is_sure; // although it holds a private number
};
BOOST_DESCRIBE_STRUCT(SendMessage, (), (id, client, body, files, is_sure))
void check(SendMessage const&, Problems&);

MessageList list_messages(Call&, ListMessages const&);
// 409 where nobody is left to read it, 422 "private_number" at /body.
Message send_message(Call&, SendMessage const&);

// For this module. 422 at /body where the text holds a number and nobody said that it is meant.
void require_no_numbers(std::string_view text, std::optional<bool> is_sure);
// What the viewer writes: stored, the state of the conversation moved on, answered by the office hours, and told.
void write_text(Call&, OwnConversation&, std::string const& body, std::string const& client);
// Adds a line that nobody wrote.
void add_line(Call&, ConversationRow&, PersonId author, MessageKind, std::int64_t about, std::string const& body = {});
// What add_line and write_text changed of the conversation itself.
void store_progress(Call&, ConversationRow const&);
// As they are shown to a person; `with_withdrawn` also shows what was taken back.
enum class Withdrawn { hidden, shown };
std::vector<Message> views_of(
    Call&, ConversationRow const&, std::vector<MemberRow> const& all_members, std::vector<MessageRow> rows, Withdrawn);
std::vector<MemberRow> all_members_of(Call&, ConversationId);

Routes message_routes();

} // namespace concentric::conversations
