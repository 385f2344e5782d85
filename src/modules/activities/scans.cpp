#include "modules/activities/scans.hpp"

#include "modules/activities/consents.hpp"
#include "modules/activities/handing_in.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace concentric::activities {
namespace {

using milliseconds::minute;
constexpr std::int64_t on_the_way = minute;

struct KnownScan : ScanRow {
    bool is_undone = false;
};
BOOST_DESCRIBE_STRUCT(KnownScan, (ScanRow), (is_undone))

std::vector<KnownScan> scans_of(Call& call, ActivityId id, std::vector<std::int64_t> const& people)
{
    auto scans = call.db.rows<KnownScan>(
        "SELECT s.*, EXISTS (SELECT 1 FROM activity_scan_undoings u WHERE u.county = s.county AND u.activity = s.activity AND "
        "u.device = s.device AND u.number = s.number) AS is_undone FROM activity_scans s WHERE s.county = $1 AND s.activity = $2 "
        "AND s.person ANY_OF($3)",
        call.county, id, db::IntegerList{people});
    // Not by the database, since each sorts texts in an order of its own.
    std::ranges::sort(scans, [](auto const& one, auto const& other) {
        return std::tie(one.person, one.at, one.device, one.number) < std::tie(other.person, other.at, other.device, other.number);
    });
    return scans;
}

class Settling {
public:
    Settling(Call& call, ActivityRow const& activity, std::vector<std::int64_t> const& people)
        : call_(call), activity_(activity), people_(people), type_(check_type_of(call, activity.id))
    {
    }

    void run()
    {
        auto const scans = scans_of(call_, activity_.id, people_);
        for (auto first = scans.begin(); first != scans.end();) {
            auto const next = std::find_if(first, scans.end(), [&](auto const& scan) { return scan.person != first->person; });
            settle_one({first, next});
            first = next;
        }
        changed_.run(
            call_.db, "UPDATE activity_scans SET outcome = $5 WHERE county = $1 AND activity = $2 AND device = $3 AND number = $4");
        if (activity_.state != ActivityState::announced)
            return; // what is in the ledger stays until the event is opened again
        call_.db.execute(
            "DELETE FROM activity_presence WHERE county = $1 AND activity = $2 AND source = 'code' AND person ANY_OF($3)",
            call_.county, activity_.id, db::IntegerList{people_});
        call_.db.load("activity_presence", presence_);
    }

private:
    void settle_one(std::span<KnownScan const> scans)
    {
        std::vector<ScanFact> facts;
        for (auto const& scan : scans)
            facts.push_back({scan.at, scan.direction, scan.is_undone});
        auto const settled = settle(facts, type_, activity_.ends_at);
        std::size_t stretch = 0;
        for (std::size_t i = 0; i < scans.size(); ++i) {
            auto const& scan = scans[i];
            auto const outcome = settled.outcomes[i];
            if (outcome != scan.outcome)
                changed_.add(call_.county, activity_.id, std::string_view(scan.device), scan.number, outcome);
            if (outcome == ScanOutcome::counted && scan.direction == Direction::in)
                add_presence(scan, settled.stretches[stretch], static_cast<std::int64_t>(stretch)), ++stretch;
        }
    }

    // Whoever scanned others is not there for them: an own part is what somebody did themselves.
    void add_presence(KnownScan const& scan, Stretch stretch, std::int64_t number)
    {
        presence_.push_back({call_.county, activity_.id, scan.person, PresenceSource::code, number, scan.student, stretch.from,
            stretch.until, {}, scan.means == ScanMeans::venue ? scan.noted_by : PersonId{}, scan.received_at});
    }

    Call& call_;
    ActivityRow const& activity_;
    std::vector<std::int64_t> const& people_;
    CheckType const type_;
    db::Batch changed_;
    std::vector<PresenceRow> presence_;
};

struct ScanData {
    std::string activity;
    Direction direction = Direction::in;
    Instant at;
    std::string gate;
    ScanMeans means = ScanMeans::hand;
    ScanOutcome outcome = ScanOutcome::counted;
    bool is_without_consent = false;
};
BOOST_DESCRIBE_STRUCT(ScanData, (), (activity, direction, at, gate, means, outcome, is_without_consent))

} // namespace

void settle_people(Call& call, ActivityRow const& activity, std::vector<std::int64_t> const& people)
{
    if (!people.empty())
        Settling(call, activity, people).run();
}

void settle_all(Call& call, ActivityRow const& activity)
{
    settle_people(call, activity,
        call.db.values<std::int64_t>(
            "SELECT DISTINCT person AS value FROM activity_scans WHERE county = $1 AND activity = $2", call.county, activity.id));
}

bool is_heard_at_once(Call const& call, Instant at) { return call.now.milliseconds - at.milliseconds <= on_the_way; }

void add_own_scan(Call& call, OwnedActivity const& activity, Guest const& guest, Direction direction, Instant read_at)
{
    ScanRow row{call.county, activity.id, "own-" + std::to_string(guest.person.value), 0, guest.person, guest.student, direction,
        "", ScanMeans::venue, read_at, 0, call.viewer.person, call.now, ScanOutcome::counted};
    row.is_without_consent = direction == Direction::in && ConsentsGiven(call, activity).lacks(guest.person);
    if (row.is_without_consent && is_heard_at_once(call, read_at))
        require_consents(call, activity, {guest.person.value});
    row.number = read_at.milliseconds / minute * 2 + (direction == Direction::out ? 1 : 0);
    add_scans(call, {row});
    settle_people(call, activity, {guest.person.value});
}

void move_scans(Call& call, directory::PeopleMerged const& merged)
{
    auto const touched = call.db.values<ActivityId>(
        "SELECT DISTINCT activity AS value FROM activity_scans WHERE county = $1 AND person = $2", call.county, merged.merged);
    call.db.execute(
        "UPDATE activity_scans SET person = $2 WHERE county = $1 AND person = $3", call.county, merged.kept, merged.merged);
    call.db.execute(
        "UPDATE activity_scans SET noted_by = $2 WHERE county = $1 AND noted_by = $3", call.county, merged.kept, merged.merged);
    for (auto const id : touched)
        settle_people(call, activity_with(call, id).value(), {merged.kept.value, merged.merged.value});
}

void erase_scans(Call& call, directory::PersonErased const& erased)
{
    call.db.execute(
        "DELETE FROM activity_scan_undoings WHERE county = $1 AND EXISTS (SELECT 1 FROM activity_scans s WHERE s.county "
        "= activity_scan_undoings.county AND s.activity = activity_scan_undoings.activity AND s.device = "
        "activity_scan_undoings.device AND s.number = activity_scan_undoings.number AND s.person = $2)",
        call.county, erased.person);
    call.db.execute("DELETE FROM activity_scans WHERE county = $1 AND person = $2", call.county, erased.person);
    call.db.execute("UPDATE activity_scans SET student = 0 WHERE county = $1 AND student = $2", call.county, erased.person);
}

void add_scan_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("activity_scans", {"活动签到签退", "Check-ins at events"},
        call.db.rows<ScanData>("SELECT a.title AS activity, s.direction, s.at, s.gate, s.means, s.outcome, s.is_without_consent "
                               "FROM activity_scans s JOIN "
                               "activities a ON a.county = s.county AND a.id = s.activity WHERE s.county = $1 AND s.person = $2 "
                               "ORDER BY s.at",
            call.county, asked.person)));
}

} // namespace concentric::activities
