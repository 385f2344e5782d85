#include "modules/programmes/marks.hpp"

#include "modules/directory/directory.hpp"
#include "modules/programmes/learners.hpp"
#include "modules/programmes/scoring.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::programmes {
namespace {

constexpr std::size_t most_tasks = 12;

std::vector<Criterion> criteria_of(TaskRow const& row) { return reflect::from_json<std::vector<Criterion>>(row.criteria); }

Task task_shown(TaskRow const& row, std::vector<MarkRow> const& marks)
{
    std::set<PersonId> people;
    for (auto const& mark : marks)
        if (mark.task == row.id)
            people.insert(mark.person);
    return {row.id, row.kind, row.title, row.weight, criteria_of(row), static_cast<std::int64_t>(people.size())};
}

TaskRow task_with(Call& call, ClassId class_, TaskId id)
{
    auto row = call.db.row<TaskRow>(
        "SELECT * FROM training_tasks WHERE county = $1 AND class = $2 AND id = $3", call.county, class_, id);
    if (!row)
        throw not_found(the_task);
    return std::move(*row);
}

std::vector<TaskRow> rows_of(Call const& call, SaveTasks const& input)
{
    std::vector<TaskRow> rows;
    std::int64_t position = 0;
    for (auto const& task : input.tasks)
        rows.push_back({call.county, input.id, task.id.value_or(new_id_of<TaskId>()), ++position, task.kind,
            std::string(task.title), task.weight, Json(to_json(task.criteria))});
    return rows;
}

// What was marked stays what it was.
void require_same(std::vector<TaskRow> const& before, std::vector<TaskRow> const& now)
{
    bool const is_same = std::ranges::equal(before, now, [](auto const& a, auto const& b) {
        return a.id == b.id && a.kind == b.kind && a.weight == b.weight && a.criteria == b.criteria;
    });
    if (!is_same)
        throw conflict({"已经有评分，考评项目和标准不能再改，只能改名称。",
            "Something was marked already: tasks and rubrics stay as they are; only titles change."});
}

void require_known(std::vector<TaskRow> const& before, std::vector<SaveTask> const& tasks)
{
    for (std::size_t i = 0; i < tasks.size(); ++i)
        if (tasks[i].id && std::ranges::find(before, *tasks[i].id, &TaskRow::id) == before.end())
            throw invalid(
                fmt::format("/tasks/{}/id", i), "not_found", {"这个项目已被移除。", "This task was taken away meanwhile."});
}

std::vector<std::int64_t> scores_in(std::vector<MarkRow> const& marks, TaskId task)
{
    std::vector<std::int64_t> scores;
    for (auto const& mark : marks)
        if (mark.task == task)
            scores.push_back(mark.score);
    return scores;
}

// The result follows the marks. Marks that leave a task empty take a result away that they made.
void settle_result(Call& call, OwnedClass const& class_, PersonId person)
{
    auto const marks = marks_of_person(call, class_.id, person);
    std::vector<TaskScore> tasks;
    for (auto const& task : tasks_of(call, class_.id))
        tasks.push_back({task.weight, scores_in(marks, task.id)});
    auto const result = result_of(tasks);
    give_result(
        call, class_, person, result.value_or(-1), result ? call.say({"按考评项目的专家评分得出", "From the experts' marks"}) : "");
}

std::int64_t score_by(TaskRow const& task, SaveMark const& input)
{
    auto const criteria = criteria_of(task);
    Problems problems;
    if (input.levels.size() != criteria.size())
        problems.push_back({"/levels", "length", {"请给每一项评定等级。", "Give a level for every criterion."}});
    std::vector<std::int64_t> levels, counts;
    for (std::size_t i = 0; i < std::min(input.levels.size(), criteria.size()); ++i) {
        levels.push_back(input.levels[i]);
        counts.push_back(static_cast<std::int64_t>(criteria[i].levels.size()));
        if (levels.back() >= counts.back())
            problems.push_back({fmt::format("/levels/{}", i), "range", {"没有这个等级。", "There is no such level."}});
    }
    if (!problems.empty())
        throw invalid(std::move(problems));
    return score_of(levels, counts);
}

// The class, held so that two who mark at one moment come one after the other, and its learner.
LedClass class_of_mark(Call& call, ClassId id, PersonId person)
{
    auto class_ = led_class(call, id);
    if (!named_member(call, id, person))
        throw not_found(the_member);
    if (person == call.viewer.person)
        throw conflict({"不能给自己评分。", "Nobody marks work of their own."});
    call.audit_subject = fmt::format("person:{}", person.value);
    call.db.hold({id.value});
    return class_;
}

} // namespace

void check(SaveTasks const& input, Problems& problems)
{
    if (input.tasks.size() > most_tasks)
        problems.push_back({"/tasks", "length", {"一个班最多 12 个考评项目。", "A class has at most 12 tasks."}});
    for (std::size_t i = 0; i < input.tasks.size(); ++i) {
        auto const& criteria = input.tasks[i].criteria;
        if (criteria.empty() || criteria.size() > 12)
            problems.push_back(
                {fmt::format("/tasks/{}/criteria", i), "length", {"评价标准要有 1 到 12 项。", "Give 1 to 12 criteria."}});
        for (std::size_t c = 0; c < criteria.size(); ++c)
            if (criteria[c].levels.size() < 2 || criteria[c].levels.size() > 6)
                problems.push_back({fmt::format("/tasks/{}/criteria/{}/levels", i, c), "length",
                    {"每项要有 2 到 6 个等级。", "Give 2 to 6 levels each."}});
    }
}

std::vector<TaskRow> tasks_of(Call& call, ClassId id)
{
    return call.db.rows<TaskRow>(
        "SELECT * FROM training_tasks WHERE county = $1 AND class = $2 ORDER BY position", call.county, id);
}

std::vector<MarkRow> marks_in(Call& call, ClassId id)
{
    return call.db.rows<MarkRow>(
        "SELECT * FROM training_marks WHERE county = $1 AND class = $2 ORDER BY marked_at", call.county, id);
}

std::vector<MarkRow> marks_of_person(Call& call, ClassId id, PersonId person)
{
    return call.db.rows<MarkRow>("SELECT * FROM training_marks WHERE county = $1 AND class = $2 AND person = $3 ORDER BY marked_at",
        call.county, id, person);
}

std::vector<Mark> marks_shown(Call& call, std::vector<MarkRow> const& rows)
{
    std::vector<Mark> marks;
    for (auto const& row : rows)
        marks.push_back({directory::person_name(call, row.marker).value_or(""), row.marker == call.viewer.person,
            reflect::from_json<std::vector<std::int64_t>>(row.levels), row.score, row.comment, row.marked_at});
    return marks;
}

Tasks list_tasks(Call& call, OneLedClass const& input)
{
    auto const class_ = led_class(call, input.id);
    auto const marks = marks_in(call, class_.id);
    Tasks tasks;
    for (auto const& row : tasks_of(call, class_.id))
        tasks.items.push_back(task_shown(row, marks));
    return tasks;
}

Tasks save_tasks(Call& call, SaveTasks const& input)
{
    auto const class_ = managed_class(call, input.id);
    call.db.hold({class_.id.value});
    auto const before = tasks_of(call, class_.id);
    require_known(before, input.tasks);
    auto const rows = rows_of(call, input);
    if (!marks_in(call, class_.id).empty())
        require_same(before, rows);
    call.db.execute("DELETE FROM training_tasks WHERE county = $1 AND class = $2", call.county, class_.id);
    for (auto const& row : rows)
        call.db.insert("training_tasks", row);
    return list_tasks(call, {class_.id});
}

MarkList list_marks(Call& call, OneTask const& input)
{
    auto const class_ = led_class(call, input.id);
    auto const task = task_with(call, class_.id, input.task);
    std::unordered_map<PersonId, std::vector<MarkRow>> by_person;
    auto const marks = marks_in(call, class_.id);
    for (auto const& mark : marks)
        if (mark.task == task.id)
            by_person[mark.person].push_back(mark);
    auto const teams = team_by_person(call, class_.id);
    MarkList list{task_shown(task, marks), {}};
    for (auto const& member : members_below(call, class_.id, class_.owner_path)) {
        auto const& own = by_person[member.person];
        auto& line = list.items.emplace_back(MarkLine{{member.person, member.name.value_or("")},
            member.organisation_name.value_or(""), {}, mean_of(scores_in(own, task.id)), marks_shown(call, own)});
        if (auto const team = teams.find(member.person); team != teams.end())
            line.team = team->second;
    }
    std::ranges::sort(list.items, [](auto const& a, auto const& b) {
        return std::tie(a.team, a.organisation, a.person.id) < std::tie(b.team, b.organisation, b.person.id);
    });
    return list;
}

MarkList save_mark(Call& call, SaveMark const& input)
{
    auto const class_ = class_of_mark(call, input.id, input.person);
    auto const task = task_with(call, class_.id, input.task);
    auto const score = score_by(task, input);
    call.db.execute(
        "INSERT INTO training_marks (county, class, person, task, marker, levels, score, comment, marked_at) VALUES ($1, "
        "$2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (county, class, person, task, marker) DO UPDATE SET levels = "
        "excluded.levels, score = excluded.score, comment = excluded.comment, marked_at = excluded.marked_at",
        call.county, class_.id, input.person, task.id, call.viewer.person, to_json(input.levels), score, input.comment, call.now);
    settle_result(call, class_, input.person);
    return list_marks(call, {class_.id, task.id});
}

MarkList remove_mark(Call& call, OneMark const& input)
{
    auto const class_ = class_of_mark(call, input.id, input.person);
    auto const removed
        = call.db.execute("DELETE FROM training_marks WHERE county = $1 AND class = $2 AND person = $3 AND task = $4 "
                          "AND marker = $5",
            call.county, class_.id, input.person, input.task, call.viewer.person);
    if (removed > 0)
        settle_result(call, class_, input.person);
    return list_marks(call, {class_.id, input.task});
}

Routes mark_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/training-classes/{id}/tasks", signed_in, "training_task_list",
            "What experts mark in a training class, and by which rubric", list_tasks),
        route(Verb::put, "/api/training-classes/{id}/tasks", manage_courses, "training_task_save",
            "Says what experts mark in a training class", save_tasks),
        route(Verb::get, "/api/training-classes/{id}/tasks/{task}/marks", signed_in, "training_mark_list",
            "The marks and comments of a task", list_marks)
            .as_personal_file(),
        route(Verb::put, "/api/training-classes/{id}/tasks/{task}/marks/{person}", signed_in, "training_mark_save",
            "Marks a learner's work by the rubric", save_mark),
        route(Verb::del, "/api/training-classes/{id}/tasks/{task}/marks/{person}", signed_in, "training_mark_remove",
            "Takes one's own mark back", remove_mark),
    };
}

} // namespace concentric::programmes
