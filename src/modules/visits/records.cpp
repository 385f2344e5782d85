#include "modules/visits/records.hpp"

#include "core/crypto.hpp"
#include "core/keyring.hpp"
#include "modules/accounts/attempts.hpp"
#include "modules/inbox/inbox.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/visits/telling.hpp"
#include "modules/visits/views.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::visits {
namespace {

constexpr std::int64_t lives = 2 * minute; // that a code is shown
constexpr std::int64_t longest_off_line = 7 * 24 * 60 * minute;
// A million codes, three of them right: five free guesses and then longer and longer waits.
constexpr accounts::Patience by_visit{5, 15'000, 600'000, 3'600'000};

std::string code_at(Call& call, VisitId id, std::int64_t window)
{
    auto const print = call.db.keys().fingerprint(fmt::format("visit/{}/{}/{}", call.county, id.value, window));
    return fmt::format("{:06}", std::stoull(print.substr(0, 15), nullptr, 16) % 1'000'000);
}

// The clock of a phone that was off line may be a little wrong: the window before and the one after count too.
bool is_right(Call& call, VisitId id, std::string_view code, Instant at)
{
    auto const window = at.milliseconds / lives;
    bool right = false;
    for (auto const one : {window - 1, window, window + 1})
        right = crypto::equal_in_constant_time(code, code_at(call, id, one)) || right;
    return right;
}

// Before anything is written, since each guess counts in a transaction of its own.
bool proves(Call& call, OwnedVisit const& visit, RecordVisit const& input)
{
    if (!input.code || visit.proof == Proof::code)
        return false;
    auto const read_at = input.code_read_at.value_or(call.now);
    if (read_at.milliseconds > call.now.milliseconds + lives || call.now.milliseconds - read_at.milliseconds > longest_off_line)
        throw invalid("/code_read_at", "time", {"家访码要在七天之内补交。", "A code counts within seven days."});
    std::vector<accounts::Guess> const guess{{fmt::format("visit/{}", visit.id.value), by_visit}};
    accounts::count_guess(call, guess);
    if (!is_right(call, visit.id, *input.code, read_at))
        throw invalid("/code", "wrong",
            {"家访码不对或已过期。也可以不填，之后由家长确认。",
                "This code is wrong or old. Without one, the family confirms later."});
    accounts::forgive_guess(call, guess);
    return true;
}

std::string_view kind_of(Form form)
{
    switch (form) {
    case Form::school: return "visit.campus";
    case Form::neutral: return "visit.neutral";
    case Form::online: return "visit.online";
    case Form::phone: return "visit.phone";
    case Form::home: break;
    }
    return "visit.home";
}

ledger::NewEntry fact_of(VisitRow const& visit, std::string_view kind, Instant at)
{
    ledger::NewEntry fact;
    fact.kind = kind;
    fact.happened_at = at;
    fact.student = visit.student.value;
    fact.unit = visit.class_.value;
    fact.source = fmt::format("visits:{}:{}", visit.id.value, visit.round);
    fact.data = fmt::format(R"({{"visit":"{}"}})", visit.id.value);
    return fact;
}

PersonId leader_of(Call& call, VisitRow const& visit)
{
    return call.db
        .value<PersonId>("SELECT person AS value FROM visit_team_members WHERE county = $1 AND team = $2 AND is_leader = TRUE",
            call.county, visit.team)
        .value_or(call.viewer.person);
}

// Only words are corrected once it is entered: what counts in the plan is taken back and entered anew.
void enter(Call& call, VisitRow& visit, RecordVisit const& input)
{
    ++visit.round;
    auto fact = fact_of(visit, kind_of(input.form), input.held_at);
    fact.person = leader_of(call, visit).value;
    fact.minutes = input.minutes;
    fact.during = {{input.held_at, {input.held_at.milliseconds + input.minutes * 60'000}}};
    visit.entry = ledger::append(call, std::span(&fact, 1)).front().id;
    visit.state = VisitState::done;
    visit.form = name_of(input.form);
    visit.starts_at = input.held_at;
    visit.minutes = input.minutes;
}

void require_same(OwnedVisit const& visit, RecordVisit const& input)
{
    auto const before = reflect::from_json<VisitRecord>(visit.record);
    if (before.form != input.form || before.held_at != input.held_at || before.minutes != input.minutes)
        throw conflict({"方式、时间和时长已经记入台账，请先撤回记录。",
            "Form, time and length are in the ledger: take the record back first."});
}

void put_points(Call& call, VisitId visit, std::vector<AgreedPoint> const& points)
{
    auto const before
        = call.db.rows<PointRow>("SELECT * FROM visit_points WHERE county = $1 AND visit = $2 ORDER BY number", call.county, visit);
    call.db.execute("DELETE FROM visit_points WHERE county = $1 AND visit = $2", call.county, visit);
    for (std::size_t i = 0; i < points.size(); ++i) {
        PointRow row{call.county, visit, static_cast<std::int64_t>(i + 1), points[i].side, SealedText(std::string(points[i].words)),
            points[i].due.value_or(Day{}), {}, {}};
        auto const same
            = std::ranges::find_if(before, [&](auto const& one) { return one.words == row.words && one.side == row.side; });
        if (same != before.end()) {
            row.done_at = same->done_at;
            row.done_by = same->done_by;
        }
        call.db.insert("visit_points", row);
    }
}

} // namespace

void check(RecordVisit const& input, Problems& problems)
{
    if (input.points.size() > 6)
        problems.push_back({"/points", "length", {"约定事项最多 6 条。", "At most 6 points."}});
}

VisitCode code_of(Call& call, VisitRow const& visit)
{
    if (!is_told(visit.state) || day_at(visit.starts_at) != call.today())
        throw conflict({"家访码只在约好的当天显示。", "The code is shown on the agreed day."});
    auto const window = call.now.milliseconds / lives;
    return {code_at(call, visit.id, window), {(window + 1) * lives}};
}

WholeVisit record_visit(Call& call, RecordVisit const& input)
{
    auto const seen = seen_visit(call, input.id);
    bool const is_proved = proves(call, seen, input);
    auto visit = held_visit(call, input.id);
    require_open(campaign_of(call, visit.campaign));
    if (input.held_at > call.now)
        throw invalid("/held_at", "future", {"还没有发生的家访不能登记。", "What has not happened cannot be recorded."});
    if (visit.state == VisitState::done)
        require_same(visit, input);
    else
        enter(call, visit, input);
    if (is_proved) {
        visit.proof = Proof::code;
        visit.proved_at = input.code_read_at.value_or(call.now);
    }
    visit.record = to_json(static_cast<VisitRecord const&>(input));
    visit.recorded_by = call.viewer.person;
    put_points(call, visit.id, input.points);
    store(call, visit);
    if (!seen.entry)
        tell_family(call, visit, {"家访记录已登记：请看约定事项", "The visit was recorded: please look at what was agreed"});
    return view_again(call, visit.id);
}

WholeVisit take_record_back(Call& call, OneVisit const& input)
{
    auto visit = held_visit(call, input.id);
    require_open(campaign_of(call, visit.campaign));
    if (visit.state != VisitState::done)
        throw conflict({"这次家访还没有登记。", "This visit has not been recorded."});
    ledger::reverse(call, std::span(&visit.entry, 1), "登记有误");
    visit.entry = {};
    visit.state = visit.wish == Wish::unknown ? VisitState::asked : VisitState::wished;
    visit.starts_at = {};
    visit.form.clear();
    visit.record = "";
    visit.proof = Proof::none;
    visit.proved_at = {};
    visit.is_pinned = false;
    put_points(call, visit.id, {});
    store(call, visit);
    return view_again(call, visit.id);
}

void note_declined(Call& call, VisitRow& visit)
{
    bool const declines = visit.wish != Wish::home && visit.wish != Wish::unknown;
    if (declines && !visit.declined_entry) {
        ++visit.round;
        auto const fact = fact_of(visit, "visit.declined", call.now);
        visit.declined_entry = ledger::append(call, std::span(&fact, 1)).front().id;
    } else if (!declines && visit.declined_entry) {
        ledger::reverse(call, std::span(&visit.declined_entry, 1), "家庭改变了意愿");
        visit.declined_entry = {};
    }
}

std::vector<PointView> points_of(Call& call, VisitRow const& visit, std::string const& student_name)
{
    std::vector<PointView> points;
    for (auto const& row : call.db.rows<PointRow>(
             "SELECT * FROM visit_points WHERE county = $1 AND visit = $2 ORDER BY number", call.county, visit.id)) {
        PointView view{visit.id, row.number, visit.student, student_name, row.side, row.words, {}, {}};
        if (row.due_day.number)
            view.due = row.due_day;
        if (row.done_at.milliseconds)
            view.done_at = row.done_at;
        points.push_back(std::move(view));
    }
    return points;
}

void tick(Call& call, VisitId visit, Side side, TickPoint const& input)
{
    auto const changed = call.db.execute("UPDATE visit_points SET done_at = $5, done_by = $6 WHERE county = $1 AND visit = $2 AND "
                                         "number = $3 AND side = $4",
        call.county, visit, input.number, side, input.is_done ? call.now : Instant{},
        input.is_done ? call.viewer.person : PersonId{});
    if (!changed)
        throw not_found({"约定事项", "agreed point"});
}

WholeVisit tick_point(Call& call, TickPoint const& input)
{
    auto const visit = seen_visit(call, input.id);
    tick(call, visit.id, Side::school, input);
    return view_again(call, visit.id);
}

} // namespace concentric::visits
