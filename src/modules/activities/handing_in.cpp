#include "modules/activities/handing_in.hpp"

#include "modules/activities/attendance.hpp"
#include "modules/activities/consents.hpp"
#include "modules/directory/directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace concentric::activities {
namespace {

constexpr std::size_t most_at_once = 200;
constexpr std::int64_t a_day = 24 * 60 * 60'000LL;

// One request.
struct Handed {
    HandInScans const* input;
    Viewer viewer;
    std::optional<ApiError> error;
    HandedIn answer;
};

Instant by_server(Instant at, std::optional<ClockAhead> const& ahead) { return {at.milliseconds - (ahead ? ahead->value : 0)}; }

// The same days whatever day it is handed in, or the order would matter.
bool is_in_time(ActivityRow const& activity, Instant at)
{
    return at.milliseconds >= activity.starts_at.milliseconds - a_day && at.milliseconds <= activity.ends_at.milliseconds + a_day;
}

ScanRefusal refusal_of(CodeFault fault)
{
    switch (fault) {
    case CodeFault::other_event: return ScanRefusal::other_event;
    case CodeFault::old: return ScanRefusal::old_code;
    case CodeFault::wrong: break;
    }
    return ScanRefusal::wrong_code;
}

// Those of them whom the event knows or invites, as far as this viewer may see people.
std::set<std::int64_t> people_let_in(Call& asker, OwnedActivity const& activity, std::vector<std::int64_t> const& people)
{
    auto const known = asker.db.values<std::int64_t>(
        "SELECT person AS value FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND person ANY_OF($3) UNION SELECT "
        "person "
        "FROM activity_presence WHERE county = $1 AND activity = $2 AND person ANY_OF($3) UNION SELECT person FROM activity_scans "
        "WHERE county = $1 AND activity = $2 AND person ANY_OF($3) UNION SELECT person FROM activity_roles WHERE county = $1 AND "
        "activity = $2 AND person ANY_OF($3)",
        asker.county, activity.id, db::IntegerList{people});
    std::set<std::int64_t> let_in(known.begin(), known.end());
    std::vector<std::int64_t> others;
    std::ranges::copy_if(people, std::back_inserter(others), [&](auto id) { return !let_in.contains(id); });
    if (!others.empty())
        for (auto const& person : invited_people(asker, activity, &others, {}, static_cast<std::int64_t>(others.size())))
            let_in.insert(person.person.value);
    return let_in;
}

class HandingIn {
public:
    HandingIn(Call& call, std::vector<Handed>& requests) : call_(call), requests_(requests), keys_(verifying_keys(call.db)) { }

    void run()
    {
        find_events();
        for (auto& [key, group] : groups_)
            take(group);
        add_scans(call_, rows_);
        undo();
        for (auto const& [id, people] : touched_)
            settle_people(call_, events_.at(id), {people.begin(), people.end()});
        answer();
    }

private:
    // Requests of one person about one event.
    struct Group {
        OwnedActivity const* activity = nullptr;
        Call asker;
        std::vector<Handed*> requests;
    };

    // Held in one order, so that batches that meet wait for each other and never in a circle.
    void find_events()
    {
        std::set<ActivityId> ids;
        for (auto const& request : requests_)
            ids.insert(request.input->id);
        std::vector<std::int64_t> keys;
        for (auto const id : ids)
            keys.push_back(id.value);
        call_.db.hold(keys);
        for (auto const id : ids)
            if (auto activity = activity_with(call_, id)) {
                consents_.emplace(id, ConsentsGiven(call_, *activity));
                events_.emplace(id, std::move(*activity));
            }
        for (auto& request : requests_)
            put_into_group(request);
    }

    void put_into_group(Handed& request)
    {
        auto const activity = events_.find(request.input->id);
        auto const key = std::tuple(request.input->id, request.viewer.person, request.viewer.acting_as);
        if (auto const group = groups_.find(key); group != groups_.end()) {
            group->second.requests.push_back(&request);
            return;
        }
        auto asker = call_;
        asker.viewer = request.viewer;
        if (activity == events_.end() || !may_run(asker, activity->second))
            request.error = not_found(the_activity);
        else if (activity->second.state == ActivityState::cancelled)
            request.error = conflict({"活动已取消。", "The event was cancelled."});
        else if (find_kind(activity->second.kind)->has_slots())
            request.error = conflict({"咨询由接待的老师登记到场。", "Whoever gives a consultation ticks who came."});
        else
            groups_.emplace(key, Group{&activity->second, asker, {&request}});
    }

    void take(Group& group)
    {
        std::vector<std::int64_t> people;
        for (auto const* request : group.requests)
            for (auto const& scan : request->input->scans)
                if (scan.person && !scan.code)
                    people.push_back(scan.person->value);
        auto const let_in = people.empty() ? std::set<std::int64_t>{} : people_let_in(group.asker, *group.activity, people);
        for (auto* request : group.requests)
            for (auto const& scan : request->input->scans)
                take(*group.activity, *request, scan, let_in);
    }

    void take(OwnedActivity const& activity, Handed& request, NewScan const& scan, std::set<std::int64_t> const& let_in)
    {
        auto const at = by_server(scan.at, scan.clock_ahead_ms);
        ScanRow row{call_.county, activity.id, request.input->device, scan.number, {}, {}, scan.direction.value_or(Direction::in),
            scan.gate.value_or(Text<0, 40>()), ScanMeans::hand, at, scan.clock_ahead_ms ? scan.clock_ahead_ms->value : 0,
            request.viewer.person, call_.now, ScanOutcome::counted};
        auto const refuse = [&](ScanRefusal why) { request.answer.items.push_back({scan.number, {}, why, {}, "", false}); };
        if (!is_in_time(activity, at))
            return refuse(ScanRefusal::out_of_time);
        if (scan.code) {
            auto const read = read_attendee_code(call_, keys_, activity, *scan.code, at);
            if (read.fault)
                return refuse(refusal_of(*read.fault));
            row.person = read.person;
            row.means = read.is_paper ? ScanMeans::paper : ScanMeans::code;
        } else {
            row.person = scan.person.value();
            row.means = scan.is_count.value_or(false) ? ScanMeans::count : ScanMeans::hand;
            if (!let_in.contains(row.person.value))
                return refuse(ScanRefusal::not_invited);
        }
        row.is_without_consent = row.direction == Direction::in && consents_.at(activity.id).lacks(row.person);
        if (row.is_without_consent && is_heard_at_once(call_, at))
            return refuse(ScanRefusal::no_consent);
        if (activity.audience == Audience::pupils)
            row.student = row.person;
        touched_[activity.id].insert(row.person.value);
        request.answer.items.push_back({scan.number, ScanOutcome::counted, {}, row.person, "", false});
        rows_.push_back(std::move(row));
    }

    // Of two who take the same scan back the first one did it, whichever is heard of first.
    void undo()
    {
        db::Batch batch, asking;
        for (auto const& [key, group] : groups_)
            for (auto const* request : group.requests)
                for (auto const& one : request->input->undone) {
                    batch.add(call_.county, request->input->id, std::string_view(one.device), one.number.value,
                        by_server(one.at, one.clock_ahead_ms), request->viewer.person);
                    asking.add(call_.county, request->input->id, std::string_view(one.device), one.number.value);
                }
        batch.run(call_.db,
            "INSERT INTO activity_scan_undoings (county, activity, device, number, at, undone_by) VALUES ($1, $2, $3, $4, $5, $6) "
            "ON "
            "CONFLICT (county, activity, device, number) DO UPDATE SET at = EXCLUDED.at, undone_by = EXCLUDED.undone_by WHERE "
            "EXCLUDED.at < activity_scan_undoings.at OR (EXCLUDED.at = activity_scan_undoings.at AND EXCLUDED.undone_by < "
            "activity_scan_undoings.undone_by)");
        if (!asking.empty())
            for (auto const& row : asking.rows<ScanRow>(
                     call_.db, "SELECT * FROM activity_scans WHERE county = $1 AND activity = $2 AND device = $3 AND number = $4"))
                touched_[row.activity].insert(row.person.value);
    }

    // What stands in the table, which may be what an earlier request with the same number said.
    void answer()
    {
        db::Batch batch;
        for (auto const& row : rows_)
            batch.add(call_.county, row.activity, std::string_view(row.device), row.number);
        std::map<std::tuple<ActivityId, std::string, std::int64_t>, ScanRow> stored;
        std::vector<std::int64_t> people;
        if (!batch.empty())
            for (auto& row : batch.rows<ScanRow>(call_.db,
                     "SELECT * FROM activity_scans WHERE county = $1 AND activity = $2 AND device = $3 AND number = $4")) {
                people.push_back(row.person.value);
                stored.insert_or_assign({row.activity, row.device, row.number}, std::move(row));
            }
        auto const names = directory::names_of(call_, people);
        for (auto& request : requests_)
            for (auto& item : request.answer.items)
                if (item.outcome) {
                    auto const& row = stored.at({request.input->id, request.input->device, item.number});
                    item.outcome = row.outcome;
                    item.person = row.person;
                    item.is_without_consent = row.is_without_consent;
                    if (auto const name = names.find(row.person.value); name != names.end())
                        item.name = name->second;
                }
    }

    Call& call_;
    std::vector<Handed>& requests_;
    std::vector<VerifyingKey> const keys_;
    std::map<ActivityId, OwnedActivity> events_;
    std::map<ActivityId, ConsentsGiven> consents_;
    std::map<std::tuple<ActivityId, PersonId, PostId>, Group> groups_;
    std::vector<ScanRow> rows_;
    std::map<ActivityId, std::set<std::int64_t>> touched_;
};

} // namespace

void check(HandInScans const& input, Problems& problems)
{
    if (input.scans.size() + input.undone.size() > most_at_once)
        problems.push_back({"/scans", "length", {"一次最多交 200 条。", "At most 200 at a time."}});
    for (std::size_t i = 0; i < input.scans.size(); ++i)
        if (!input.scans[i].code && !input.scans[i].person)
            problems.push_back(
                {fmt::format("/scans/{}/person", i), "required", {"请扫码或选择人员。", "Scan a code or choose a person."}});
}

void add_scans(Call& call, std::vector<ScanRow> const& rows)
{
    db::Batch batch;
    for (auto const& row : rows)
        batch.add(row.county, row.activity, std::string_view(row.device), row.number, row.person, row.student, row.direction,
            std::string_view(row.gate), row.means, row.at, row.clock_ahead_ms, row.noted_by, row.received_at, row.outcome,
            row.is_without_consent);
    batch.run(call.db,
        "INSERT INTO activity_scans (county, activity, device, number, person, student, direction, gate, means, at, "
        "clock_ahead_ms, "
        "noted_by, received_at, outcome, is_without_consent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
        "$15) ON "
        "CONFLICT (county, "
        "activity, device, number) DO NOTHING");
}

HandedIn hand_in_scans(Call& call, HandInScans const& input)
{
    std::vector<Handed> requests{{&input, call.viewer, {}, {}}};
    HandingIn(call, requests).run();
    if (requests.front().error)
        throw *requests.front().error;
    mark(call, input.id);
    return std::move(requests.front().answer);
}

void hand_in_scans_together(Call& call, std::span<BatchItem> items)
{
    std::vector<Handed> requests;
    for (auto const& item : items)
        requests.push_back({static_cast<HandInScans const*>(item.input), item.viewer, {}, {}});
    HandingIn(call, requests).run();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (requests[i].error) {
            items[i].error = requests[i].error;
            continue;
        }
        items[i].audit_subject = fmt::format("activity:{}", requests[i].input->id.value);
        reflect::write(items[i].answer, reflect::type_of<HandedIn>, &requests[i].answer);
    }
}

} // namespace concentric::activities
