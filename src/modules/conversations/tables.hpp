#pragma once

#include "core/call.hpp"
#include "core/sealed.hpp"
#include "modules/inbox/inbox.hpp"

// The rows of conversations between school and home; only this module reads and writes them.
namespace concentric::conversations {

using ConversationId = Id<struct ConversationTag>;
using ConversationFileId = Id<struct ConversationFileTag>;
using ConversationReportId = Id<struct ConversationReportTag>;

// On which side of it somebody is. Whoever teaches and has a child at the school may be on either, each in its own conversation.
enum class Side { staff, carer };
BOOST_DESCRIBE_ENUM(Side, staff, carer)

// As the school's side sees its work: a carer waits for an answer; they have one; to be followed up; done.
enum class ConversationState { unanswered, answered, waiting, done };
BOOST_DESCRIBE_ENUM(ConversationState, unanswered, answered, waiting, done)

// What somebody wrote, what the office hours answered, who came in or went, and that a leader looked at it after a report.
enum class MessageKind { text, automatic, joined, left, inspected };
BOOST_DESCRIBE_ENUM(MessageKind, text, automatic, joined, left, inspected)

enum class ReportState { open, working, closed };
BOOST_DESCRIBE_ENUM(ReportState, open, working, closed)

// What the writer's phone or browser calls a message, so that sending it again changes nothing: random, of this length.
using ClientKey = Text<8, 64>;

struct ConversationRow {
    std::int64_t county = 0;
    ConversationId id;
    PersonId student; // none: of a class's committee
    OrganisationId unit; // the class, of a child the one it was in at the beginning
    SealedText subject;
    bool is_confidential = false;
    ConversationState state = ConversationState::answered;
    Instant asked_at; // since when a carer waits; 0: nobody does
    std::int64_t last_position = 0;
    std::int64_t moved = 0; // grows with every message: the order of lists
    Instant automatic_until; // until then the office hours have answered
    Instant tell_at; // when a job tells those who are out of their hours; 0: none waits
    std::string client;
    PersonId created_by;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(ConversationRow, (),
    (county, id, student, unit, subject, is_confidential, state, asked_at, last_position, moved, automatic_until, tell_at, client,
        created_by, created_at))

struct MemberRow {
    std::int64_t county = 0;
    ConversationId conversation;
    PersonId person;
    Side side = Side::carer;
    std::int64_t read_position = 0;
    inbox::LetterId letter;
    PersonId added_by;
    Instant added_at, left_at;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (county, conversation, person, side, read_position, letter, added_by, added_at, left_at))

struct MessageRow {
    std::int64_t county = 0;
    ConversationId conversation;
    std::int64_t position = 0;
    PersonId author;
    MessageKind kind = MessageKind::text;
    SealedText body;
    std::int64_t about = 0; // automatic: when the hours begin again; joined, left: who
    Instant at, withdrawn_at;
    std::string client;
};
BOOST_DESCRIBE_STRUCT(MessageRow, (), (county, conversation, position, author, kind, body, about, at, withdrawn_at, client))

struct FileRow {
    std::int64_t county = 0;
    ConversationId conversation;
    ConversationFileId id;
    std::int64_t position = 0; // of its message; 0: not sent yet
    std::string file_name, content_type;
    std::int64_t size = 0;
    std::string blob;
    PersonId added_by;
    Instant added_at;
};
BOOST_DESCRIBE_STRUCT(FileRow, (), (county, conversation, id, position, file_name, content_type, size, blob, added_by, added_at))

struct AnswerRow {
    std::int64_t county = 0;
    ConversationId conversation;
    std::int64_t position = 0;
    OrganisationId unit;
    PersonId answered_by;
    Instant asked_at, answered_at;
};
BOOST_DESCRIBE_STRUCT(AnswerRow, (), (county, conversation, position, unit, answered_by, asked_at, answered_at))

struct ReportRow {
    std::int64_t county = 0;
    ConversationReportId id;
    ConversationId conversation;
    OrganisationId school;
    std::int64_t position = 0; // of the message that it is about; 0: the whole
    std::int64_t until_position = 0;
    SealedText reason;
    ReportState state = ReportState::open;
    SealedText outcome;
    PersonId reported_by;
    Instant reported_at;
    PersonId decided_by;
    Instant decided_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ReportRow, (),
    (county, id, conversation, school, position, until_position, reason, state, outcome, reported_by, reported_at, decided_by,
        decided_at, version))

inline Words const the_conversation{"对话", "conversation"};

} // namespace concentric::conversations
