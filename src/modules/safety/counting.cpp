#include "modules/safety/counting.hpp"

#include "modules/safety/medical_flags.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::safety {
namespace {

constexpr std::size_t largest_class = 200;

// {classes}, {marks} and {of} are the tables and the column of the occasion.
std::string statement(Occasion const& occasion, std::string text)
{
    auto const put = [&](std::string_view name, std::string_view value) {
        for (auto at = text.find(name); at != std::string::npos; at = text.find(name))
            text.replace(at, name.size(), value);
    };
    put("{classes}", occasion.is_drill ? "drill_classes" : "alarm_classes");
    put("{marks}", occasion.is_drill ? "drill_marks" : "alarm_marks");
    put("{of}", occasion.is_drill ? "drill" : "alarm");
    return text;
}

std::string class_columns(Occasion const& occasion)
{
    static std::string const sql = "SELECT c.class, c.leader, c.reported_by, c.arrived_at, c.reported_at, o.name AS class_name, "
                                   "o.path AS class_path, "
        + directory::person_name_in("c.county", "c.leader") + " AS leader_name, "
        + directory::person_name_in("c.county", "c.reported_by") + " AS reporter_name FROM {classes} c "
        + directory::joined_organisation("o", "c.county", "c.class") + " WHERE c.county = $1 AND c.{of} = $2 ";
    return statement(occasion, sql);
}

std::vector<MarkRow> marks_of(Call& call, Occasion const& occasion)
{
    return call.db.rows<MarkRow>(
        statement(occasion, "SELECT student, class, is_present, marked_at, marked_by FROM {marks} WHERE county = $1 AND {of} = $2"),
        call.county, occasion.id);
}

ClassOnBoard on_board(Call const& call, Occasion const& occasion, CountedClass const& row)
{
    ClassOnBoard view;
    view.class_ = {{row.class_.value}, row.class_name};
    if (row.leader)
        view.leader = PersonBrief{row.leader, row.leader_name.value_or("")};
    if (row.arrived_at.milliseconds) {
        view.arrived_at = row.arrived_at;
        view.seconds = seconds_between(occasion.started_at, row.arrived_at);
    }
    if (row.reported_at.milliseconds) {
        view.reported_at = row.reported_at;
        view.reported_by = row.reporter_name;
    }
    view.may_count = may_count(call, occasion, row);
    return view;
}

// Pupils who left since they were counted stay counted; those who came are asked for.
void count(Call& call, Occasion const& occasion, HeadCount& board)
{
    std::map<PersonId, MarkRow> marks;
    for (auto const& mark : marks_of(call, occasion))
        marks.emplace(mark.student, mark);
    std::map<std::int64_t, ClassOnBoard*> by_class;
    for (auto& one : board.classes)
        by_class[one.class_.id.value] = &one;
    for (auto const& pupil : directory::pupils_below(call, occasion.school_path)) {
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

void take_mark(Call& call, Occasion const& occasion, OrganisationId class_, Mark const& mark, std::vector<MarkRow> const& standing)
{
    MarkRow const row{mark.student, class_, mark.is_present, std::min(mark.at, call.now), call.viewer.person};
    auto const found = std::ranges::find(standing, mark.student, &MarkRow::student);
    if (found != standing.end() && !replaces(row, *found))
        return;
    call.db.execute(
        statement(occasion,
            "INSERT INTO {marks} (county, {of}, student, class, is_present, marked_at, marked_by) VALUES ($1, $2, $3, $4, $5, $6, "
            "$7) ON CONFLICT (county, {of}, student) DO UPDATE SET class = $4, is_present = $5, marked_at = $6, marked_by = $7"),
        call.county, occasion.id, row.student, row.class_, row.is_present, row.marked_at, row.marked_by);
}

} // namespace

void check(ClassReport const& input, Problems& problems)
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

Occasion occasion_of(Call const& call, OwnedDrill const& drill)
{
    return {true, drill.id.value, drill.school_path, drill.started_at, may_run(call, drill)};
}

std::vector<CountedClass> classes_of(Call& call, Occasion const& occasion)
{
    return call.db.rows<CountedClass>(class_columns(occasion) + "ORDER BY o.path", call.county, occasion.id);
}

CountedClass class_with(Call& call, Occasion const& occasion, OrganisationId class_)
{
    auto found = call.db.row<CountedClass>(class_columns(occasion) + "AND c.class = $3", call.county, occasion.id, class_);
    if (!found)
        throw not_found(the_class);
    return std::move(*found);
}

bool may_count(Call const& call, Occasion const& occasion, CountedClass const& row)
{
    return row.leader == call.viewer.person || occasion.may_run
        || (call.viewer.may(Permission::read_people) && call.viewer.reaches(row.class_path));
}

HeadCount count_heads(Call& call, Occasion const& occasion)
{
    HeadCount board;
    for (auto const& row : classes_of(call, occasion))
        board.classes.push_back(on_board(call, occasion, row));
    count(call, occasion, board);
    for (auto& one : board.classes) {
        one.state = state_of({one.pupils, one.present, one.missing});
        board.pupils += one.pupils;
        board.present += one.present;
        board.missing += one.missing;
        board.not_reported += one.state == ClassState::not_reported;
    }
    return board;
}

std::vector<PupilOnRoll> roll_of(Call& call, Occasion const& occasion, CountedClass const& row)
{
    auto const pupils = directory::pupils_below(call, row.class_path);
    std::vector<std::int64_t> ids;
    for (auto const& pupil : pupils)
        ids.push_back(pupil.id.value);
    auto const marks = marks_of(call, occasion);
    auto const flagged = flagged_among(call, ids);
    std::vector<PupilOnRoll> roll;
    for (auto const& pupil : pupils)
        roll.push_back(on_roll(pupil, marks, flagged));
    return roll;
}

void take_report(Call& call, Occasion const& occasion, CountedClass& row, ClassReport const& report)
{
    auto const pupils = directory::pupils_below(call, row.class_path);
    auto const standing = marks_of(call, occasion);
    for (std::size_t i = 0; i < report.marks.size(); ++i) {
        if (std::ranges::find(pupils, report.marks[i].student, &directory::PupilBrief::id) == pupils.end())
            throw invalid(fmt::format("/marks/{}/student", i), "not_found", {"本班没有这名学生。", "The class has no such pupil."});
        take_mark(call, occasion, row.class_, report.marks[i], standing);
    }
    row.arrived_at = earlier(row.arrived_at, std::min(report.arrived_at.value_or(Instant{}), call.now));
    call.db.execute(statement(occasion,
                        "UPDATE {classes} SET arrived_at = $4, reported_by = $5, reported_at = $6 WHERE county = $1 AND {of} = $2 "
                        "AND class = $3"),
        call.county, occasion.id, row.class_, row.arrived_at, call.viewer.person, call.now);
    tell_staff(call, occasion.school_path);
}

std::vector<PersonId> present_at(Call& call, Occasion const& occasion)
{
    return call.db.values<PersonId>(
        statement(occasion,
            "SELECT student AS value FROM {marks} WHERE county = $1 AND {of} = $2 AND is_present = TRUE ORDER BY student"),
        call.county, occasion.id);
}

} // namespace concentric::safety
