#pragma once

#include "modules/directory/posts.hpp"
#include "modules/rosters/editing.hpp"

// A roster as those see it who run it: posts, the weeks with their gaps, the history of changes, and the sheet.
namespace concentric::rosters {

struct DutyPostView : DutyPostContent {
    DutyPostId id;
};
BOOST_DESCRIBE_STRUCT(DutyPostView, (DutyPostContent), (id))

struct RosterFigures {
    std::int64_t members = 0;
    std::int64_t turns = 0, gaps = 0; // gaps: turns to come without anybody
    std::int64_t done = 0, unsigned_hours = 0; // unsigned_hours: by hand, which wait for a signature
};
BOOST_DESCRIBE_STRUCT(RosterFigures, (), (members, turns, gaps, done, unsigned_hours))

struct RosterView {
    RosterId id;
    directory::PersonBrief organisation; // id and name
    std::string title;
    RosterKind kind = RosterKind::safety_duty;
    Day from, to;
    std::int64_t give_back_hours = 0;
    bool takes_families = true;
    RosterState state = RosterState::draft;
    RosterFigures figures;
    std::vector<DutyPostView> posts; // not in lists
    bool may_manage = false; // otherwise the viewer leads its duties
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(RosterView, (),
    (id, organisation, title, kind, from, to, give_back_hours, takes_families, state, figures, posts, may_manage, version))

struct ListRosters {
    std::optional<RosterState> state;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit; // 50 when it is left out
};
BOOST_DESCRIBE_STRUCT(ListRosters, (), (state, after, limit))

struct ShiftView {
    ShiftId id;
    RosterId roster;
    DutyPostId post;
    std::string post_name, place;
    Instant starts_at, ends_at;
    Sort sort = Sort::parent;
    std::optional<directory::PersonBrief> person; // left out: a gap
    bool is_pinned = false;
    ShiftState state = ShiftState::planned;
    Source source = Source::none;
    std::optional<Instant> arrived_at, left_at;
    std::int64_t minutes = 0;
    bool may_sign = false; // hours by hand that another person entered
    bool is_asked = false; // the person looks for somebody to swap or to cover
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ShiftView, (),
    (id, roster, post, post_name, place, starts_at, ends_at, sort, person, is_pinned, state, source, arrived_at, left_at, minutes,
        may_sign, is_asked, version))

struct ListShifts {
    RosterId id;
    Day from, to; // both included; 31 days at most
};
BOOST_DESCRIBE_STRUCT(ListShifts, (), (id, from, to))
void check(ListShifts const&, Problems&);
struct Shifts {
    std::vector<ShiftView> items; // by time and post
};
BOOST_DESCRIBE_STRUCT(Shifts, (), (items))

struct ChangeView {
    ChangeId id;
    Instant at, starts_at; // starts_at: of the turn
    ShiftId shift;
    ChangeKind kind = ChangeKind::laid;
    std::string before, after, by; // names
    std::int64_t before_minutes = 0, after_minutes = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ChangeView, (), (id, at, starts_at, shift, kind, before, after, by, before_minutes, after_minutes, reason))
struct ListChanges {
    RosterId id;
    std::optional<Text<1, 40>> after; // a page's `next`
    std::optional<Limit> limit; // 50 when it is left out
};
BOOST_DESCRIBE_STRUCT(ListChanges, (), (id, after, limit))

// Within reach, the newest first.
Page<RosterView> list_rosters(Call&, ListRosters const&);
// For those who manage it or lead its duties.
RosterView show_roster(Call&, OneRoster const&);
Shifts list_shifts(Call&, ListShifts const&);
Download shifts_sheet(Call&, OneRoster const&);
Page<ChangeView> list_changes(Call&, ListChanges const&);

ShiftView view_of(Call&, OwnedShift const&);

} // namespace concentric::rosters
