#pragma once

#include "modules/calendar/own.hpp"

// Addresses under which a telephone or Outlook reads somebody's calendar: whoever knows one reads it, so it can be made anew and
// taken away, and what leaves by it is the least that is of use.
namespace concentric::calendar {

using FeedId = Id<struct CalendarFeedTag>;

enum class FeedScope { own, own_and_children };
BOOST_DESCRIBE_ENUM(FeedScope, own, own_and_children)

struct FeedRow {
    std::int64_t county = 0;
    FeedId id;
    PersonId person;
    std::string name;
    FeedScope scope = FeedScope::own;
    std::string token_hash;
    std::string language; // "zh" or "en": that it was made in
    Instant created_at, read_at;
};
BOOST_DESCRIBE_STRUCT(FeedRow, (), (county, id, person, name, scope, token_hash, language, created_at, read_at))

struct FeedView {
    FeedId id;
    std::string name;
    FeedScope scope = FeedScope::own;
    Instant created_at;
    std::optional<Instant> read_at; // left out: never yet
    std::optional<std::string> path; // the address below this installation's own; only in the answer that makes it
};
BOOST_DESCRIBE_STRUCT(FeedView, (), (id, name, scope, created_at, read_at, path))
struct Feeds {
    std::vector<FeedView> items;
};
BOOST_DESCRIBE_STRUCT(Feeds, (), (items))

struct CreateFeed {
    Text<1, 40> name; // "我的手机"
    FeedScope scope = FeedScope::own;
};
BOOST_DESCRIBE_STRUCT(CreateFeed, (), (name, scope))
struct OneFeed {
    FeedId id;
};
BOOST_DESCRIBE_STRUCT(OneFeed, (), (id))
struct ReadFeed {
    Text<1, 80> token;
};
BOOST_DESCRIBE_STRUCT(ReadFeed, (), (token))

Feeds list_feeds(Call&, Nothing const&);
// Five for each person at most.
FeedView create_feed(Call&, CreateFeed const&);
// Another address in place of the one before, which ends at once.
FeedView renew_feed(Call&, OneFeed const&);
Nothing revoke_feed(Call&, OneFeed const&);
// From 30 days ago to a year from now. 404 for an address that is not, or no longer, one; also when its owner may not log in any
// more.
Download read_feed(Call&, ReadFeed const&);
// The same for oneself, as a file to keep.
Download own_file(Call&, Nothing const&);

Routes feed_routes();

} // namespace concentric::calendar
