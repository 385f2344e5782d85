#pragma once

#include "core/jobs.hpp"
#include "modules/conversations/standing.hpp"

// Who hears when of something unread: at once within a teacher's hours and outside of families' quiet hours, else when these begin
// or end. Nobody is told what was written; of a confidential conversation not even by whom.
namespace concentric::conversations {

// On the school's side, who is there first.
struct FirstOpen {
    PersonId person;
    Instant opens_at;
    std::string answer; // of one's own, to be added to the automatic one
};
std::optional<FirstOpen> first_open(Call&, OwnConversation const&);
// When those to whom the viewer writes hear of it; nothing: at once.
std::optional<Instant> told_at(Call&, OwnConversation const&);

// One letter for each member in whose conversation something is unread, and News for those who are connected.
void tell_members(Call&, ConversationId);
// News only: something that they may look at has changed.
void refresh_members(Call&, OwnConversation const&);
// The viewer has read up to there; the letter is settled when nothing is left.
void note_reading(Call&, OwnConversation const&, std::int64_t position);

void handle_telling_jobs(Jobs&);

// For statements about members `m`: how much is unread.
#define CONCENTRIC_UNREAD_MESSAGES                                                                                                 \
    "(SELECT count(*) FROM conversation_messages x WHERE x.county = m.county AND x.conversation = m.conversation AND x.position "  \
    "> "                                                                                                                           \
    "m.read_position AND x.author <> m.person AND x.kind IN ('text', 'inspected') AND x.withdrawn_at = 0)"

} // namespace concentric::conversations
