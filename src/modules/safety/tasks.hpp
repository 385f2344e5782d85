#pragma once

#include "modules/safety/head_counts.hpp"

// What a drill showed that has to be done better: each with somebody who does it until a day.
namespace concentric::safety {

struct ListTasks {
    std::optional<OrganisationId> school; // all within reach when it is left out
    std::optional<bool> is_done;
    std::optional<bool> is_mine;
    std::optional<TaskId> after;
    std::optional<Limit> limit; // 50 when it is left out
};
BOOST_DESCRIBE_STRUCT(ListTasks, (), (school, is_done, is_mine, after, limit))

struct AddTask : NewTask {
    DrillId id;
};
BOOST_DESCRIBE_STRUCT(AddTask, (NewTask), (id))

struct FinishTask {
    TaskId id;
    Text<0, 500> outcome;
    bool is_done = true;
};
BOOST_DESCRIBE_STRUCT(FinishTask, (), (id, outcome, is_done))

// For those in charge all of theirs, for others their own. The newest first.
Page<TaskView> list_tasks(Call&, ListTasks const&);
TaskView add_task_of_drill(Call&, AddTask const&);
// By whoever it was given to, or those in charge; and taken back. The same again changes nothing.
TaskView finish_task(Call&, FinishTask const&);

// 422 below `field` for an owner who is not of the staff, and for a day in the past.
TaskId add_task(Call&, OwnedDrill const&, NewTask const&, std::string const& field);
std::vector<TaskView> tasks_of_drill(Call&, OwnedDrill const&);

} // namespace concentric::safety
