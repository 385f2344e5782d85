#pragma once

#include "core/route.hpp"
#include "modules/delivery/channels.hpp"
#include "modules/inbox/inbox.hpp"

// What those who send see of it: which channels work, what went by them, and whom nothing reached.
namespace concentric::delivery {

struct ChannelState {
    Channel channel = Channel::wechat;
    std::string name;
    bool is_set_up = false, takes_digests = false;
};
BOOST_DESCRIBE_STRUCT(ChannelState, (), (channel, name, is_set_up, takes_digests))

struct Figure {
    Day day;
    std::string channel; // of Channel, or "none": no way was left
    Verdict verdict = Verdict::sent;
    std::string reason;
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Figure, (), (day, channel, verdict, reason, number))

struct Overview {
    std::vector<ChannelState> channels;
    std::vector<Figure> figures; // of the last 14 days, the latest first
    std::int64_t waiting = 0; // under way now
    std::optional<Day> last_digest;
};
BOOST_DESCRIBE_STRUCT(Overview, (), (channels, figures, waiting, last_digest))
Overview overview(Call&, Nothing const&);

struct TryChannel {
    Channel channel = Channel::wechat;
};
BOOST_DESCRIBE_STRUCT(TryChannel, (), (channel))
struct Tried {
    Verdict verdict = Verdict::sent;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Tried, (), (verdict, reason))
// Sends a message to the viewer's own address. 404 where the channel is not set up, 409 where it does not lead to the viewer.
Tried try_channel(Call&, TryChannel const&);

struct UnreachedLetter {
    inbox::LetterId letter;
    std::string title;
    std::optional<std::string> office;
    Instant at;
    std::int64_t people = 0;
};
BOOST_DESCRIBE_STRUCT(UnreachedLetter, (), (letter, title, office, at, people))
struct UnreachedLetters {
    std::vector<UnreachedLetter> items;
};
BOOST_DESCRIBE_STRUCT(UnreachedLetters, (), (items))
// Urgent letters of the offices within reach that are unread by people for whom no way is left; the latest 100 of a month.
UnreachedLetters list_unreached(Call&, Nothing const&);

struct UnreachedOf {
    inbox::LetterId letter;
    std::optional<PersonId> after;
    std::optional<Limit> limit; // 50 when it is left out
};
BOOST_DESCRIBE_STRUCT(UnreachedOf, (), (letter, after, limit))
struct UnreachedPerson {
    PersonId person;
    std::string name;
    std::optional<std::string> place; // a school or office of theirs, or the class of a carer's child within the viewer's reach
    std::vector<std::string> children; // of a carer, within the viewer's reach
    std::int64_t ways = 0; // that took the message without its being read
};
BOOST_DESCRIBE_STRUCT(UnreachedPerson, (), (person, name, place, children, ways))
Page<UnreachedPerson> unreached_people(Call&, UnreachedOf const&);

Routes overview_routes();

} // namespace concentric::delivery
