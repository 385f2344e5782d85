#include "modules/safety/drills.hpp"

#include "lib/workbook.hpp"
#include "modules/activities/announcing.hpp"
#include "modules/activities/closing.hpp"
#include "modules/activities/holding.hpp"
#include "modules/safety/counting.hpp"
#include "modules/safety/overview.hpp"
#include "modules/safety/tasks.hpp"
#include "modules/safety/telling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::safety {
namespace {

using lib::longest_sheet;

Instant tapped(Call const& call, TapDrill const& input) { return std::min(input.at.value_or(call.now), call.now); }

activities::Stretch stretch_of(DrillRow const& drill)
{
    return {drill.planned_at, {drill.planned_at.milliseconds + drill.minutes * minute}};
}

void store(Call& call, DrillRow& drill)
{
    ++drill.version;
    call.db.execute("UPDATE drills SET state = $3, place = $4, coordinator = $5, planned_at = $6, minutes = $7, started_at = $8, "
                    "stopped_at = $9, review = $10, reminded_at = $11, version = $12 WHERE county = $1 AND id = $2",
        call.county, drill.id, drill.state, drill.place, drill.coordinator, drill.planned_at, drill.minutes, drill.started_at,
        drill.stopped_at, drill.review, drill.reminded_at, drill.version);
    call.version = drill.version;
}

DrillView view_again(Call& call, DrillId id) { return view_of(call, seen_drill(call, id)); }

std::vector<OwnedDrill> listed(Call& call, ListDrills const& input, std::string const& path, std::int64_t most)
{
    static std::string const sql = drill_columns()
        + " WHERE d.county = $1 AND o.path >= $2 AND o.path < $3 AND d.planned_at >= $4 AND d.planned_at < $5 AND (d.kind = $6 OR "
          "$6 = '') AND (d.state = $7 OR $7 = '') AND ($8 = 0 OR (d.planned_at, d.id) < (SELECT x.planned_at, x.id FROM drills x "
          "WHERE x.county = $1 AND x.id = $8)) ORDER BY d.planned_at DESC, d.id DESC LIMIT $9";
    return call.db.rows<OwnedDrill>(sql, call.county, path, path.substr(0, path.size() - 1) + "0",
        start_of(input.from.value_or(day_of(2000, 1, 1))), start_of(plus_days(input.to.value_or(day_of(2999, 12, 30)), 1)),
        input.kind ? name_of(*input.kind) : "", input.state ? name_of(*input.state) : "", input.after.value_or(DrillId{}), most);
}

// The one school that is looked at, or the path of all that the viewer reaches.
struct Looked {
    std::optional<SchoolBrief> school;
    std::string path;
};
Looked looked_at(Call& call, std::optional<OrganisationId> school)
{
    if (school) {
        auto const found = staffed_school(call, *school);
        return {SchoolBrief{found.id, found.name}, found.path};
    }
    auto const own = own_schools(call);
    if (own.size() == 1)
        return {SchoolBrief{own.front().id, own.front().name}, own.front().path};
    return {std::nullopt, own.empty() ? std::string() : call.viewer.path};
}

std::vector<directory::ClassUnit> classes_meant(Call& call, directory::OrganisationRef const& school, PlanDrill const& input)
{
    auto classes = directory::classes_of_school(call, school.path);
    if (input.classes.empty())
        return classes;
    for (std::size_t i = 0; i < input.classes.size(); ++i)
        if (std::ranges::find(classes, input.classes[i], &directory::ClassUnit::id) == classes.end())
            throw invalid(fmt::format("/classes/{}", i), "not_found", {"找不到本校的这个班。", "The school has no such class."});
    std::erase_if(classes, [&](auto const& one) { return std::ranges::find(input.classes, one.id) == input.classes.end(); });
    return classes;
}

ActivityId announce_event(Call& call, DrillRow const& row, PlanDrill const& input)
{
    activities::AnnounceActivity event;
    event.organiser = row.school;
    event.kind = Text<1, 40>("drill");
    event.title = Text<1, 120>("【演练】" + words_of(row.kind).zh);
    event.starts_at = stretch_of(row).from;
    event.ends_at = stretch_of(row).until;
    event.place = Text<0, 200>(row.place);
    event.audience = activities::Audience::pupils;
    event.invited = input.classes;
    event.leaders = {row.coordinator};
    event.remind_minutes = activities::ReminderMinutes{0}; // drills remind by themselves, marked as what they are
    return activities::announce_for(call, event, call.viewer.person);
}

void require_soon(Call const& call, Instant planned_at)
{
    if (planned_at.milliseconds < call.now.milliseconds - 60 * minute)
        throw invalid("/planned_at", "past", {"演练要安排在将来的时间。", "A drill is planned for the future."});
}

template <class Event> std::optional<OwnedDrill> drill_of(Call& call, Event const& event)
{
    static std::string const sql = drill_columns() + " WHERE d.county = $1 AND d.activity = $2";
    return call.db.row<OwnedDrill>(sql, call.county, event.id);
}

} // namespace

std::string title_of(Call const& call, DrillKind kind)
{
    auto const words = words_of(kind);
    return call.say({"【演练】" + words.zh, "[DRILL] " + words.en});
}

DrillView view_of(Call& call, OwnedDrill const& drill)
{
    DrillView view;
    view.id = drill.id;
    view.school = {drill.school, drill.school_name};
    view.activity = drill.activity;
    view.kind = drill.kind;
    view.title = title_of(call, drill.kind);
    view.state = drill.state;
    if (drill.state != DrillState::cancelled)
        view.due = due_of(drill, call.now);
    view.place = drill.place;
    view.coordinator = {drill.coordinator, drill.coordinator_name.value_or("")};
    view.planned_at = drill.planned_at;
    view.minutes = drill.minutes;
    if (drill.started_at.milliseconds)
        view.started_at = drill.started_at;
    if (drill.stopped_at.milliseconds)
        view.stopped_at = drill.stopped_at;
    view.review = drill.review;
    view.may_run = may_run(call, drill);
    view.may_manage = manages(call, drill.school_path);
    view.version = drill.version;
    return view;
}

DrillCalendar list_drills(Call& call, ListDrills const& input)
{
    DrillCalendar list;
    auto const looked = looked_at(call, input.school);
    if (looked.path.empty())
        return list;
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = listed(call, input, looked.path, limit + 1);
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        list.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        list.items.push_back(view_of(call, row));
    list.school = looked.school;
    if (looked.school)
        if (auto standings = standings_of(call, {looked.school->id.value}); !standings.empty())
            list.standing = std::move(standings.begin()->second);
    list.may_manage = looked.school && manages(call, looked.path);
    return list;
}

Download drill_sheet(Call& call, ListDrills const& input)
{
    std::vector<std::string> headings;
    for (auto const& words : {Words{"学校", "School"}, {"演练", "Drill"}, {"计划时间", "Planned for"}, {"负责人", "Coordinator"},
             {"集合点", "Assembly point"}, {"开始", "Began"}, {"结束", "Ended"}, {"用时（秒）", "Seconds"}, {"复盘", "Review"}})
        headings.push_back(call.say(words));
    lib::WorkbookWriter book;
    book.add_sheet(call.say({"演练", "Drills"}), headings);
    auto const moment = [](Instant at) { return at.milliseconds ? text_of(at).substr(0, 19).replace(10, 1, " ") : std::string(); };
    auto const looked = looked_at(call, input.school);
    for (auto const& row : listed(call, input, looked.path.empty() ? "/-/" : looked.path, longest_sheet)) {
        auto const seconds = seconds_between(row.started_at, row.stopped_at);
        book.add_row({row.school_name, title_of(call, row.kind), moment(row.planned_at), row.coordinator_name.value_or(""),
            row.place, moment(row.started_at), moment(row.stopped_at), seconds ? lib::Value(*seconds) : lib::Value(), row.review});
    }
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        call.say({"演练台账.xlsx", "drills.xlsx"})};
}

DrillView plan_drill(Call& call, PlanDrill const& input)
{
    auto const school = chosen_school(call, input.school, "/school");
    require_soon(call, input.planned_at);
    require_staff(call, school.path, input.coordinator, "/coordinator");
    DrillRow row{call.county, new_id_of<DrillId>(), school.id, {}, input.kind};
    row.place = input.place;
    row.coordinator = input.coordinator;
    row.planned_at = input.planned_at;
    row.minutes = input.minutes;
    row.created_by = call.viewer.person;
    row.created_at = call.now;
    std::vector<DrillClassRow> classes;
    for (auto const& unit : classes_meant(call, school, input))
        if (unit.kind == "class")
            classes.push_back({call.county, row.id, unit.id, {}, {}, {}, {}});
    if (classes.empty())
        throw invalid("/classes", "empty", {"本校还没有班级。", "The school has no classes."});
    row.activity = announce_event(call, row, input);
    call.db.insert("drills", row);
    call.db.load("drill_classes", classes);
    auto const drill = seen_drill(call, row.id);
    tell_coordinator(call, drill, {"请您负责", "you coordinate it"});
    tell_staff(call, school.path);
    return view_of(call, drill);
}

DrillView change_drill(Call& call, ChangeDrill const& input)
{
    auto drill = held_drill(call, input.id);
    if (drill.state != DrillState::planned)
        throw conflict({"演练已经开始，不能再改。", "The drill has begun and is not changed any more."});
    if (input.planned_at) {
        require_soon(call, *input.planned_at);
        drill.reminded_at = {};
    }
    if (input.coordinator && *input.coordinator != drill.coordinator) {
        require_staff(call, drill.school_path, *input.coordinator, "/coordinator");
        drill.coordinator = *input.coordinator;
        activities::lead_for(call, drill.activity, drill.coordinator);
        tell_coordinator(call, drill, {"请您负责", "you coordinate it"});
    }
    drill.planned_at = input.planned_at.value_or(drill.planned_at);
    drill.minutes = input.minutes.value_or(DrillMinutes{drill.minutes});
    drill.place = input.place.value_or(Text<1, 200>(drill.place));
    activities::move_for(call, drill.activity, stretch_of(drill));
    store(call, drill);
    tell_staff(call, drill.school_path);
    return view_again(call, drill.id);
}

DrillView cancel_drill(Call& call, DrillWithReason const& input)
{
    auto const drill = held_drill(call, input.id);
    if (drill.state == DrillState::closed)
        throw conflict({"演练已经登记，请先撤回登记。", "The drill stands in the ledger: take it back first."});
    activities::cancel_for(call, drill.activity, input.reason);
    tell_coordinator(call, drill, {"取消：" + input.reason, "cancelled: " + input.reason});
    tell_staff(call, drill.school_path);
    return view_again(call, drill.id);
}

DrillView start_drill(Call& call, TapDrill const& input)
{
    auto drill = run_drill(call, input.id);
    if (drill.state == DrillState::cancelled || drill.state == DrillState::closed)
        throw conflict({"这次演练已经取消或登记。", "This drill was cancelled or entered."});
    if (drill.state != DrillState::planned)
        return view_of(call, drill);
    drill.state = DrillState::running;
    drill.started_at = tapped(call, input);
    store(call, drill);
    tell_staff_of_start(call, drill);
    tell_staff(call, drill.school_path);
    return view_of(call, drill);
}

DrillView stop_drill(Call& call, TapDrill const& input)
{
    auto drill = run_drill(call, input.id);
    if (drill.state == DrillState::stopped)
        return view_of(call, drill);
    if (drill.state != DrillState::running)
        throw conflict({"演练没有在进行。", "The drill is not running."});
    drill.state = DrillState::stopped;
    drill.stopped_at = std::max(tapped(call, input), drill.started_at);
    store(call, drill);
    tell_staff(call, drill.school_path);
    return view_of(call, drill);
}

void check(CloseDrill const& input, Problems& problems)
{
    if (input.tasks.size() > 20)
        problems.push_back({"/tasks", "length", {"整改事项最多 20 条。", "At most 20 tasks."}});
}

DrillView close_drill(Call& call, CloseDrill const& input)
{
    auto drill = run_drill(call, input.id);
    if (drill.state != DrillState::stopped)
        throw conflict({"请先结束演练再登记。", "Stop the drill before you enter it."});
    auto const present = present_at(call, occasion_of(call, drill));
    if (present.empty())
        throw conflict({"还没有班级点名，不能登记。", "No class was counted yet."});
    for (std::size_t i = 0; i < input.tasks.size(); ++i)
        add_task(call, drill, input.tasks[i], fmt::format("/tasks/{}", i));
    drill.review = input.review.value_or(Text<0, 2000>(drill.review));
    store(call, drill);
    // The ledger counts whole minutes, and a quick school needs less than one.
    auto const until = std::max(drill.stopped_at.milliseconds, drill.started_at.milliseconds + minute);
    activities::hold_for(call, drill.activity, {drill.started_at, {until}}, present);
    tell_staff(call, drill.school_path);
    return view_again(call, drill.id);
}

DrillView reopen_drill(Call& call, DrillWithReason const& input)
{
    auto const drill = run_drill(call, input.id);
    if (drill.state != DrillState::closed)
        throw conflict({"这次演练还没有登记。", "This drill has not been entered."});
    activities::reopen_activity(call, {drill.activity, Text<2, 500>(std::string(input.reason))});
    tell_staff(call, drill.school_path);
    return view_again(call, drill.id);
}

void activity_cancelled(Call& call, activities::ActivityCancelled const& event)
{
    if (auto drill = drill_of(call, event)) {
        drill->state = DrillState::cancelled;
        drill->review = event.reason;
        store(call, *drill);
    }
}

void activity_moved(Call& call, activities::ActivityMoved const& event)
{
    auto drill = drill_of(call, event);
    if (!drill || drill->state != DrillState::planned)
        return;
    drill->planned_at = event.time.from;
    drill->minutes = std::clamp<std::int64_t>((event.time.until.milliseconds - event.time.from.milliseconds) / minute, 5, 240);
    drill->reminded_at = {};
    store(call, *drill);
}

void activity_closed(Call& call, activities::ActivityClosed const& event)
{
    auto drill = drill_of(call, event);
    if (!drill)
        return;
    drill->state = DrillState::closed;
    if (!drill->started_at.milliseconds)
        drill->started_at = event.time.from;
    if (!drill->stopped_at.milliseconds)
        drill->stopped_at = event.time.until;
    store(call, *drill);
}

void activity_reopened(Call& call, activities::ActivityReopened const& event)
{
    if (auto drill = drill_of(call, event)) {
        drill->state = DrillState::stopped;
        store(call, *drill);
    }
}

} // namespace concentric::safety
