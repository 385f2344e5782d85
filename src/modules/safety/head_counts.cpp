#include "modules/safety/head_counts.hpp"

#include "modules/safety/medical_flags.hpp"
#include "modules/safety/tasks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::safety {
namespace {

using milliseconds::day;
constexpr std::size_t largest_class = 200;

struct NamedClass : DrillClassRow {
    std::string class_name, class_path;
    std::optional<std::string> leader_name, reporter_name;
};
BOOST_DESCRIBE_STRUCT(NamedClass, (DrillClassRow), (class_name, class_path, leader_name, reporter_name))

std::string const& class_columns()
{
    static std::string const sql = "SELECT c.*, o.name AS class_name, o.path AS class_path, "
        + directory::person_name_in("c.county", "c.leader") + " AS leader_name, "
        + directory::person_name_in("c.county", "c.reported_by") + " AS reporter_name FROM drill_classes c "
        + directory::joined_organisation("o", "c.county", "c.class");
    return sql;
}

std::vector<NamedClass> classes_of(Call& call, DrillId drill)
{
    static std::string const sql = class_columns() + " WHERE c.county = $1 AND c.drill = $2 ORDER BY o.path";
    return call.db.rows<NamedClass>(sql, call.county, drill);
}

NamedClass class_with(Call& call, OneDrillClass const& asked)
{
    static std::string const sql = class_columns() + " WHERE c.county = $1 AND c.drill = $2 AND c.class = $3";
    auto found = call.db.row<NamedClass>(sql, call.county, asked.id, asked.class_);
    if (!found)
        throw not_found(the_class);
    return std::move(*found);
}

std::vector<MarkRow> marks_of(Call& call, DrillId drill)
{
    return call.db.rows<MarkRow>("SELECT * FROM drill_marks WHERE county = $1 AND drill = $2", call.county, drill);
}

// A drill whose class leaders are asked for, too: they may stand outside of the school's own posts.
OwnedDrill drill_for_counting(Call& call, OneDrillClass const& asked, NamedClass const& row)
{
    auto drill = seen_drill(call, asked.id);
    if (!may_count(call, drill, row, row.class_path))
        throw not_found(the_class);
    return drill;
}

ClassOnBoard on_board(Call const& call, OwnedDrill const& drill, NamedClass const& row)
{
    ClassOnBoard view;
    view.class_ = {{row.class_.value}, row.class_name};
    if (row.leader)
        view.leader = PersonBrief{row.leader, row.leader_name.value_or("")};
    if (row.arrived_at.milliseconds) {
        view.arrived_at = row.arrived_at;
        view.seconds = seconds_between(drill.started_at, row.arrived_at);
    }
    if (row.reported_at.milliseconds) {
        view.reported_at = row.reported_at;
        view.reported_by = row.reporter_name;
    }
    view.may_count = may_count(call, drill, row, row.class_path);
    return view;
}

// Pupils who left since they were counted stay counted; those who came are asked for.
void count(Call& call, OwnedDrill const& drill, DrillBoard& board)
{
    std::map<PersonId, MarkRow> marks;
    for (auto const& mark : marks_of(call, drill.id))
        marks.emplace(mark.student, mark);
    std::map<std::int64_t, ClassOnBoard*> by_class;
    for (auto& one : board.classes)
        by_class[one.class_.id.value] = &one;
    for (auto const& pupil : directory::pupils_below(call, drill.school_path)) {
        auto const found = by_class.find(pupil.class_.value);
        if (found == by_class.end())
            continue;
        auto& one = *found->second;
        ++one.pupils;
        auto const mark = marks.find(pupil.id);
        if (mark == marks.end())
            continue;
        ++(mark->second.is_present ? one.present : one.missing);
        if (!mark->second.is_present && one.may_count)
            one.missing_names.push_back(pupil.name);
    }
}

PupilOnRoll on_roll(directory::PupilBrief const& pupil, std::vector<MarkRow> const& marks, std::vector<std::int64_t> const& flagged)
{
    PupilOnRoll one{pupil.id, pupil.name, {}, {}, std::ranges::binary_search(flagged, pupil.id.value)};
    if (auto const mark = std::ranges::find(marks, pupil.id, &MarkRow::student); mark != marks.end()) {
        one.is_present = mark->is_present;
        one.marked_at = mark->marked_at;
    }
    return one;
}

ClassRoll roll_of(Call& call, OwnedDrill const& drill, NamedClass const& row)
{
    ClassRoll roll{view_of(call, drill), {{row.class_.value}, row.class_name}, {}, {}};
    auto const pupils = directory::pupils_below(call, row.class_path);
    std::vector<std::int64_t> ids;
    for (auto const& pupil : pupils)
        ids.push_back(pupil.id.value);
    auto const marks = marks_of(call, drill.id);
    auto const flagged = flagged_among(call, ids);
    for (auto const& pupil : pupils)
        roll.pupils.push_back(on_roll(pupil, marks, flagged));
    if (row.arrived_at.milliseconds)
        roll.arrived_at = row.arrived_at;
    return roll;
}

// What was counted before the leader's phone said that it had begun counts too.
void require_countable(Call const& call, OwnedDrill const& drill)
{
    bool const is_today = std::abs(drill.planned_at.milliseconds - call.now.milliseconds) < day;
    if (drill.state == DrillState::running || drill.state == DrillState::stopped
        || (drill.state == DrillState::planned && is_today))
        return;
    throw conflict({"这次演练现在不能点名。", "Nobody is counted for this drill now."});
}

void take_mark(Call& call, DrillId drill, OrganisationId class_, Mark const& mark, std::vector<MarkRow> const& standing)
{
    MarkRow const row{call.county, drill, mark.student, class_, mark.is_present, std::min(mark.at, call.now), call.viewer.person};
    auto const found = std::ranges::find(standing, mark.student, &MarkRow::student);
    if (found != standing.end() && !replaces(row, *found))
        return;
    call.db.execute(
        "INSERT INTO drill_marks (county, drill, student, class, is_present, marked_at, marked_by) VALUES ($1, $2, $3, "
        "$4, $5, $6, $7) ON CONFLICT (county, drill, student) DO UPDATE SET class = $4, is_present = $5, marked_at = $6, "
        "marked_by = $7",
        row.county, row.drill, row.student, row.class_, row.is_present, row.marked_at, row.marked_by);
}

} // namespace

void check(ReportClass const& input, Problems& problems)
{
    if (input.marks.size() > largest_class)
        problems.push_back({"/marks", "length", {"一次最多 200 名学生。", "At most 200 pupils at a time."}});
    std::vector<PersonId> students;
    for (auto const& mark : input.marks)
        students.push_back(mark.student);
    std::ranges::sort(students);
    if (std::ranges::adjacent_find(students) != students.end())
        problems.push_back({"/marks", "twice", {"同一名学生出现了两次。", "A pupil stands there twice."}});
}

DrillBoard show_board(Call& call, OneDrill const& input)
{
    auto const drill = seen_drill(call, input.id);
    DrillBoard board;
    static_cast<DrillView&>(board) = view_of(call, drill);
    for (auto const& row : classes_of(call, drill.id))
        board.classes.push_back(on_board(call, drill, row));
    count(call, drill, board);
    for (auto& one : board.classes) {
        one.state = state_of({one.pupils, one.present, one.missing});
        board.pupils += one.pupils;
        board.present += one.present;
        board.missing += one.missing;
        board.not_reported += one.state == ClassState::not_reported;
    }
    board.tasks = tasks_of_drill(call, drill);
    return board;
}

ClassRoll show_roll(Call& call, OneDrillClass const& input)
{
    auto const row = class_with(call, input);
    return roll_of(call, drill_for_counting(call, input, row), row);
}

ClassRoll report_class(Call& call, ReportClass const& input)
{
    OneDrillClass const asked{input.id, input.class_};
    call.db.hold({input.id.value, input.class_.value});
    auto row = class_with(call, asked);
    auto const drill = drill_for_counting(call, asked, row);
    require_countable(call, drill);
    auto const pupils = directory::pupils_below(call, row.class_path);
    auto const standing = marks_of(call, drill.id);
    for (std::size_t i = 0; i < input.marks.size(); ++i) {
        if (std::ranges::find(pupils, input.marks[i].student, &directory::PupilBrief::id) == pupils.end())
            throw invalid(fmt::format("/marks/{}/student", i), "not_found", {"本班没有这名学生。", "The class has no such pupil."});
        take_mark(call, drill.id, input.class_, input.marks[i], standing);
    }
    row.arrived_at = earlier(row.arrived_at, std::min(input.arrived_at.value_or(Instant{}), call.now));
    call.db.execute("UPDATE drill_classes SET arrived_at = $4, reported_by = $5, reported_at = $6 WHERE county = $1 AND drill = $2 "
                    "AND class = $3",
        call.county, drill.id, input.class_, row.arrived_at, call.viewer.person, call.now);
    tell_staff(call, drill.school_path);
    return roll_of(call, drill, row);
}

DrillBoard lead_class(Call& call, LeadClass const& input)
{
    auto const drill = run_drill(call, input.id);
    class_with(call, {input.id, input.class_});
    if (input.leader)
        require_staff(call, drill.school_path, *input.leader, "/leader");
    call.db.execute("UPDATE drill_classes SET leader = $4 WHERE county = $1 AND drill = $2 AND class = $3", call.county, drill.id,
        input.class_, input.leader.value_or(PersonId{}));
    tell_staff(call, drill.school_path);
    return show_board(call, {drill.id});
}

OwnDrills own_drills(Call& call, Nothing const&)
{
    static std::string const sql = drill_columns()
        + " WHERE d.county = $1 AND ((o.path >= $2 AND o.path < $3) OR d.coordinator = $4) AND (d.state IN ('running', 'stopped') "
          "OR "
          "(d.state IN ('planned', 'closed') AND d.planned_at > $5 AND d.planned_at < $6)) ORDER BY d.planned_at, d.id LIMIT 20";
    auto const own = own_schools(call);
    auto const path = own.size() == 1 ? own.front().path : std::string("/-/");
    OwnDrills drills;
    for (auto const& drill : call.db.rows<OwnedDrill>(sql, call.county, path, path.substr(0, path.size() - 1) + "0",
             call.viewer.person, Instant{call.now.milliseconds - day}, Instant{call.now.milliseconds + 14 * day})) {
        OwnDrill one;
        static_cast<DrillView&>(one) = view_of(call, drill);
        for (auto const& row : classes_of(call, drill.id))
            if (may_count(call, drill, row, row.class_path))
                one.classes.push_back({{row.class_.value}, row.class_name});
        drills.items.push_back(std::move(one));
    }
    return drills;
}

} // namespace concentric::safety
