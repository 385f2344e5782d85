#include "modules/visits/records.hpp"

#include "core/crypto.hpp"
#include "core/keyring.hpp"
#include "modules/accounts/attempts.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/visits/corrections.hpp"
#include "modules/visits/edits.hpp"
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

// When the code was read, if there is one. Before anything is written, since each guess counts in a transaction of its own.
std::optional<Instant> proven(Call& call, VisitId visit, ShownCode const& input)
{
    if (!input.code)
        return std::nullopt;
    auto const read_at = input.code_read_at.value_or(call.now);
    if (read_at.milliseconds > call.now.milliseconds + lives || call.now.milliseconds - read_at.milliseconds > longest_off_line)
        throw invalid("/code_read_at", "time", {"家访码要在七天之内补交。", "A code counts within seven days."});
    std::vector<accounts::Guess> const guess{{fmt::format("visit/{}", visit.value), by_visit}};
    accounts::count_guess(call, guess);
    if (!is_right(call, visit, *input.code, read_at))
        throw invalid("/code", "wrong",
            {"家访码不对或已过期。也可以不填，之后由家长确认。",
                "This code is wrong or old. Without one, the family confirms later."});
    accounts::forgive_guess(call, guess);
    return read_at;
}

// A code beats the family's word, and the earliest one stays, whichever arrives first.
void prove(VisitRow& visit, std::optional<Instant> read_at)
{
    if (!read_at || (visit.proof == Proof::code && visit.proved_at <= *read_at))
        return;
    visit.proof = Proof::code;
    visit.proved_at = *read_at;
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

void leave(Call& call, VisitRow& visit, char const* why)
{
    ledger::reverse(call, std::span(&visit.entry, 1), why);
    visit.entry = {};
}

void enter(Call& call, VisitRow& visit, VisitRecord const& record)
{
    ++visit.round;
    auto fact = fact_of(visit, kind_of(record.form), record.held_at);
    fact.person = leader_of(call, visit).value;
    fact.minutes = record.minutes;
    visit.entry = ledger::append(call, std::span(&fact, 1)).front().id;
    visit.state = VisitState::done;
    visit.form = name_of(record.form);
    visit.starts_at = record.held_at;
    visit.minutes = record.minutes;
}

bool is_entered_as(VisitRow const& visit, VisitRecord const& record)
{
    return visit.entry && visit.form == name_of(record.form) && visit.starts_at == record.held_at
        && visit.minutes == record.minutes;
}

void forget_meeting(VisitRow& visit)
{
    visit.state = visit.wish == Wish::unknown ? VisitState::asked : VisitState::wished;
    visit.starts_at = {};
    visit.form.clear();
    visit.proof = Proof::none;
    visit.proved_at = {};
    visit.is_pinned = false;
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

// Ledger, state and points follow from what is in force of the record now.
void settle(Call& call, OwnedVisit& visit, RecordEdits const& edits, char const* why = "登记有误")
{
    bool const was_entered = static_cast<bool>(visit.entry);
    auto const record = edits.record();
    if (visit.entry && !(record && is_entered_as(visit, *record)))
        leave(call, visit, why);
    if (record && !visit.entry)
        enter(call, visit, *record);
    else if (!record && was_entered)
        forget_meeting(visit);
    visit.record = record ? to_json(*record) : "";
    visit.recorded_by = edits.author();
    put_points(call, visit.id, record ? edits.points() : std::vector<AgreedPoint>{});
    store(call, visit);
    if (!was_entered && visit.entry)
        tell_family(call, visit, {"家访记录已登记：请看约定事项", "The visit was recorded: please look at what was agreed"});
}

void require_past(Call const& call, std::optional<Instant> held_at)
{
    if (held_at && *held_at > call.now)
        throw invalid("/held_at", "future", {"还没有发生的家访不能登记。", "What has not happened cannot be recorded."});
}

void check_points(std::vector<AgreedPoint> const& points, Problems& problems)
{
    if (points.size() > 6)
        problems.push_back({"/points", "length", {"约定事项最多 6 条。", "At most 6 points."}});
}

// What differs from what is in force, and what is still undecided. What is left empty where nothing stands says nothing: it must
// not disagree with the words of a phone that comes later.
FieldValues changed(RecordEdits const& edits, FieldValues values)
{
    static auto const empty = values_of(RecordVisit{});
    std::erase_if(values, [&](auto const& field) {
        auto const found = edits.merged().find(field.first);
        if (found == edits.merged().end())
            return !is_fact(field.first) && empty.at(field.first) == field.second;
        return found != edits.merged().end() && found->second.size() == 1 && found->second.front().value == field.second;
    });
    return values;
}

lib::FieldEdit edit_of_all(Call& call, RecordEdits const& edits, FieldValues values)
{
    lib::FieldEdit edit{new_id(), call.now.milliseconds, {}, std::move(values)};
    for (auto const id : edits.ids())
        edit.saw.push_back(id.value);
    return edit;
}

lib::FieldEdit edit_in(Call& call, EditRecord const& input)
{
    lib::FieldEdit edit{input.edit.value, std::min(input.written_at, call.now).milliseconds, {}, values_of(input)};
    for (auto const id : input.saw)
        edit.saw.push_back(id.value);
    return edit;
}

// What came late may disagree with what was there: somebody must be able to decide, also after the closing.
bool decides(RecordEdits const& edits, FieldValues const& values)
{
    return !values.empty() && std::ranges::all_of(values, [&](auto const& field) {
        auto const found = edits.merged().find(field.first);
        return found != edits.merged().end() && found->second.size() > 1;
    });
}

CorrectionRow correction_of(lib::FieldEdit const& edit)
{
    CorrectionRow row;
    row.edit = {edit.id};
    row.written_at = {edit.written_at};
    std::vector<std::string> names;
    for (auto const& [name, value] : edit.fields)
        names.push_back(name);
    row.fields = Json(to_json(names));
    return row;
}

} // namespace

void check(RecordVisit const& input, Problems& problems) { check_points(input.points, problems); }

void check(EditRecord const& input, Problems& problems)
{
    check_points(input.points.value_or(std::vector<AgreedPoint>{}), problems);
    if (input.edit.value < 1000)
        problems.push_back({"/edit", "range", {"改动的编号太小。", "This edit's number is too small."}});
    if (input.saw.size() > 400)
        problems.push_back({"/saw", "length", {"改动太多。", "Too many edits."}});
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
    require_past(call, input.held_at);
    auto const read_at = proven(call, seen_visit(call, input.id).id, input);
    auto visit = held_visit(call, input.id);
    require_open(campaign_of(call, visit.campaign));
    RecordEdits edits(call, visit);
    if (auto values = changed(edits, values_of(input)); !values.empty())
        edits.add(edit_of_all(call, edits, std::move(values)), call.viewer.person);
    prove(visit, read_at);
    settle(call, visit, edits);
    return view_again(call, visit.id);
}

WholeVisit edit_record(Call& call, EditRecord const& input)
{
    require_past(call, input.held_at);
    auto const seen = seen_visit(call, input.id);
    if (RecordEdits(call, seen).has(input.edit))
        return view_again(call, input.id);
    auto const read_at = proven(call, seen.id, input);
    auto visit = held_visit(call, input.id);
    auto const campaign = campaign_of(call, visit.campaign);
    bool const is_closed = campaign.state == CampaignState::closed;
    RecordEdits edits(call, visit);
    if (edits.has(input.edit))
        return view_again(call, input.id);
    auto const edit = edit_in(call, input);
    if (is_closed && !decides(edits, edit.fields))
        require_written_before_closing(call, campaign, input.written_at);
    VisitRow const before = visit;
    edits.add(edit, call.viewer.person);
    prove(visit, read_at);
    settle(call, visit, edits, is_closed ? "家访计划结束后补交的改动" : "登记有误");
    if (is_closed)
        note_correction(call, campaign, before, visit, correction_of(edit));
    return view_again(call, visit.id);
}

WholeVisit take_record_back(Call& call, OneVisit const& input)
{
    auto visit = held_visit(call, input.id);
    require_open(campaign_of(call, visit.campaign));
    if (visit.state != VisitState::done)
        throw conflict({"这次家访还没有登记。", "This visit has not been recorded."});
    RecordEdits edits(call, visit);
    FieldValues nothing;
    for (auto const& [name, choices] : edits.merged())
        nothing[name] = std::nullopt;
    edits.add(edit_of_all(call, edits, std::move(nothing)), call.viewer.person);
    settle(call, visit, edits);
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
    auto const ticked = call.db.execute("UPDATE visit_points SET done_at = $5, done_by = $6 WHERE county = $1 AND visit = $2 AND "
                                        "number = $3 AND side = $4",
        call.county, visit, input.number, side, input.is_done ? call.now : Instant{},
        input.is_done ? call.viewer.person : PersonId{});
    if (!ticked)
        throw not_found({"约定事项", "agreed point"});
}

WholeVisit tick_point(Call& call, TickPoint const& input)
{
    auto const visit = seen_visit(call, input.id);
    tick(call, visit.id, Side::school, input);
    return view_again(call, visit.id);
}

} // namespace concentric::visits
