#pragma once

#include "modules/programmes/sessions.hpp"

// Case analyses and mock lessons that experts mark by a rubric (案例分析、模拟教学的专家点评): once every task of a learner has its
// marks, their mean by the tasks' weights becomes the learner's result.
namespace concentric::programmes {

using coursework::Criterion;

struct Task {
    TaskId id;
    TaskKind kind = TaskKind::case_analysis;
    std::string title;
    std::int64_t weight = 1;
    std::vector<Criterion> criteria;
    std::int64_t marked = 0; // learners with a mark
};
BOOST_DESCRIBE_STRUCT(Task, (), (id, kind, title, weight, criteria, marked))
struct Tasks {
    std::vector<Task> items;
};
BOOST_DESCRIBE_STRUCT(Tasks, (), (items))

struct SaveTask {
    std::optional<TaskId> id; // none: a new one
    TaskKind kind = TaskKind::case_analysis;
    Text<1, 120> title;
    Within<1, 100> weight;
    std::vector<coursework::SaveCriterion> criteria;
};
BOOST_DESCRIBE_STRUCT(SaveTask, (), (id, kind, title, weight, criteria))
struct SaveTasks {
    ClassId id;
    std::vector<SaveTask> tasks; // all of them: one that is left out goes
};
BOOST_DESCRIBE_STRUCT(SaveTasks, (), (id, tasks))
// At most 12 tasks, each with 1 to 12 criteria of 2 to 6 levels.
void check(SaveTasks const&, Problems&);

struct Mark {
    std::string marker;
    bool is_own = false; // the viewer's
    std::vector<std::int64_t> levels; // for each criterion the place of its level
    std::int64_t score = 0; // 0 to 100
    std::string comment;
    Instant marked_at;
};
BOOST_DESCRIBE_STRUCT(Mark, (), (marker, is_own, levels, score, comment, marked_at))
struct MarkLine {
    directory::PersonBrief person;
    std::string organisation;
    std::optional<TeamId> team;
    std::optional<std::int64_t> score; // the mean of the marks
    std::vector<Mark> marks;
};
BOOST_DESCRIBE_STRUCT(MarkLine, (), (person, organisation, team, score, marks))
struct MarkList {
    Task task;
    std::vector<MarkLine> items; // everybody in the class, by group and organisation
};
BOOST_DESCRIBE_STRUCT(MarkList, (), (task, items))

struct OneTask {
    ClassId id;
    TaskId task;
};
BOOST_DESCRIBE_STRUCT(OneTask, (), (id, task))
struct SaveMark {
    ClassId id;
    TaskId task;
    PersonId person;
    std::vector<Within<0, 5>> levels;
    Text<2, 2'000> comment;
};
BOOST_DESCRIBE_STRUCT(SaveMark, (), (id, task, person, levels, comment))
struct OneMark {
    ClassId id;
    TaskId task;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(OneMark, (), (id, task, person))

std::vector<TaskRow> tasks_of(Call&, ClassId);
std::vector<MarkRow> marks_in(Call&, ClassId);
std::vector<MarkRow> marks_of_person(Call&, ClassId, PersonId);
// In the words of the viewer, in the order they were given.
std::vector<Mark> marks_shown(Call&, std::vector<MarkRow> const&);

Tasks list_tasks(Call&, OneLedClass const&);
// Once something was marked, only titles change: 409 for the rest.
Tasks save_tasks(Call&, SaveTasks const&);
MarkList list_marks(Call&, OneTask const&);
// The viewer's own mark, given or changed. 409 for one's own work, 404 for whoever is not in the class.
MarkList save_mark(Call&, SaveMark const&);
MarkList remove_mark(Call&, OneMark const&);

Routes mark_routes();

} // namespace concentric::programmes
