#pragma once

#include "core/route.hpp"

#include <span>

// The one place where people find what the platform has to tell them, whatever part of it speaks; every other way in which
// something reaches them only says that it lies there.
namespace concentric::inbox {

using LetterId = Id<struct LetterTag>;
using InboxItemId = Id<struct InboxItemTag>;

// What a letter is about: people look for it by that.
enum class LetterKind { account, family, training, activity, recognition, notice, feed, conversation, join_request };
BOOST_DESCRIBE_ENUM(LetterKind, account, family, training, activity, recognition, notice, feed, conversation, join_request)

// Written once, whoever gets it. English may be left empty where somebody wrote in Chinese only, as schools do.
struct Letter {
    LetterKind kind = LetterKind::account;
    Words title; // up to 200 characters
    Words body; // plain text; may be empty
    std::string link; // a page of the platform, "/activities/123"; may be empty
    bool is_urgent = false;
    OrganisationId office{}; // in whose name it is written; none: the platform's own
};

// Tells people within the caller's transaction, each once however often they are named. Nobody gets a letter that rolls back.
// Publishes News{"inbox"} and LetterDelivered for them.
LetterId tell(Call&, std::span<std::int64_t const> people, Letter const&);
LetterId tell(Call&, PersonId, Letter const&);

// A letter of somebody's own, and whom it is for.
struct AddressedLetter {
    Letter letter;
    std::vector<std::int64_t> people;
};
// Tells many families each their own, such as the time at which a teacher comes to them: the same number of statements however many
// there are, but for urgent ones.
void tell_each(Call&, std::span<AddressedLetter const>);

// For what heaps up at one page, such as families who wait to be let in: whoever has not read the last letter of this kind about
// this page finds its words changed, and only the others are told.
void tell_merged(Call&, std::span<std::int64_t const> people, Letter const&);
// Changes those words without telling anybody.
void reword_unread(Call&, std::span<std::int64_t const> people, Letter const&);
// Nothing is left to do at that page.
void mark_read_about(Call&, std::span<std::int64_t const> people, LetterKind, std::string const& link);

// The same in two steps, for what goes to thousands: the letter first, and then to one part of the people after the other, each in
// a transaction of its own. Who has it already does not get it twice.
LetterId write(Call&, Letter const&);
void deliver(Call&, LetterId, std::span<std::int64_t const> people);
// For whoever knows that none of these people, who are there, has it yet: half the time. If one has it, the transaction fails.
void deliver_first(Call&, LetterId, std::span<std::int64_t const> people);
// Everybody who has it sees from now on that it was taken back, instead of what it said.
void withdraw(Call&, LetterId);
// For what was read, confirmed or answered elsewhere.
void mark_read(Call&, LetterId, std::span<std::int64_t const> people);

struct InboxItem {
    InboxItemId id;
    Instant at;
    LetterKind kind = LetterKind::account;
    std::string title, body, link;
    bool is_urgent = false, is_read = false, is_withdrawn = false;
};
BOOST_DESCRIBE_STRUCT(InboxItem, (), (id, at, kind, title, body, link, is_urgent, is_read, is_withdrawn))

struct FindInbox {
    std::optional<bool> unread; // only those
    std::optional<LetterKind> kind;
    std::optional<Text<1, 60>> search; // in title and body
    std::optional<InboxItemId> before;
    std::optional<Limit> limit; // 20 when it is left out
};
BOOST_DESCRIBE_STRUCT(FindInbox, (), (unread, kind, search, before, limit))

struct FollowInbox {
    std::optional<InboxItemId> after; // left out: from the beginning
    std::optional<Limit> limit; // 100 when it is left out
};
BOOST_DESCRIBE_STRUCT(FollowInbox, (), (after, limit))

struct InboxNews {
    std::vector<InboxItem> items; // the oldest first
    InboxItemId cursor; // to be handed back as `after`
    bool has_more = false; // ask again at once
};
BOOST_DESCRIBE_STRUCT(InboxNews, (), (items, cursor, has_more))

struct InboxUnread {
    std::int64_t unread = 0; // 100 stands for a hundred or more
};
BOOST_DESCRIBE_STRUCT(InboxUnread, (), (unread))

struct ReadInboxItems {
    std::vector<InboxItemId> ids;
};
BOOST_DESCRIBE_STRUCT(ReadInboxItems, (), (ids))
void check(ReadInboxItems const&, Problems&);

// What the viewer was told, the newest first; `next` of a page is the `before` of the one after it.
Page<InboxItem> list_inbox(Call&, FindInbox const&);
// What came after a cursor, for clients that keep what they have seen. A transaction may commit later than one with a greater id,
// so the cursor never comes nearer than a minute to the present and what is newer is told again: a client forgets doubles by id,
// and loses nothing.
InboxNews follow_inbox(Call&, FollowInbox const&);
InboxUnread count_unread(Call&, Nothing const&);
Nothing read_items(Call&, ReadInboxItems const&);
Nothing read_all(Call&, Nothing const&);

Routes routes();
void subscribe(Events&);

} // namespace concentric::inbox
