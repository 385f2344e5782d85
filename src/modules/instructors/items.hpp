#pragma once

#include "modules/directory/words.hpp"
#include "modules/instructors/tables.hpp"

// The training menu as instructors write it and officials look at it: what somebody offers, for whom, how long and in which form.
namespace concentric::instructors {

struct ItemView {
    ItemId id;
    std::string title, summary; // Markdown
    std::vector<Topic> topics;
    std::vector<directory::StageName> stages; // of the children; empty: all
    Audience audience = Audience::families;
    Form form = Form::lecture;
    std::int64_t minutes = 0;
    bool online = false, on_site = false;
    ItemState state = ItemState::draft;
    std::string reason; // why it was refused
    Instant changed_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ItemView, (),
    (id, title, summary, topics, stages, audience, form, minutes, online, on_site, state, reason, changed_at, version))

struct ItemFields {
    Text<2, 80> title;
    Text<0, 5000> summary;
    std::vector<Topic> topics;
    std::vector<directory::StageName> stages;
    Audience audience = Audience::families;
    Form form = Form::lecture;
    Within<15, 480> minutes{60};
    bool online = false, on_site = true;
    bool is_published = false; // goes into the menu, or to an official first where the county wants that; else a draft
};
BOOST_DESCRIBE_STRUCT(ItemFields, (), (title, summary, topics, stages, audience, form, minutes, online, on_site, is_published))
void check(ItemFields const&, Problems&);

struct ChangeItem : ItemFields {
    ItemId id;
};
BOOST_DESCRIBE_STRUCT(ChangeItem, (ItemFields), (id))
struct OneItem {
    ItemId id;
};
BOOST_DESCRIBE_STRUCT(OneItem, (), (id))

struct DecideItem {
    ItemId id;
    bool is_accepted = false;
    std::optional<Text<2, 500>> reason; // needed to refuse
};
BOOST_DESCRIBE_STRUCT(DecideItem, (), (id, is_accepted, reason))
void check(DecideItem const&, Problems&);

struct WaitingItem : ItemView {
    directory::PersonBrief instructor;
};
BOOST_DESCRIBE_STRUCT(WaitingItem, (ItemView), (instructor))
struct WaitingItems {
    std::vector<WaitingItem> items; // that wait for an official, the oldest first; 200 at most
};
BOOST_DESCRIBE_STRUCT(WaitingItems, (), (items))

// 409 for whoever is in none of the groups.
ItemView add_item(Call&, ItemFields const&);
ItemView change_item(Call&, ChangeItem const&);
ItemView withdraw_item(Call&, OneItem const&);
WaitingItems list_waiting_items(Call&, Nothing const&);
ItemView decide_item(Call&, DecideItem const&);

std::vector<ItemView> items_of(Call&, PersonId); // the newest first
ItemView view_of(ItemRow const&);
std::optional<ItemRow> item_with(Call&, ItemId);

} // namespace concentric::instructors
