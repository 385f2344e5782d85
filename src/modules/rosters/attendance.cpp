#include "modules/rosters/attendance.hpp"

#include "core/crypto.hpp"
#include "core/keyring.hpp"
#include "modules/accounts/attempts.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/ledger/stream.hpp"
#include "modules/rosters/telling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::rosters {
namespace {

constexpr std::int64_t lives = minute; // that a code is shown
constexpr std::int64_t kept_for = 7 * 24 * 60 * minute; // that a phone may be off line
constexpr std::int64_t clocks_apart = 2; // windows, between the server's clock and that of a phone that was off line
// A million codes, two of them right: five free guesses and then longer and longer waits leave nothing to guess at.
constexpr accounts::Patience by_shift{5, 15'000, 600'000, 3'600'000};

std::string digits_of(Call& call, std::string const& what, std::uint64_t below, int width)
{
    auto const print = call.db.keys().fingerprint(what);
    return fmt::format("{:0{}}", std::stoull(print.substr(0, 15), nullptr, 16) % below, width);
}

std::string code_at(Call& call, DutyPostId post, std::int64_t window)
{
    return digits_of(call, fmt::format("duty/{}/{}/{}", call.county, post.value, window), 1'000'000, 6);
}

std::string paper_code(Call& call, DutyPostId post, std::int64_t poster)
{
    return digits_of(call, fmt::format("duty-paper/{}/{}/{}", call.county, post.value, poster), 100'000'000, 8);
}

// A phone's clock may be ahead of the server's, but nothing happened later than now.
Instant read_at(Call const& call, ScanShift const& input) { return std::min(input.code_read_at.value_or(call.now), call.now); }

// The code of that minute or the one before; where a phone says when it read it, also of those that its clock may have missed.
Source source_of(Call& call, OwnedShift const& shift, ScanShift const& input)
{
    auto const window = input.code_read_at.value_or(call.now).milliseconds / lives;
    auto const after = input.code_read_at ? clocks_apart : 0, before = input.code_read_at ? clocks_apart : 1;
    bool is_right = false;
    for (auto each = window - before; each <= window + after; ++each)
        is_right |= crypto::equal_in_constant_time(input.code, code_at(call, shift.post, each));
    if (is_right)
        return Source::code;
    return crypto::equal_in_constant_time(input.code, paper_code(call, shift.post, shift.poster)) ? Source::paper : Source::none;
}

void require_in_time(Call& call, OwnedShift const& shift, ScanShift const& input)
{
    auto const at = input.code_read_at.value_or(call.now);
    if (at.milliseconds < call.now.milliseconds - kept_for || at.milliseconds > call.now.milliseconds + clocks_apart * lives)
        throw invalid("/code_read_at", "time", {"签到码要在七天之内补交。", "A code counts within seven days."});
    if (at.milliseconds < shift.starts_at.milliseconds - around || at.milliseconds > shift.ends_at.milliseconds + around)
        throw conflict({"值勤前后半小时内才能扫码；错过了可以补登，由另一人复核。",
            "Codes count from half an hour before until half an hour after; what was missed is entered by hand and "
            "countersigned."});
}

// Before anything is written, since each guess counts in a transaction of its own.
Source proven(Call& call, ScanShift const& input)
{
    auto const shift = shift_with(call, input.id);
    if (!shift.person || shift.person != own_record(call) || shift.roster_state == RosterState::draft)
        throw not_found(the_shift);
    require_in_time(call, shift, input);
    std::vector<accounts::Guess> const guess{{fmt::format("duty/{}", shift.id.value), by_shift}};
    accounts::count_guess(call, guess);
    auto const source = source_of(call, shift, input);
    if (source == Source::none)
        throw invalid(
            "/code", "wrong", {"码不对或已过期，请看现场最新的码。", "This code is wrong or old; please look at the newest one."});
    accounts::forgive_guess(call, guess);
    return source;
}

std::string_view entry_kind(RosterKind kind)
{
    switch (kind) {
    case RosterKind::class_care: return "volunteer.class";
    case RosterKind::other: return "volunteer.other";
    case RosterKind::safety_duty: break;
    }
    return "volunteer.duty";
}

// Of a parent to the child's class of today; of others to the roster's organisation.
OrganisationId unit_of(Call& call, OwnedShift const& shift, PersonId student)
{
    auto const found = student ? directory::class_of(call.db, call.county, student) : std::nullopt;
    return found ? found->id : shift.organisation;
}

// Who serves in office served, but is no volunteer.
void enter(Call& call, OwnedShift& shift)
{
    shift.state = ShiftState::done;
    if (!is_volunteer(shift.sort))
        return;
    ++shift.round;
    auto const member = member_of(call, shift.roster, shift.person);
    ledger::NewEntry fact;
    fact.kind = entry_kind(shift.kind);
    fact.happened_at = shift.starts_at;
    fact.person = shift.person.value;
    fact.student = member ? member->student.value : 0;
    fact.unit = unit_of(call, shift, {fact.student}).value;
    fact.minutes = shift.minutes;
    auto const from = shift.arrived_at.milliseconds ? shift.arrived_at : shift.starts_at;
    fact.during = {{from, {from.milliseconds + shift.minutes * 60'000}}};
    fact.source = fmt::format("rosters:{}:{}", shift.id.value, shift.round);
    fact.data = fmt::format(R"({{"shift":"{}","source":"{}"}})", shift.id.value, name_of(shift.source));
    shift.entry = ledger::append(call, std::span(&fact, 1)).front().id;
}

// The entry that counts now: where the person had two records that were made one, another than the turn's first.
void take_back(Call& call, OwnedShift& shift, std::string const& reason)
{
    ledger::Passage asked;
    asked.kinds = {std::string(entry_kind(shift.kind))};
    asked.path = "/";
    asked.path_end = "0";
    asked.source = fmt::format("rosters:{}", shift.id.value);
    asked.reversals = asked.reversed = ledger::Share::left_out;
    for (auto const& entry : ledger::entries_in(call, asked))
        ledger::reverse(call, std::span(&entry.id, 1), reason);
    shift.entry = {};
}

void clear(OwnedShift& shift)
{
    shift.state = ShiftState::planned;
    shift.arrived_at = shift.left_at = {};
    shift.source = Source::none;
    shift.minutes = 0;
    shift.entered_by = shift.signed_by = {};
}

void claim(Call& call, OwnedShift& shift, std::int64_t minutes)
{
    shift.state = ShiftState::claimed;
    shift.source = Source::hand;
    shift.minutes = minutes;
    shift.entered_by = call.viewer.person;
    shift.signed_by = {};
}

void ask_for_signature(Call& call, OwnedShift const& shift)
{
    tell_vouchers(call, shift.roster, {"有手工登记的值勤时长等待复核", "Hours entered by hand wait for your signature"},
        when_and_where(shift));
}

DutyPostRow post_with(Call& call, DutyPostId id)
{
    auto row = call.db.row<DutyPostRow>("SELECT * FROM roster_posts WHERE county = $1 AND id = $2", call.county, id);
    if (!row)
        throw not_found(the_post);
    return std::move(*row);
}

void require_no_longer_than(OwnedShift const& shift, std::int64_t minutes)
{
    auto const longest = (shift.ends_at.milliseconds - shift.starts_at.milliseconds + 2 * around) / minute;
    if (minutes > longest)
        throw invalid("/minutes", "range",
            {fmt::format("这次值勤最多 {} 分钟。", longest), fmt::format("This turn lasted {} minutes at most.", longest)});
}

PostPoster poster_of(Call& call, DutyPostRow const& post, std::string const& title)
{
    return {paper_code(call, post.id, post.poster), post.name, post.place, title};
}

} // namespace

DutyCode show_duty_code(Call& call, OnePost const& input)
{
    auto const post = post_with(call, input.id);
    auto const roster = roster_with(call, post.roster);
    if (!roster || (!may_manage(call, roster->organisation_path) && !is_leader(call, roster->id)))
        throw not_found(the_post);
    auto const is_open
        = call.db.value<bool>("SELECT TRUE AS value FROM roster_shifts WHERE county = $1 AND post = $2 AND starts_at "
                              "<= $3 AND ends_at >= $4 LIMIT 1",
            call.county, post.id, Instant{call.now.milliseconds + around}, Instant{call.now.milliseconds - around});
    if (!is_open || roster->state != RosterState::published)
        throw conflict(
            {"值勤前后半小时内才显示签到码。", "The code is shown from half an hour before a turn until half an hour after it."});
    auto const window = call.now.milliseconds / lives;
    return {code_at(call, post.id, window), {(window + 1) * lives}};
}

PostPoster show_poster(Call& call, OnePost const& input)
{
    auto const post = post_with(call, input.id);
    return poster_of(call, post, managed_roster(call, post.roster).title);
}

PostPoster renew_poster(Call& call, OnePost const& input)
{
    auto post = post_with(call, input.id);
    auto const roster = managed_roster(call, post.roster);
    require_open(roster);
    ++post.poster;
    call.db.execute("UPDATE roster_posts SET poster = $3 WHERE county = $1 AND id = $2", call.county, post.id, post.poster);
    return poster_of(call, post, roster.title);
}

ShiftView arrive(Call& call, ScanShift const& input)
{
    return arrive_by(call, input.id, proven(call, input), read_at(call, input));
}

ShiftView leave(Call& call, ScanShift const& input) { return leave_by(call, input.id, proven(call, input), read_at(call, input)); }

ShiftView arrive_by(Call& call, ShiftId id, Source source, Instant at)
{
    auto shift = own_shift(call, id);
    bool const is_earlier = shift.state == ShiftState::present && at < shift.arrived_at;
    if (shift.state != ShiftState::planned && !is_earlier)
        return view_of(call, shift);
    shift.state = ShiftState::present;
    shift.source = source;
    shift.arrived_at = at;
    store(call, shift);
    return view_of(call, shift);
}

ShiftView leave_by(Call& call, ShiftId id, Source source, Instant at)
{
    auto shift = own_shift(call, id);
    if (shift.state == ShiftState::done)
        return view_of(call, shift);
    if (shift.state != ShiftState::present)
        throw conflict({"还没有签到，或已经手工登记。", "There was no arrival, or hours were entered by hand."});
    auto const from = std::max(shift.arrived_at, shift.starts_at);
    auto const until = std::min(at, shift.ends_at);
    shift.left_at = at;
    shift.minutes = std::max<std::int64_t>(0, (until.milliseconds - from.milliseconds + minute / 2) / minute);
    if (!shift.minutes)
        throw conflict({"值勤还没有开始，签退太早。", "The turn has not begun: it is too early to leave."});
    if (source == Source::paper)
        shift.source = source; // the weaker of the two says how it was shown
    enter(call, shift);
    store(call, shift);
    return view_of(call, shift);
}

ShiftView enter_hours(Call& call, EnterHours const& input)
{
    auto const seen = shift_with(call, input.id);
    bool const is_own = seen.person && seen.person == own_record(call);
    auto shift = is_own ? own_shift(call, input.id) : vouched_shift(call, input.id);
    if (!shift.person)
        throw conflict({"这次值勤没有安排人，请先安排。", "Nobody has this turn: give it to somebody first."});
    if (shift.state == ShiftState::done || shift.roster_state != RosterState::published || shift.ends_at > call.now)
        throw conflict(
            {"值勤结束后才能补登；已完成的请用更正。", "Hours are entered after the turn; what is done is corrected instead."});
    require_no_longer_than(shift, input.minutes);
    auto const before = shift.minutes;
    claim(call, shift, input.minutes);
    store(call, shift);
    note(call, shift, ChangeKind::entered, shift.person, before, input.reason);
    ask_for_signature(call, shift);
    return view_of(call, shift);
}

ShiftView sign_hours(Call& call, SignHours const& input)
{
    auto shift = vouched_shift(call, input.id);
    if (shift.state != ShiftState::claimed)
        throw conflict({"没有等待复核的时长。", "No hours wait for a signature."});
    if (shift.entered_by == call.viewer.person || shift.person == own_record(call))
        throw conflict(
            {"登记人和本人不能复核，请另一位负责人复核。", "Neither who entered them nor who served signs: another person does."});
    auto const before = shift.minutes;
    if (input.agrees) {
        shift.signed_by = call.viewer.person;
        enter(call, shift);
    } else {
        clear(shift);
    }
    store(call, shift);
    note(call, shift, input.agrees ? ChangeKind::confirmed : ChangeKind::rejected, shift.person, before, input.reason.value_or(""));
    if (!input.agrees)
        tell_member(call, shift.person, {"登记的值勤时长没有通过复核", "Your hours were not confirmed"}, when_and_where(shift));
    return view_of(call, shift);
}

ShiftView correct_hours(Call& call, CorrectHours const& input)
{
    auto shift = vouched_shift(call, input.id);
    if (shift.state != ShiftState::done)
        throw conflict({"只有已完成的值勤可以更正。", "Only what is done is corrected."});
    require_no_longer_than(shift, input.minutes);
    auto const before = shift.minutes;
    if (before == input.minutes)
        return view_of(call, shift);
    take_back(call, shift, input.reason);
    if (input.minutes)
        claim(call, shift, input.minutes);
    else
        clear(shift);
    store(call, shift);
    note(call, shift, ChangeKind::corrected, shift.person, before, input.reason);
    tell_member(call, shift.person, {"您的值勤时长有更正", "Your hours were corrected"}, when_and_where(shift));
    if (input.minutes)
        ask_for_signature(call, shift);
    return view_of(call, shift);
}

} // namespace concentric::rosters
