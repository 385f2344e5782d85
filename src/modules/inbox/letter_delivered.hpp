#pragma once

#include "modules/inbox/inbox.hpp"

// For parts above the inbox, which tell people outside of the platform that something lies there.
namespace concentric::inbox {

// Published in the transaction in which a letter came into people's inboxes, each part of them by itself.
struct LetterDelivered {
    LetterId letter;
    LetterKind kind = LetterKind::account;
    bool is_urgent = false;
    std::span<std::int64_t const> people;
};

// Pieces for their statements: `i` are items with person, letter and at, `l` their letters with id, title_zh, title_en, office and
// is_urgent; the condition leaves what is neither read nor taken back. Moments of the class feed stay within the platform.
#define CONCENTRIC_INBOX_ITEMS "inbox_items i JOIN inbox_letters l ON l.county = i.county AND l.id = i.letter"
#define CONCENTRIC_INBOX_UNREAD "i.read_at = 0 AND l.withdrawn_at = 0 AND l.kind <> 'feed'"

} // namespace concentric::inbox
