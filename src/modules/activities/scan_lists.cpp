#include "modules/activities/scan_lists.hpp"

#include "modules/activities/consents.hpp"
#include "modules/directory/directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <unordered_set>

namespace concentric::activities {
namespace {

constexpr std::int64_t doubtful_from = 2 * 60'000; // milliseconds between two clocks

struct TrailRow : ScanRow {
    Instant undone_at;
    PersonId undone_by;
};
BOOST_DESCRIBE_STRUCT(TrailRow, (ScanRow), (undone_at, undone_by))

// Where a page ended: the moment, and the device and number at it.
struct PageMark {
    std::int64_t at = 0, number = 0;
    std::string device;
};

PageMark page_mark_in(std::optional<Text<1, 80>> const& after)
{
    if (!after)
        return {INT64_MAX, 0, ""};
    PageMark mark;
    auto const first = after->find(':'), second = after->find(':', first + 1);
    if (second == std::string::npos)
        throw invalid("/after", "unknown", {"页码不对。", "There is no such page."});
    std::from_chars(after->data(), after->data() + first, mark.at);
    std::from_chars(after->data() + first + 1, after->data() + second, mark.number);
    mark.device = after->substr(second + 1);
    return mark;
}

ScanView view_of(OwnedActivity const& activity, TrailRow const& row)
{
    ScanView view;
    view.device = row.device;
    view.number = row.number;
    view.person = row.person;
    view.direction = row.direction;
    view.gate = row.gate;
    view.means = row.means;
    view.at = row.at;
    view.received_at = row.received_at;
    view.clock_ahead_ms = row.clock_ahead_ms;
    view.is_clock_doubtful
        = std::abs(row.clock_ahead_ms) > doubtful_from || row.at.milliseconds > row.received_at.milliseconds + doubtful_from;
    view.is_late = activity.state == ActivityState::closed && row.received_at > activity.closed_at;
    view.is_without_consent = row.is_without_consent;
    view.outcome = row.outcome;
    if (row.undone_at.milliseconds)
        view.undone_at = row.undone_at;
    return view;
}

std::vector<ScanView> views_of(Call& call, OwnedActivity const& activity, std::vector<TrailRow> const& rows)
{
    std::vector<std::int64_t> people;
    for (auto const& row : rows)
        people.insert(people.end(), {row.person.value, row.noted_by.value, row.undone_by.value});
    auto const names = directory::names_of(call, people);
    std::vector<ScanView> views;
    for (auto const& row : rows) {
        auto& view = views.emplace_back(view_of(activity, row));
        view.name = directory::name_in(names, row.person.value);
        view.noted_by = directory::name_in(names, row.noted_by.value);
        view.undone_by = directory::name_in(names, row.undone_by.value);
    }
    return views;
}

constexpr std::string_view trail
    = "SELECT s.*, COALESCE(u.at, 0) AS undone_at, COALESCE(u.undone_by, 0) AS undone_by FROM activity_scans s LEFT JOIN "
      "activity_scan_undoings u ON u.county = s.county AND u.activity = s.activity AND u.device = s.device AND u.number = s.number "
      "WHERE s.county = $1 AND s.activity = $2 ";

ListAttendance asked(LoadCheckInList const& input)
{
    ListAttendance list;
    list.id = input.id;
    list.list = input.list;
    list.after = input.after;
    list.limit = input.limit.value_or(Limit{200});
    return list;
}

Words words_for(ScanOutcome outcome)
{
    switch (outcome) {
    case ScanOutcome::counted: return {"计入", "Counts"};
    case ScanOutcome::repeated: return {"重复", "Repeated"};
    case ScanOutcome::unmatched: return {"未见签到", "Out without in"};
    case ScanOutcome::undone: break;
    }
    return {"已撤销", "Taken back"};
}

} // namespace

CheckInList load_check_in_list(Call& call, LoadCheckInList const& input)
{
    auto const activity = watched_activity(call, input.id);
    auto const time = code_time(activity);
    CheckInList list{call.now, time.from, time.until, check_type_of(call, activity.id), gates_of(call, activity.id),
        verifying_keys(call.db), activity.needs_sign_up, {}, {}};
    auto const page = list_attendance(call, asked(input));
    ConsentsGiven const consents(call, activity);
    std::unordered_set<std::int64_t> inside;
    for (auto const& passage : passages_of(call, activity.id))
        if (!passage.left_at.milliseconds)
            inside.insert(passage.person.value);
    for (auto const& one : page.items)
        list.items.push_back({one.person, one.name, one.student == one.person ? "" : one.student_name, one.unit_name,
            activity.needs_sign_up && one.state != SignUpState::placed, inside.contains(one.person.value), !one.sources.empty(),
            consents.lacks(one.person)});
    list.next = page.next;
    return list;
}

Page<PaperCode> list_paper_codes(Call& call, LoadCheckInList const& input)
{
    auto const activity = watched_activity(call, input.id);
    require_announced(activity);
    auto const page = list_attendance(call, asked(input));
    Page<PaperCode> codes;
    for (auto const& one : page.items)
        if (!activity.needs_sign_up || one.state == SignUpState::placed)
            codes.items.push_back({one.person, one.name, one.student == one.person ? "" : one.student_name, one.unit_name,
                paper_code(call, activity, one.person).text});
    codes.next = page.next;
    return codes;
}

Page<ScanView> list_scans(Call& call, ListScans const& input)
{
    auto const activity = watched_activity(call, input.id);
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto const mark = page_mark_in(input.after);
    auto const choice = input.choice.value_or(ScanChoice::all);
    auto const named = input.q ? directory::people_named(call, *input.q, most_found) : std::vector<std::int64_t>{};
    auto rows = call.db.rows<TrailRow>(std::string(trail)
            + "AND (s.at < $3 OR (s.at = $3 AND (s.device < $4 OR (s.device = $4 AND s.number < $5)))) AND (s.gate = $6 OR $7) AND "
              "(s.person ANY_OF($8) OR $9) AND ($10 OR (s.outcome IN ('repeated', 'unmatched') AND $11) OR (s.outcome = 'undone' "
              "AND "
              "$12) OR (s.received_at > $13 AND $14) OR (s.is_without_consent AND $15)) ORDER BY s.at DESC, s.device DESC, "
              "s.number DESC "
              "LIMIT $16",
        call.county, activity.id, mark.at, std::string_view(mark.device), mark.number, input.gate.value_or(Text<0, 40>()),
        !input.gate, db::IntegerList{named}, !input.q, choice == ScanChoice::all, choice == ScanChoice::repeated,
        choice == ScanChoice::undone, activity.closed_at, choice == ScanChoice::late && activity.state == ActivityState::closed,
        choice == ScanChoice::without_consent, limit + 1);
    Page<ScanView> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = fmt::format("{}:{}:{}", rows.back().at.milliseconds, rows.back().number, rows.back().device);
    }
    page.items = views_of(call, activity, rows);
    return page;
}

std::vector<Passage> passages_of(Call& call, ActivityId id)
{
    auto const type = check_type_of(call, id);
    std::vector<Passage> passages;
    for (auto const& row : call.db.rows<ScanRow>("SELECT * FROM activity_scans WHERE county = $1 AND activity = $2 AND outcome = "
                                                 "'counted' ORDER BY person, at",
             call.county, id)) {
        bool const is_first = passages.empty() || passages.back().person != row.person;
        if (is_first)
            passages.push_back({row.person, row.gate, {}, false, false});
        auto& passage = passages.back();
        passage.is_without_consent |= row.is_without_consent;
        passage.left_at = row.direction == Direction::out ? row.at : Instant{};
        passage.lacks_out = row.direction == Direction::in && type == CheckType::in_out;
    }
    return passages;
}

void add_scan_sheet(Call& call, OwnedActivity const& activity, lib::WorkbookWriter& workbook)
{
    auto const rows = call.db.rows<TrailRow>(std::string(trail) + "ORDER BY s.at, s.device, s.number", call.county, activity.id);
    if (rows.empty())
        return;
    std::vector<std::string> headings;
    for (auto const& words : {Words{"姓名", "Name"}, {"进出", "In or out"}, {"时间", "Time"}, {"入口", "Gate"},
             {"登记人", "Noted by"}, {"设备", "Device"}, {"时钟快（秒）", "Clock ahead (s)"}, {"结果", "Outcome"},
             {"撤销人", "Taken back by"}, {"没有监护人的同意", "Without a guardian's consent"}})
        headings.push_back(call.say(words));
    workbook.add_sheet(call.say({"扫码记录", "Scans"}), headings);
    for (auto const& view : views_of(call, activity, rows))
        workbook.add_row({view.name, call.say(view.direction == Direction::in ? Words{"进", "In"} : Words{"出", "Out"}),
            text_of(view.at).substr(0, 19).replace(10, 1, " "), view.gate, view.noted_by, view.device, view.clock_ahead_ms / 1000,
            call.say(words_for(view.outcome)), view.undone_by, view.is_without_consent ? call.say({"是", "yes"}) : ""});
}

} // namespace concentric::activities
