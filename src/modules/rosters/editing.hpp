#pragma once

#include "modules/rosters/access.hpp"

// A roster with its posts: begun, changed, offered to families, ended.
namespace concentric::rosters {

struct DutyPostContent {
    Text<1, 60> name;
    Text<0, 120> place;
    Weekdays weekdays;
    Within<0, 1439> from_minute;
    Within<1, 1440> until_minute; // of the same day
    Within<0, 20> parents, staff, police, community; // how many people of which sort
};
BOOST_DESCRIBE_STRUCT(DutyPostContent, (), (name, place, weekdays, from_minute, until_minute, parents, staff, police, community))

struct StartRoster {
    std::optional<OrganisationId> organisation; // the viewer's own when it is left out
    Text<1, 80> title;
    RosterKind kind = RosterKind::safety_duty;
    std::optional<Day> from, to; // the running term when they are left out
    std::optional<Within<0, 168>> give_back_hours; // a day when it is left out
    std::vector<DutyPostContent> posts;
};
BOOST_DESCRIBE_STRUCT(StartRoster, (), (organisation, title, kind, from, to, give_back_hours, posts))
void check(StartRoster const&, Problems&);

// What is left out stays.
struct ChangeRoster {
    RosterId id;
    std::optional<Text<1, 80>> title;
    std::optional<Day> to;
    std::optional<Within<0, 168>> give_back_hours;
    std::optional<bool> takes_families;
};
BOOST_DESCRIBE_STRUCT(ChangeRoster, (), (id, title, to, give_back_hours, takes_families))

struct OneRoster {
    RosterId id;
};
BOOST_DESCRIBE_STRUCT(OneRoster, (), (id))

struct AddPost : DutyPostContent {
    RosterId roster;
};
BOOST_DESCRIBE_STRUCT(AddPost, (DutyPostContent), (roster))
void check(AddPost const&, Problems&);
struct SavePost : DutyPostContent {
    DutyPostId id;
};
BOOST_DESCRIBE_STRUCT(SavePost, (DutyPostContent), (id))
void check(SavePost const&, Problems&);
struct OnePost {
    DutyPostId id;
};
BOOST_DESCRIBE_STRUCT(OnePost, (), (id))

struct InviteFamilies {
    RosterId id;
    std::optional<OrganisationId> unit; // a grade or class; everybody of the roster's organisation when it is left out
};
BOOST_DESCRIBE_STRUCT(InviteFamilies, (), (id, unit))

struct RosterView start_roster(Call&, StartRoster const&);
struct RosterView change_roster(Call&, ChangeRoster const&);
// Nothing more can be entered in it; turns to come go.
struct RosterView close_roster(Call&, OneRoster const&);
struct RosterView add_post(Call&, AddPost const&);
// Turns to come follow with the next planning.
struct RosterView save_post(Call&, SavePost const&);
// 409 once somebody served there.
struct RosterView remove_post(Call&, OnePost const&);
// A letter to those who may come in by themselves and have not. Sending it again tells them again.
Nothing invite_families(Call&, InviteFamilies const&);

} // namespace concentric::rosters
