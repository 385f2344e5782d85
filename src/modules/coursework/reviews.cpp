#include "modules/coursework/reviews.hpp"

#include "modules/coursework/reviewers.hpp"
#include "modules/directory/posts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::coursework {
namespace {

struct TaskRow : ReviewRow {
    AssignmentId assignment;
    Decision decision = Decision::none;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(TaskRow, (ReviewRow), (assignment, decision, text))

constexpr std::string_view select_tasks
    = "SELECT r.*, s.assignment, d.decision, d.text FROM reviews r "
      "JOIN submission_rounds d ON d.county = r.county AND d.submission = r.submission AND d.number = r.number "
      "JOIN submissions s ON s.county = r.county AND s.id = r.submission WHERE r.county = $1 AND r.reviewer = $2 ";

// Assignments with their courses, each asked for once.
class Assignments {
public:
    explicit Assignments(Call& call) : call_(call) { }

    ReachedAssignment const& of(AssignmentId id)
    {
        auto found = known_.find(id);
        if (found == known_.end()) {
            auto row = assignment_with(call_, id).value();
            auto place = place_of(call_, row);
            found = known_.emplace(id, ReachedAssignment{std::move(row), std::move(place)}).first;
        }
        return found->second;
    }

private:
    Call& call_;
    std::map<AssignmentId, ReachedAssignment> known_;
};

ReviewTask task_of(TaskRow const& row, ReachedAssignment const& assignment)
{
    ReviewTask task{row.submission, row.number, assignment.title, assignment.of.title, row.kind, row.assigned_at};
    if (row.finished_at.milliseconds)
        task.finished_at = row.finished_at;
    task.is_settled = row.decision != Decision::none;
    return task;
}

void assign(Call& call, SubmissionId submission, std::int64_t number, PersonId reviewer, ReviewKind kind)
{
    call.db.execute("INSERT INTO reviews (county, submission, number, reviewer, kind, levels, comment, assigned_at, finished_at) "
                    "VALUES ($1, $2, $3, $4, $5, '[]', '', $6, 0) ON CONFLICT (county, submission, number, reviewer) DO NOTHING",
        call.county, submission, number, reviewer, kind, call.now);
}

// Everybody who has handed in, with how much they were asked to read.
std::vector<Candidate> candidates_of(Call& call, AssignmentId assignment)
{
    return call.db.rows<Candidate>(
        "SELECT s.person, s.school, (SELECT count(*) FROM reviews r JOIN submissions o ON o.county = r.county AND o.id = "
        "r.submission "
        "WHERE r.county = s.county AND r.reviewer = s.person AND o.assignment = s.assignment) AS reviews FROM submissions s WHERE "
        "s.county = $1 AND s.assignment = $2",
        call.county, assignment);
}

struct Wanting {
    SubmissionId id;
    std::int64_t rounds = 1;
};
BOOST_DESCRIBE_STRUCT(Wanting, (), (id, rounds))

// Those whose newest draft has too few peers, the longest waiting first.
std::vector<Wanting> wanting_peers(Call& call, AssignmentRow const& assignment, SubmissionRow const& but)
{
    return call.db.rows<Wanting>("SELECT s.id, s.rounds FROM submissions s WHERE s.county = $1 AND s.assignment = $2 AND s.state = "
                                 "'in_review' AND s.id <> $3 "
                                 "AND (SELECT count(*) FROM reviews r WHERE r.county = s.county AND r.submission = s.id AND "
                                 "r.number = s.rounds AND r.kind = "
                                 "'peer') < $4 ORDER BY s.changed_at LIMIT $4",
        call.county, assignment.id, but.id, assignment.peers);
}

} // namespace

std::optional<ReviewRow> own_review(Call& call, SubmissionId submission, std::int64_t number)
{
    return call.db.row<ReviewRow>("SELECT * FROM reviews WHERE county = $1 AND submission = $2 AND number = $3 AND reviewer = $4",
        call.county, submission, number, call.viewer.person);
}

void assign_peers(Call& call, AssignmentRow const& assignment, SubmissionRow const& submission)
{
    if (assignment.peers == 0)
        return;
    auto const count = static_cast<std::size_t>(assignment.peers);
    for (auto const reviewer : pick_reviewers(candidates_of(call, assignment.id), submission.person, submission.school, count))
        assign(call, submission.id, submission.rounds, reviewer, ReviewKind::peer);
    if (submission.rounds == 1)
        for (auto const& wanting : wanting_peers(call, assignment, submission))
            assign(call, wanting.id, wanting.rounds, submission.person, ReviewKind::peer);
}

ReviewTasks own_reviews(Call& call, Nothing const&)
{
    Assignments assignments(call);
    ReviewTasks tasks;
    for (auto const& row :
        call.db.rows<TaskRow>(std::string(select_tasks) + "ORDER BY r.assigned_at DESC LIMIT 200", call.county, call.viewer.person))
        tasks.items.push_back(task_of(row, assignments.of(row.assignment)));
    return tasks;
}

ReviewRoom show_review(Call& call, OneRound const& input)
{
    auto const row = call.db.row<TaskRow>(std::string(select_tasks) + "AND r.submission = $3 AND r.number = $4", call.county,
        call.viewer.person, input.id, input.number);
    if (!row)
        throw not_found(the_review);
    Assignments assignments(call);
    auto const& assignment = assignments.of(row->assignment);
    ReviewRoom room;
    static_cast<ReviewTask&>(room) = task_of(*row, assignment);
    room.text = row->text;
    room.instructions = assignment.instructions;
    room.criteria = criteria_of(assignment);
    room.levels = reflect::from_json<std::vector<std::int64_t>>(row->levels);
    room.comment = row->comment;
    room.may_compare = row->kind == ReviewKind::expert;
    call.audit_subject = fmt::format("submission:{}", input.id.value);
    return room;
}

ReviewRoom save_review(Call& call, SaveReview const& input)
{
    auto const room = show_review(call, {input.id, input.number});
    if (room.is_settled)
        throw conflict({"这一稿已经评定，评审已结束。", "This draft was decided on; the review is over."});
    Problems problems;
    if (input.levels.size() != room.criteria.size())
        problems.push_back({"/levels", "length", {"请给每一项评定等级。", "Give a level for every criterion."}});
    for (std::size_t i = 0; i < std::min(input.levels.size(), room.criteria.size()); ++i)
        if (input.levels[i] >= static_cast<std::int64_t>(room.criteria[i].levels.size()))
            problems.push_back({fmt::format("/levels/{}", i), "range", {"没有这个等级。", "There is no such level."}});
    if (!problems.empty())
        throw invalid(std::move(problems));
    call.db.execute(
        "UPDATE reviews SET levels = $5, comment = $6, finished_at = $7 WHERE county = $1 AND submission = $2 AND number "
        "= $3 AND reviewer = $4",
        call.county, input.id, input.number, call.viewer.person, to_json(input.levels), input.comment, call.now);
    return show_review(call, {input.id, input.number});
}

void ask_mentor(Call& call, SubmissionId submission, std::int64_t number, PersonId mentor)
{
    assign(call, submission, number, mentor, ReviewKind::expert);
}

Submission ask_expert(Call& call, AskExpert const& input)
{
    auto const submission = hosted_submission(call, input.id);
    auto const posts = directory::posts_of(call, input.person, call.today());
    bool const is_staff = std::ranges::any_of(posts, [&](auto const& post) { return call.viewer.reaches(post.path); });
    if (!is_staff || input.person == submission.person)
        throw invalid("/person", "not_found",
            {"请选择管理范围内的教职工，且不能是作者本人。",
                "Choose somebody of the staff within your reach, and not the author."});
    assign(call, submission.id, submission.rounds, input.person, ReviewKind::expert);
    return show_submission(call, {submission.id});
}

Routes review_routes()
{
    return {
        route(Verb::get, "/api/own-reviews", Permission::signed_in, "own_review_list", "The drafts that one was asked to read",
            own_reviews),
        route(Verb::get, "/api/submissions/{id}/rounds/{number}/own-review", Permission::signed_in, "own_review_show",
            "A draft that one was asked to read, by the rubric", show_review),
        route(Verb::put, "/api/submissions/{id}/rounds/{number}/own-review", Permission::signed_in, "own_review_save",
            "Gives levels and a comment", save_review),
        route(Verb::put, "/api/submissions/{id}/experts/{person}", Permission::manage_courses, "expert_ask",
            "Asks an expert to read the newest draft", ask_expert),
    };
}

} // namespace concentric::coursework
