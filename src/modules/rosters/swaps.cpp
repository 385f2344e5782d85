#include "modules/rosters/swaps.hpp"

#include "modules/rosters/attendance.hpp"
#include "modules/rosters/planning.hpp"
#include "modules/rosters/rotation.hpp"
#include "modules/rosters/telling.hpp"

#include <algorithm>

namespace concentric::rosters {
namespace {

void require_to_come(Call const& call, OwnedShift const& shift)
{
    if (shift.state != ShiftState::planned || shift.starts_at <= call.now || shift.roster_state != RosterState::published)
        throw conflict({"这次值勤已经开始或已取消，不能换人。", "This turn began or was called off: it does not change hands."});
}

bool is_blocked(MemberRow const& member, Day day)
{
    auto const weekday = weekday_of(days_since_1970(day));
    return std::ranges::any_of(reflect::from_json<Weekdays>(member.blocked), [&](auto one) { return one == weekday; });
}

bool is_busy(Call& call, PersonId person, ShiftRow const& at, ShiftId except)
{
    return call.db
        .value<bool>(
            "SELECT TRUE AS value FROM roster_shifts WHERE county = $1 AND person = $2 AND starts_at < $4 AND ends_at > $3 "
            "AND id <> $5 AND id <> $6",
            call.county, person, at.starts_at, at.ends_at, at.id, except)
        .has_value();
}

SwapRow open_swap(Call& call, SwapId id)
{
    static Words const the_question{"换班请求", "request to swap"};
    auto row = call.db.row<SwapRow>("SELECT * FROM roster_swaps WHERE county = $1 AND id = $2", call.county, id);
    if (!row)
        throw not_found(the_question);
    call.db.hold({row->roster.value});
    row = call.db.row<SwapRow>("SELECT * FROM roster_swaps WHERE county = $1 AND id = $2", call.county, id);
    auto const own = own_record(call);
    auto const member = member_of(call, row->roster, own);
    bool const is_asked = member && row->asked_by != own && (!row->asked || row->asked == own);
    if (row->asked_by != own && (!is_asked || member->sort != shift_with(call, row->shift).sort))
        throw not_found(the_question);
    return std::move(*row);
}

void require_answerable(Call& call, SwapRow const& swap)
{
    if (swap.state != SwapState::open)
        throw conflict({"这个请求已经有结果了。", "This request was answered already."});
    if (swap.asked_by == own_record(call))
        throw conflict({"这是您自己的请求。", "This is your own request."});
}

void finish(Call& call, SwapRow const& swap, SwapState state, ShiftId given)
{
    call.db.execute(
        "UPDATE roster_swaps SET state = $3, answered_by = $4, answered_at = $5, wanted = $6 WHERE county = $1 AND id = $2",
        call.county, swap.id, state, call.viewer.person, call.now, given);
}

void hand_over(Call& call, OwnedShift& shift, PersonId to, ChangeKind kind)
{
    auto const before = shift.person;
    shift.person = to;
    shift.is_pinned = static_cast<bool>(to);
    shift.reminded_at = {};
    store(call, shift);
    note(call, shift, kind, before, 0, "");
    // What else was asked about it has no sense any more.
    call.db.execute("UPDATE roster_swaps SET state = 'withdrawn', answered_at = $3 WHERE county = $1 AND state = 'open' AND (shift "
                    "= $2 OR wanted = $2)",
        call.county, shift.id, call.now);
}

std::vector<OwnedShift> own_turns_for(Call& call, PersonId person, OwnedShift const& asked)
{
    static std::string const sql = shift_columns()
        + " WHERE s.county = $1 AND s.roster = $2 AND s.person = $3 AND s.sort = $4 AND s.state = 'planned' AND s.starts_at > $5 "
          "ORDER BY s.starts_at, s.id LIMIT 20";
    auto const asker = member_of(call, asked.roster, asked.person);
    auto turns = call.db.rows<OwnedShift>(sql, call.county, asked.roster, person, asked.sort, call.now);
    std::erase_if(turns, [&](auto const& one) {
        return !asker || is_blocked(*asker, one.day) || is_busy(call, asked.person, one, asked.id)
            || is_busy(call, person, asked, one.id);
    });
    return turns;
}

SwapView view_of_swap(Call& call, SwapRow const& row, PersonId viewer)
{
    auto const shift = shift_with(call, row.shift);
    SwapView view;
    view.id = row.id;
    view.kind = row.kind;
    view.shift = view_of(call, shift);
    view.is_mine = row.asked_by == viewer;
    view.is_to_all = !row.asked;
    if (row.wanted)
        view.wanted = view_of(call, shift_with(call, row.wanted));
    else if (row.kind == SwapKind::swap && !view.is_mine)
        for (auto const& turn : own_turns_for(call, viewer, shift))
            view.offers.push_back(view_of(call, turn));
    return view;
}

std::vector<std::int64_t> colleagues(Call& call, OwnedShift const& shift)
{
    std::vector<std::int64_t> people;
    for (auto const& member :
        call.db.rows<MemberRow>("SELECT * FROM roster_members WHERE county = $1 AND roster = $2 AND sort = $3 "
                                "AND person <> $4 AND is_paused = FALSE",
            call.county, shift.roster, shift.sort, shift.person))
        if (!is_blocked(member, shift.day))
            people.push_back(member.person.value);
    return people;
}

PersonId asked_colleague(Call& call, OwnedShift const& shift, AskSwap const& input)
{
    if (input.wanted) {
        auto const wanted = shift_with(call, *input.wanted);
        if (wanted.roster != shift.roster || wanted.sort != shift.sort || !wanted.person || wanted.person == shift.person)
            throw invalid("/wanted", "not_found", {"请选择同一安排中同事的值勤。", "Choose a colleague's turn of this roster."});
        require_to_come(call, wanted);
        return wanted.person;
    }
    if (!input.person)
        return {};
    auto const member = member_of(call, shift.roster, *input.person);
    if (!member || member->sort != shift.sort || *input.person == shift.person)
        throw invalid("/person", "not_found", {"请选择同一安排中的同事。", "Choose a colleague of this roster."});
    return *input.person;
}

} // namespace

void check(AskSwap const& input, Problems& problems)
{
    if (input.kind == SwapKind::cover && input.wanted)
        problems.push_back({"/wanted", "forbidden", {"请人代班不用交换。", "Nothing is given in exchange for cover."}});
    if (input.kind == SwapKind::swap && input.person)
        problems.push_back(
            {"/person", "forbidden", {"换班请选择对方的一次值勤。", "For a swap choose one of the colleague's turns."}});
}

SwapView ask_swap(Call& call, AskSwap const& input)
{
    auto const shift = own_shift(call, input.id);
    require_to_come(call, shift);
    auto const known = call.db.value<bool>(
        "SELECT TRUE AS value FROM roster_swaps WHERE county = $1 AND shift = $2 AND state = 'open'", call.county, shift.id);
    if (known)
        throw conflict({"这次值勤已有一个未答复的请求，请先撤回。", "A request about this turn is open: withdraw it first."});
    SwapRow row;
    row.county = call.county;
    row.id = new_id_of<SwapId>();
    row.roster = shift.roster;
    row.shift = shift.id;
    row.asked_by = shift.person;
    row.asked = asked_colleague(call, shift, input);
    row.wanted = input.wanted.value_or(ShiftId{});
    row.kind = input.kind;
    row.asked_at = call.now;
    call.db.insert("roster_swaps", row);
    auto const people = row.asked ? std::vector<std::int64_t>{row.asked.value} : colleagues(call, shift);
    tell_members(call, people,
        input.kind == SwapKind::swap ? Words{call.viewer.name + " 想和您换班", call.viewer.name + " asks to swap a turn"}
                                     : Words{call.viewer.name + " 请人代班", call.viewer.name + " asks somebody to cover"},
        when_and_where(shift));
    return view_of_swap(call, row, shift.person);
}

Nothing accept_swap(Call& call, AcceptSwap const& input)
{
    auto const swap = open_swap(call, input.id);
    require_answerable(call, swap);
    auto const own = own_record(call);
    auto shift = shift_with(call, swap.shift);
    require_to_come(call, shift);
    if (swap.kind == SwapKind::cover) {
        require_free(call, own, shift);
        finish(call, swap, SwapState::accepted, {});
        hand_over(call, shift, own, ChangeKind::covered);
    } else {
        auto const given_id = swap.wanted ? swap.wanted : input.offered.value_or(ShiftId{});
        if (!given_id)
            throw invalid("/offered", "required", {"请选择您用来交换的一次值勤。", "Choose the turn that you give in exchange."});
        auto given = shift_with(call, given_id);
        if (given.roster != swap.roster || given.sort != shift.sort || given.person != own)
            throw invalid("/offered", "not_found", {"请选择您自己的值勤。", "Choose a turn of your own."});
        require_to_come(call, given);
        require_free(call, own, shift, given.id);
        require_free(call, swap.asked_by, given, shift.id);
        finish(call, swap, SwapState::accepted, given.id);
        hand_over(call, shift, own, ChangeKind::swapped);
        hand_over(call, given, swap.asked_by, ChangeKind::swapped);
    }
    call.version.reset();
    tell_member(call, swap.asked_by,
        {call.viewer.name + (swap.kind == SwapKind::swap ? " 同意换班" : " 来代班"), call.viewer.name + " takes your turn"},
        when_and_where(shift));
    return {};
}

Nothing decline_swap(Call& call, OneSwap const& input)
{
    auto const swap = open_swap(call, input.id);
    require_answerable(call, swap);
    if (!swap.asked)
        throw conflict({"向所有人提出的请求不用拒绝。", "What everybody was asked needs no refusal."});
    finish(call, swap, SwapState::declined, swap.wanted);
    tell_member(call, swap.asked_by, {call.viewer.name + " 这次不方便", call.viewer.name + " cannot this time"},
        when_and_where(shift_with(call, swap.shift)));
    return {};
}

Nothing withdraw_swap(Call& call, OneSwap const& input)
{
    auto const swap = open_swap(call, input.id);
    if (swap.asked_by != own_record(call))
        throw not_found({"换班请求", "request to swap"});
    if (swap.state == SwapState::open)
        finish(call, swap, SwapState::withdrawn, swap.wanted);
    return {};
}

Nothing give_back(Call& call, OneShift const& input)
{
    auto shift = own_shift(call, input.id);
    require_to_come(call, shift);
    if (call.now.milliseconds > shift.starts_at.milliseconds - shift.give_back_hours * 60 * minute)
        throw conflict({"已过退回期限，请换班、请人代班，或联系学校。",
            "It is too late to give it back: swap, ask somebody to cover, or speak to the school."});
    hand_over(call, shift, {}, ChangeKind::given_back);
    call.version.reset();
    tell_vouchers(
        call, shift.roster, {call.viewer.name + " 退回了一次值勤", call.viewer.name + " gave a turn back"}, when_and_where(shift));
    return {};
}

std::vector<SwapView> open_swaps(Call& call, PersonId person)
{
    auto const rows = call.db.rows<SwapRow>(
        "SELECT q.* FROM roster_swaps q JOIN roster_shifts s ON s.county = q.county AND s.id = q.shift JOIN roster_members m ON "
        "m.county = q.county AND m.roster = q.roster AND m.person = $2 WHERE q.county = $1 AND q.state = 'open' AND s.state = "
        "'planned' AND s.starts_at > $3 AND (q.asked_by = $2 OR q.asked = $2 OR (q.asked = 0 AND m.sort = s.sort)) ORDER BY "
        "s.starts_at, q.id LIMIT 50",
        call.county, person, call.now);
    std::vector<SwapView> views;
    for (auto const& row : rows) {
        auto view = view_of_swap(call, row, person);
        auto const member = member_of(call, row.roster, person);
        bool const is_useless = view.is_to_all && !view.is_mine
            && (is_blocked(*member, day_at(view.shift.starts_at)) || (row.kind == SwapKind::swap && view.offers.empty()));
        if (!is_useless)
            views.push_back(std::move(view));
    }
    return views;
}

Shifts list_exchanges(Call& call, OneShift const& input)
{
    auto const shift = own_shift(call, input.id);
    auto const member = member_of(call, shift.roster, shift.person);
    static std::string const sql = shift_columns()
        + " WHERE s.county = $1 AND s.roster = $2 AND s.sort = $3 AND s.person <> 0 AND s.person <> $4 AND s.state = 'planned' AND "
          "s.starts_at > $5 ORDER BY s.starts_at, s.id LIMIT 60";
    Shifts list;
    for (auto const& row : call.db.rows<OwnedShift>(sql, call.county, shift.roster, shift.sort, shift.person, call.now))
        if (!member || !is_blocked(*member, row.day))
            list.items.push_back(view_of(call, row));
    return list;
}

} // namespace concentric::rosters
