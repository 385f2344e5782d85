#include "modules/safety/tasks.hpp"

#include "modules/safety/telling.hpp"

#include <fmt/format.h>

namespace concentric::safety {
namespace {

struct OwnedTask : TaskRow {
    std::string school_name, school_path;
    std::optional<std::string> owner_name;
    std::optional<DrillKind> drill_kind;
};
BOOST_DESCRIBE_STRUCT(OwnedTask, (TaskRow), (school_name, school_path, owner_name, drill_kind))

std::string const& task_columns()
{
    static std::string const sql = "SELECT t.*, o.name AS school_name, o.path AS school_path, "
        + directory::person_name_in("t.county", "t.owner")
        + " AS owner_name, d.kind AS drill_kind FROM safety_tasks t LEFT JOIN drills d ON d.county = t.county AND d.id = t.drill "
        + directory::joined_organisation("o", "t.county", "t.school");
    return sql;
}

TaskView view_of(Call const& call, OwnedTask const& row)
{
    TaskView view;
    view.id = row.id;
    view.school = {row.school, row.school_name};
    if (row.drill)
        view.drill = row.drill;
    if (row.drill_kind)
        view.drill_title = title_of(call, *row.drill_kind);
    view.words = row.words;
    view.owner = {row.owner, row.owner_name.value_or("")};
    view.due = row.due_day;
    view.is_overdue = !row.done_at.milliseconds && row.due_day < call.today();
    view.may_finish = row.owner == call.viewer.person || manages(call, row.school_path);
    view.outcome = row.outcome;
    if (row.done_at.milliseconds)
        view.done_at = row.done_at;
    return view;
}

OwnedTask task_with(Call& call, TaskId id)
{
    static std::string const sql = task_columns() + " WHERE t.county = $1 AND t.id = $2";
    auto found = call.db.row<OwnedTask>(sql, call.county, id);
    if (!found || !(found->owner == call.viewer.person || manages(call, found->school_path)))
        throw not_found(the_task);
    call.audit_subject = fmt::format("safety_task:{}", id.value);
    return std::move(*found);
}

} // namespace

Page<TaskView> list_tasks(Call& call, ListTasks const& input)
{
    static std::string const sql = task_columns()
        + " WHERE t.county = $1 AND ((o.path >= $2 AND o.path < $3 AND $4) OR t.owner = $5) AND (t.owner = $5 OR NOT $6) AND "
          "(t.school = $7 OR $7 = 0) AND ($8 = 0 OR ($8 = 1 AND t.done_at > 0) OR ($8 = 2 AND t.done_at = 0)) AND (t.id < $9 OR $9 "
          "= "
          "0) ORDER BY t.id DESC LIMIT $10";
    auto const limit = input.limit.value_or(Limit{50}).value;
    bool const leads
        = call.viewer.may(Permission::append_entries) && call.viewer.may(Permission::read_people) && !call.viewer.path.empty();
    auto const state = !input.is_done ? 0 : *input.is_done ? 1 : 2;
    Page<TaskView> page;
    for (auto const& row : call.db.rows<OwnedTask>(sql, call.county, call.viewer.path, call.viewer.path_end(), leads,
             call.viewer.person, input.is_mine.value_or(false), input.school.value_or(OrganisationId{}), std::int64_t{state},
             input.after.value_or(TaskId{}), limit + 1)) {
        if (static_cast<std::int64_t>(page.items.size()) == limit) {
            page.next = std::to_string(page.items.back().id.value);
            break;
        }
        page.items.push_back(view_of(call, row));
    }
    return page;
}

TaskId add_task(Call& call, OwnedDrill const& drill, NewTask const& input, std::string const& field)
{
    require_staff(call, drill.school_path, input.owner, field + "/owner");
    if (input.due < call.today())
        throw invalid(field + "/due", "past", {"期限不能早于今天。", "It is due today or later."});
    TaskRow row{call.county, new_id_of<TaskId>(), drill.school, drill.id, input.words, input.owner, input.due};
    row.created_by = call.viewer.person;
    row.created_at = call.now;
    call.db.insert("safety_tasks", row);
    tell_owner(call, row.owner, {"演练整改：" + row.words, "After a drill: " + row.words},
        {"期限 " + text_of(row.due_day), "Due " + text_of(row.due_day)}, "/safety/tasks");
    return row.id;
}

TaskView add_task_of_drill(Call& call, AddTask const& input)
{
    auto const drill = run_drill(call, input.id);
    if (drill.state != DrillState::stopped && drill.state != DrillState::closed)
        throw conflict({"演练结束以后才能登记整改事项。", "Tasks follow once the drill is over."});
    return view_of(call, task_with(call, add_task(call, drill, input, "")));
}

TaskView finish_task(Call& call, FinishTask const& input)
{
    auto const row = task_with(call, input.id);
    bool const is_done = row.done_at.milliseconds > 0;
    if (input.is_done != is_done || std::string_view(input.outcome) != row.outcome)
        call.db.execute("UPDATE safety_tasks SET outcome = $3, done_at = $4, done_by = $5 WHERE county = $1 AND id = $2",
            call.county, row.id, input.outcome, input.is_done ? (is_done ? row.done_at : call.now) : Instant{},
            input.is_done ? call.viewer.person : PersonId{});
    return view_of(call, task_with(call, row.id));
}

std::vector<TaskView> tasks_of_drill(Call& call, OwnedDrill const& drill)
{
    static std::string const sql = task_columns() + " WHERE t.county = $1 AND t.drill = $2 ORDER BY t.due_day, t.id";
    std::vector<TaskView> tasks;
    for (auto const& row : call.db.rows<OwnedTask>(sql, call.county, drill.id))
        tasks.push_back(view_of(call, row));
    return tasks;
}

} // namespace concentric::safety
