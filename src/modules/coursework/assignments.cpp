#include "modules/coursework/assignments.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::coursework {
namespace {

void fill_content(AssignmentRow& row, AssignmentContent const& content)
{
    row.title = content.title;
    row.instructions = content.instructions;
    row.template_ = content.template_text;
    row.criteria = Json(to_json(content.criteria));
    row.peers = content.peers;
    row.minutes = content.minutes;
    row.due_on = content.due_on.value_or(Day{});
}

AssignmentId store(Call& call, CourseId course, AssignmentContent const& content)
{
    AssignmentRow row{call.county, new_id_of<AssignmentId>(), course};
    fill_content(row, content);
    row.created_by = call.viewer.person;
    row.created_at = call.now;
    call.db.insert("assignments", row);
    return row.id;
}

bool has_submissions(Call& call, AssignmentId id)
{
    return call.db
        .value<std::int64_t>("SELECT 1 AS value FROM submissions WHERE county = $1 AND assignment = $2 LIMIT 1", call.county, id)
        .has_value();
}

struct OwnState {
    AssignmentId assignment;
    SubmissionState state = SubmissionState::in_review;
};
BOOST_DESCRIBE_STRUCT(OwnState, (), (assignment, state))
struct StateCount : OwnState {
    std::int64_t submissions = 0;
};
BOOST_DESCRIBE_STRUCT(StateCount, (OwnState), (submissions))

void add_own(Call& call, std::vector<AssignmentBrief>& items, std::vector<std::int64_t> const& ids)
{
    for (auto const& own : call.db.rows<OwnState>(
             "SELECT assignment, state FROM submissions WHERE county = $1 AND person = $2 AND assignment ANY_OF($3)", call.county,
             call.viewer.person, db::IntegerList{ids}))
        for (auto& item : items)
            if (item.id == own.assignment)
                item.own = own.state;
}

void add_counts(Call& call, std::vector<AssignmentBrief>& items, std::vector<std::int64_t> const& ids)
{
    for (auto const& counted : call.db.rows<StateCount>("SELECT assignment, state, count(*) AS submissions FROM submissions WHERE "
                                                        "county = $1 AND assignment ANY_OF($2) GROUP BY assignment, state",
             call.county, db::IntegerList{ids}))
        for (auto& item : items)
            if (item.id == counted.assignment)
                (counted.state == SubmissionState::accepted            ? item.accepted
                        : counted.state == SubmissionState::to_improve ? item.to_improve
                                                                       : item.in_review)
                    = counted.submissions;
}

} // namespace

void check(AssignmentContent const& content, Problems& problems)
{
    if (content.criteria.empty() || content.criteria.size() > 12)
        problems.push_back({"/criteria", "length", {"评价标准要有 1 到 12 项。", "Give 1 to 12 criteria."}});
    for (std::size_t i = 0; i < content.criteria.size(); ++i)
        if (auto const levels = content.criteria[i].levels.size(); levels < 2 || levels > 6)
            problems.push_back(
                {fmt::format("/criteria/{}/levels", i), "length", {"每项要有 2 到 6 个等级。", "Give 2 to 6 levels each."}});
}

std::optional<AssignmentRow> assignment_with(Call& call, AssignmentId id)
{
    return call.db.row<AssignmentRow>("SELECT * FROM assignments WHERE county = $1 AND id = $2", call.county, id);
}

ReachedAssignment reached_assignment(Call& call, AssignmentId id)
{
    auto row = assignment_with(call, id);
    auto place = row ? place_of(call, *row) : Place{};
    if (!place.is_reached)
        throw not_found(the_assignment);
    ReachedAssignment assignment{std::move(*row), std::move(place)};
    call.audit_subject = fmt::format("assignment:{}", id.value);
    return assignment;
}

ReachedAssignment hosted_assignment(Call& call, AssignmentId id)
{
    auto assignment = reached_assignment(call, id);
    if (!assignment.of.may_host)
        throw not_found(the_assignment);
    return assignment;
}

std::vector<Criterion> criteria_of(AssignmentRow const& row) { return reflect::from_json<std::vector<Criterion>>(row.criteria); }

AssignmentList list_assignments(Call& call, AssignmentsOfCourse const& input)
{
    auto const course = learning::visible_course(call, input.id);
    AssignmentList list{{}, learning::may_manage(call, course)};
    std::vector<std::int64_t> ids;
    for (auto const& row : call.db.rows<AssignmentRow>(
             "SELECT * FROM assignments WHERE county = $1 AND course = $2 ORDER BY id", call.county, course.id)) {
        ids.push_back(row.id.value);
        list.items.push_back(
            {row.id, row.course, row.title, row.due_on.number ? std::optional(row.due_on) : std::nullopt, row.is_open});
    }
    add_own(call, list.items, ids);
    if (list.may_host)
        add_counts(call, list.items, ids);
    return list;
}

Assignment show_assignment(Call& call, OneAssignment const& input)
{
    auto const row = reached_assignment(call, input.id);
    Assignment assignment;
    assignment.title = row.title;
    assignment.instructions = row.instructions;
    assignment.template_text = row.template_;
    assignment.criteria = criteria_of(row);
    assignment.peers = row.peers;
    assignment.minutes = row.minutes;
    if (row.due_on.number)
        assignment.due_on = row.due_on;
    assignment.id = row.id;
    if (row.course)
        assignment.course = row.course;
    assignment.course_title = row.of.title;
    assignment.is_open = row.is_open;
    assignment.may_host = row.of.may_host;
    if (row.of.closed)
        assignment.closed = call.say(*row.of.closed);
    assignment.own
        = call.db.value<SubmissionId>("SELECT id AS value FROM submissions WHERE county = $1 AND assignment = $2 AND person = $3",
            call.county, row.id, call.viewer.person);
    call.version = assignment.version = row.version;
    return assignment;
}

Assignment create_assignment(Call& call, CreateAssignment const& input)
{
    return show_assignment(call, {store(call, learning::managed_course(call, input.id).id, input)});
}

AssignmentId add_assignment(Call& call, AssignmentContent const& content) { return store(call, CourseId{}, content); }

Assignment save_assignment(Call& call, SaveAssignment const& input)
{
    auto const known = hosted_assignment(call, input.id);
    call.require_version(known.version);
    AssignmentRow row = known;
    fill_content(row, input);
    if (row.criteria != known.criteria && has_submissions(call, known.id))
        throw conflict({"已经有人提交，评价标准不能再改。", "Somebody has handed in already: the rubric stays as it is."});
    call.db.execute("UPDATE assignments SET title = $3, instructions = $4, template = $5, criteria = $6, peers = $7, minutes = $8, "
                    "due_on = $9, is_open = $10, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, row.title, row.instructions, row.template_, row.criteria, row.peers, row.minutes, row.due_on,
        input.is_open);
    return show_assignment(call, {row.id});
}

Nothing remove_assignment(Call& call, OneAssignment const& input)
{
    auto const row = hosted_assignment(call, input.id);
    if (!row.course)
        throw conflict({"这份作业属于工作坊，不能单独删除。", "This assignment belongs to a workshop and stays with it."});
    drop_assignment(call, row.id);
    return {};
}

void drop_assignment(Call& call, AssignmentId id)
{
    if (has_submissions(call, id))
        throw conflict({"已经有人提交，只能关闭，不能删除。", "Somebody has handed in already: it can only be closed."});
    call.db.execute("DELETE FROM assignments WHERE county = $1 AND id = $2", call.county, id);
}

Routes assignment_routes()
{
    auto const hosts = Permission::manage_courses;
    return {
        route(Verb::get, "/api/catalogue/{id}/assignments", Permission::signed_in, "assignment_list", "A course's assignments",
            list_assignments),
        route(Verb::post, "/api/courses/{id}/assignments", hosts, "assignment_create", "Sets an assignment", create_assignment),
        route(Verb::get, "/api/assignments/{id}", Permission::signed_in, "assignment_show",
            "An assignment with its template and rubric", show_assignment),
        route(Verb::put, "/api/assignments/{id}", hosts, "assignment_save", "Changes or closes an assignment", save_assignment),
        route(Verb::del, "/api/assignments/{id}", hosts, "assignment_remove", "Takes an assignment away that nobody has answered",
            remove_assignment),
    };
}

} // namespace concentric::coursework
