#pragma once

#include "modules/rosters/members.hpp"
#include "modules/rosters/swaps.hpp"

// A person's own duties: what is to come, what others ask, what may be joined.
namespace concentric::rosters {

struct OwnShift : ShiftView {
    std::string roster_title;
    bool may_scan = false; // now is around the turn
    bool may_claim = false; // it is over, and nobody scanned
    bool may_give_back = false;
    std::optional<SwapId> question; // that the viewer asked about it
};
BOOST_DESCRIBE_STRUCT(OwnShift, (ShiftView), (roster_title, may_scan, may_claim, may_give_back, question))

struct OwnRoster {
    RosterId id;
    std::string title, organisation_name;
    RosterKind kind = RosterKind::safety_duty;
    Day from, to;
    bool is_member = false, is_leader = false;
    Weekdays wished, blocked;
    std::vector<directory::PersonBrief> posts; // id and name of those whose code a leader may show
};
BOOST_DESCRIBE_STRUCT(OwnRoster, (), (id, title, organisation_name, kind, from, to, is_member, is_leader, wished, blocked, posts))

struct OwnDuties {
    std::vector<OwnShift> items; // to come, and open ones of the last two weeks; by time
    std::vector<OwnShift> past; // the last twenty, the newest first
    std::vector<SwapView> swaps; // open questions, asked by the viewer or of them
    std::vector<OwnRoster> rosters; // that the viewer is in, or may come into as a child's carer
};
BOOST_DESCRIBE_STRUCT(OwnDuties, (), (items, past, swaps, rosters))

struct JoinRoster : Weekly {
    RosterId id;
};
BOOST_DESCRIBE_STRUCT(JoinRoster, (Weekly), (id))
void check(JoinRoster const&, Problems&);

OwnDuties show_own(Call&, Nothing const&);
// Comes in, or says anew which days suit. 404 for rosters of schools where the viewer has no child.
OwnDuties join_roster(Call&, JoinRoster const&);
// Turns to come become gaps.
OwnDuties leave_roster(Call&, OneRoster const&);

} // namespace concentric::rosters
