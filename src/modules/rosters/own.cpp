#include "modules/rosters/own.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/families/rights.hpp"
#include "modules/rosters/telling.hpp"

#include <algorithm>

namespace concentric::rosters {
namespace {

constexpr std::int64_t open_days = 14; // that a missed turn stands among those to come

OwnShift own_view(Call& call, OwnedShift const& row)
{
    OwnShift own;
    static_cast<ShiftView&>(own) = view_of(call, row);
    own.roster_title = row.roster_title;
    bool const is_near = call.now.milliseconds >= row.starts_at.milliseconds - around
        && call.now.milliseconds <= row.ends_at.milliseconds + around;
    bool const is_open = row.state == ShiftState::planned || row.state == ShiftState::present;
    own.may_scan = is_near && is_open;
    own.may_claim = row.ends_at <= call.now && is_open && row.roster_state == RosterState::published;
    own.may_give_back = row.state == ShiftState::planned
        && call.now.milliseconds <= row.starts_at.milliseconds - row.give_back_hours * 60 * minute;
    return own;
}

void add_shifts(Call& call, PersonId own, OwnDuties& duties)
{
    static std::string const base = shift_columns() + " WHERE s.county = $1 AND s.person = $2 AND r.state <> 'draft' AND ";
    static std::string const open
        = base + "s.state IN ('planned', 'present') AND s.ends_at > $3 ORDER BY s.starts_at, s.id LIMIT 200";
    static std::string const past
        = base + "s.starts_at < $3 AND s.state IN ('done', 'claimed') ORDER BY s.starts_at DESC, s.id DESC LIMIT 20";
    Instant const since{call.now.milliseconds - open_days * 24 * 60 * minute};
    for (auto const& row : call.db.rows<OwnedShift>(open, call.county, own, since))
        duties.items.push_back(own_view(call, row));
    for (auto const& row : call.db.rows<OwnedShift>(past, call.county, own, call.now))
        duties.past.push_back(own_view(call, row));
}

OwnRoster view_of_roster(Call& call, OwnedRoster const& row, MemberRow const* member)
{
    OwnRoster view;
    view.id = row.id;
    view.title = row.title;
    view.organisation_name = row.organisation_name;
    view.kind = row.kind;
    view.from = row.from_day;
    view.to = row.to_day;
    if (!member)
        return view;
    view.is_member = true;
    view.is_leader = member->is_leader;
    view.wished = reflect::from_json<Weekdays>(member->wished);
    view.blocked = reflect::from_json<Weekdays>(member->blocked);
    if (view.is_leader)
        view.posts = call.db.rows<directory::PersonBrief>(
            "SELECT id, name FROM roster_posts WHERE county = $1 AND roster = $2 ORDER BY from_minute, id", call.county, row.id);
    return view;
}

std::vector<OwnedRoster> rosters_where(Call& call, std::string const& condition, std::int64_t parameter)
{
    static std::string const base = "SELECT r.*, o.name AS organisation_name, o.path AS organisation_path FROM rosters r "
        + directory::joined_organisation("o", "r.county", "r.organisation") + " WHERE r.county = $1 AND r.state <> 'closed' AND ";
    return call.db.rows<OwnedRoster>(base + condition + " ORDER BY r.id", call.county, parameter);
}

// Rosters of the schools at or above a child's class.
std::vector<OwnedRoster> offered_to(Call& call, directory::Child const& child)
{
    auto found = rosters_where(call, "r.takes_families = TRUE AND r.to_day >= $2", call.today().number);
    std::erase_if(
        found, [&](auto const& roster) { return child.path.empty() || !child.path.starts_with(roster.organisation_path); });
    return found;
}

void add_rosters(Call& call, PersonId own, OwnDuties& duties)
{
    for (auto const& row :
        rosters_where(call,
            "EXISTS (SELECT 1 FROM roster_members m WHERE m.county = r.county AND m.roster = r.id AND m.person = $2)", own.value)) {
        auto const member = member_of(call, row.id, own);
        duties.rosters.push_back(view_of_roster(call, row, &*member));
    }
    for (auto const& child : directory::children_of(call, own)) {
        if (!families::may(call, child.id, families::Right::confirm))
            continue;
        for (auto const& row : offered_to(call, child))
            if (std::ranges::find(duties.rosters, row.id, &OwnRoster::id) == duties.rosters.end())
                duties.rosters.push_back(view_of_roster(call, row, nullptr));
    }
}

PersonId child_for(Call& call, PersonId own, OwnedRoster const& roster)
{
    for (auto const& child : directory::children_of(call, own))
        if (child.path.starts_with(roster.organisation_path) && families::may(call, child.id, families::Right::confirm))
            return child.id;
    return {};
}

} // namespace

void check(JoinRoster const& input, Problems& problems) { check(static_cast<Weekly const&>(input), problems); }

OwnDuties show_own(Call& call, Nothing const&)
{
    auto const own = own_record(call);
    OwnDuties duties;
    add_shifts(call, own, duties);
    duties.swaps = open_swaps(call, own);
    for (auto const& swap : duties.swaps)
        for (auto& shift : duties.items)
            if (swap.is_mine && swap.shift.id == shift.id)
                shift.question = swap.id;
    add_rosters(call, own, duties);
    return duties;
}

OwnDuties join_roster(Call& call, JoinRoster const& input)
{
    call.db.hold({input.id.value});
    auto const roster = roster_with(call, input.id);
    auto const own = own_record(call);
    auto member = roster ? member_of(call, roster->id, own) : std::nullopt;
    auto const child = roster ? child_for(call, own, *roster) : PersonId{};
    if (!roster || (!member && (!child || !roster->takes_families)))
        throw not_found(the_roster);
    require_open(*roster);
    Json const wished(to_json(input.wished)), blocked(to_json(input.blocked));
    if (member)
        call.db.execute("UPDATE roster_members SET wished = $4, blocked = $5 WHERE county = $1 AND roster = $2 AND person = $3",
            call.county, roster->id, own, wished, blocked);
    else
        put_member(call, {call.county, roster->id, own, Sort::parent, child, {}, false, false, wished, blocked, call.now});
    return show_own(call, {});
}

OwnDuties leave_roster(Call& call, OneRoster const& input)
{
    call.db.hold({input.id.value});
    auto const roster = roster_with(call, input.id);
    auto const own = own_record(call);
    if (!roster || !member_of(call, roster->id, own))
        throw not_found(the_roster);
    auto const gaps
        = call.db.value<std::int64_t>("SELECT count(*) AS value FROM roster_shifts WHERE county = $1 AND roster = $2 AND "
                                      "person = $3 AND state = 'planned' AND starts_at > $4",
            call.county, roster->id, own, call.now);
    let_go(call, roster->id, own);
    if (gaps.value_or(0) && roster->state == RosterState::published)
        tell_vouchers(call, roster->id, {call.viewer.name + " 退出了执勤安排", call.viewer.name + " left the roster"},
            {"有值勤空出来了，请补人。", "There are gaps to be filled."});
    return show_own(call, {});
}

} // namespace concentric::rosters
