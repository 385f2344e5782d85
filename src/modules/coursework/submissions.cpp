#include "modules/coursework/submissions.hpp"

#include "core/blobs.hpp"
#include "modules/coursework/comparison.hpp"
#include "modules/coursework/documents.hpp"
#include "modules/coursework/reviews.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/posts.hpp"

#include <fmt/format.h>

#include <map>

namespace concentric::coursework {
namespace {

// Where the author works or has a child, for choosing reviewers from elsewhere.
std::string school_of(Call& call, PersonId person)
{
    std::vector<std::int64_t> const ids{person.value};
    std::string path;
    auto const workplaces = directory::workplaces_of(call.db, call.county, ids, call.today());
    if (auto const found = workplaces.find(person); found != workplaces.end())
        path = found->second.path;
    else if (auto const children = directory::children_of(call, person); !children.empty())
        path = children.front().path;
    if (path.empty())
        return "";
    auto const school = directory::schools_above(call, {path}).front();
    return school.id ? std::to_string(school.id.value) : "";
}

struct NamedReview : ReviewRow {
    std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(NamedReview, (ReviewRow), (name))

std::map<std::int64_t, std::vector<ReviewShown>> reviews_of(Call& call, ReachedSubmission const& submission)
{
    static std::string const sql = "SELECT r.*, " + directory::person_name_in("r.county", "r.reviewer")
        + " AS name FROM reviews r WHERE r.county = $1 AND r.submission = $2 ORDER BY r.number, r.assigned_at, r.reviewer";
    bool const may_host = submission.to.of.may_host;
    std::map<std::int64_t, std::vector<ReviewShown>> reviews;
    for (auto const& row : call.db.rows<NamedReview>(sql, call.county, submission.id)) {
        bool const is_finished = row.finished_at.milliseconds != 0;
        if (!is_finished && !may_host)
            continue;
        auto& shown = reviews[row.number].emplace_back(ReviewShown{may_host ? row.name.value_or("") : "", row.kind,
            reflect::from_json<std::vector<std::int64_t>>(row.levels), row.comment});
        if (is_finished)
            shown.finished_at = row.finished_at;
    }
    return reviews;
}

Submission present(Call& call, SubmissionId id)
{
    auto const row = reached_submission(call, id);
    auto reviews = reviews_of(call, row);
    Submission submission{row.id, row.assignment, row.to.title, directory::person_name(call, row.person).value_or(""), row.state,
        row.is_own, row.to.of.may_host, row.to.of.is_judged_here, row.to.of.may_host && call.viewer.may(Permission::manage_courses),
        criteria_of(row.to)};
    for (auto& round : call.db.rows<RoundRow>(
             "SELECT * FROM submission_rounds WHERE county = $1 AND submission = $2 ORDER BY number DESC", call.county, row.id)) {
        auto& shown = submission.rounds.emplace_back(Round{round.number, std::move(round.text), std::move(round.file_name),
            !round.file.empty(), round.handed_in_at, round.decision, std::move(round.comment)});
        if (round.decided_at.milliseconds)
            shown.decided_at = round.decided_at;
        shown.reviews = std::move(reviews[round.number]);
    }
    return submission;
}

// The author's row, made at the first draft.
SubmissionRow begin_round(Call& call, ReachedAssignment const& assignment)
{
    if (!assignment.is_open)
        throw conflict({"作业已经关闭，不再接收提交。", "This assignment is closed."});
    call.db.execute(
        "INSERT INTO submissions (county, id, assignment, person, school, state, rounds, entry, created_at, changed_at) "
        "VALUES ($1, $2, $3, $4, $5, 'to_improve', 0, 0, $6, $6) ON CONFLICT (county, assignment, person) DO NOTHING",
        call.county, new_id_of<SubmissionId>(), assignment.id, call.viewer.person, school_of(call, call.viewer.person), call.now);
    auto row
        = call.db.row<SubmissionRow>("SELECT * FROM submissions WHERE county = $1 AND assignment = $2 AND person = $3 FOR_UPDATE",
            call.county, assignment.id, call.viewer.person);
    if (row->state == SubmissionState::in_review)
        throw conflict({"上一稿还在评审，请等评审意见。", "The last draft is still being read."});
    if (row->state == SubmissionState::accepted)
        throw conflict({"已经合格，不需要再提交。", "It has passed already."});
    return std::move(*row);
}

Submission add_round(Call& call, AssignmentId id, std::string const& text, std::string const& file, std::string const& file_name)
{
    auto const assignment = reached_assignment(call, id);
    if (assignment.of.closed)
        throw conflict(*assignment.of.closed);
    auto row = begin_round(call, assignment);
    ++row.rounds;
    RoundRow const round{call.county, row.id, row.rounds, text, file, file_name, call.now};
    call.db.insert("submission_rounds", round);
    call.db.execute("UPDATE submissions SET state = 'in_review', rounds = $3, changed_at = $4 WHERE county = $1 AND id = $2",
        call.county, row.id, row.rounds, call.now);
    add_fingerprints(call, assignment, round);
    assign_peers(call, assignment, row);
    if (!assignment.course)
        call.events.publish(call, DraftHandedIn{assignment, row});
    return present(call, row.id);
}

void note_accepted(Call& call, ReachedSubmission const& submission)
{
    auto fact = fact_of_pass(call, submission.to, submission.person);
    if (fact.kind.empty())
        return;
    // Each round that passed is a fact of its own: one that was taken back does not stand in the way of the next.
    fact.source = fmt::format("coursework:submission:{}:{}", submission.id.value, submission.rounds);
    auto const entry = ledger::append(call, {&fact, 1}).front().id;
    call.db.execute("UPDATE submissions SET entry = $3 WHERE county = $1 AND id = $2", call.county, submission.id, entry);
}

void settle_round(Call& call, ReachedSubmission const& submission, Decision decision, std::string const& comment)
{
    call.db.execute("UPDATE submission_rounds SET decision = $4, comment = $5, decided_by = $6, decided_at = $7 WHERE county = $1 "
                    "AND submission = $2 AND number = $3",
        call.county, submission.id, submission.rounds, decision, comment, call.viewer.person, call.now);
}

// Two hosts who decide at one moment: the second one is told.
void move_on(Call& call, ReachedSubmission const& submission, SubmissionState state)
{
    if (call.db.execute(
            "UPDATE submissions SET state = $3, changed_at = $4 WHERE county = $1 AND id = $2 AND state = $5 AND rounds "
            "= $6",
            call.county, submission.id, state, call.now, submission.state, submission.rounds)
        == 0)
        throw conflict({"这份提交刚刚有了变化，请刷新后再试。", "This submission has changed meanwhile; please look again."});
}

struct ListedSubmission : SubmissionRow {
    std::optional<std::string> name;
    std::int64_t reviews = 0, finished = 0;
};
BOOST_DESCRIBE_STRUCT(ListedSubmission, (SubmissionRow), (name, reviews, finished))

} // namespace

void check(Decide const& input, Problems& problems)
{
    if (input.decision == Judgement::to_improve && input.comment.empty())
        problems.push_back({"/comment", "required", {"请写明需要改进的地方。", "Say what is to be improved."}});
}

ReachedSubmission reached_submission(Call& call, SubmissionId id)
{
    auto row = call.db.row<SubmissionRow>("SELECT * FROM submissions WHERE county = $1 AND id = $2", call.county, id);
    if (!row)
        throw not_found(the_submission);
    bool const is_own = row->person == call.viewer.person;
    auto assignment = assignment_with(call, row->assignment).value();
    auto place = place_of(call, assignment);
    ReachedAssignment to{std::move(assignment), std::move(place)};
    if (!is_own && !to.of.may_host)
        throw not_found(the_submission);
    call.audit_subject = fmt::format("submission:{}", id.value);
    return {std::move(*row), std::move(to), is_own};
}

ReachedSubmission hosted_submission(Call& call, SubmissionId id)
{
    auto submission = reached_submission(call, id);
    if (!submission.to.of.may_host)
        throw not_found(the_submission);
    return submission;
}

std::optional<RoundRow> round_of(Call& call, SubmissionId submission, std::int64_t number)
{
    return call.db.row<RoundRow>(
        "SELECT * FROM submission_rounds WHERE county = $1 AND submission = $2 AND number = $3", call.county, submission, number);
}

std::vector<SubmissionRow> submissions_to(Call& call, AssignmentId id)
{
    return call.db.rows<SubmissionRow>("SELECT * FROM submissions WHERE county = $1 AND assignment = $2", call.county, id);
}

std::optional<SubmissionRow> submission_of(Call& call, AssignmentId id, PersonId person)
{
    return call.db.row<SubmissionRow>(
        "SELECT * FROM submissions WHERE county = $1 AND assignment = $2 AND person = $3", call.county, id, person);
}

Submission hand_in(Call& call, HandIn const& input) { return add_round(call, input.id, input.text, "", ""); }

Submission hand_in_file(Call& call, HandInFile const& input)
{
    reached_assignment(call, input.id);
    auto const text = text_of_document(call.body, input.file_name);
    return add_round(call, input.id, text, call.blobs.put(call.body), input.file_name);
}

Submission show_submission(Call& call, OneSubmission const& input) { return present(call, input.id); }

Page<SubmissionBrief> list_submissions(Call& call, ListSubmissions const& input)
{
    static std::string const sql = "SELECT s.*, " + directory::person_name_in("s.county", "s.person")
        + " AS name, (SELECT count(*) FROM reviews r WHERE r.county = s.county AND r.submission = s.id AND r.number = s.rounds) AS "
          "reviews, (SELECT count(*) FROM reviews r WHERE r.county = s.county AND r.submission = s.id AND r.number = s.rounds AND "
          "r.finished_at > 0) AS finished FROM submissions s WHERE s.county = $1 AND s.assignment = $2 AND (s.state = $3 OR $3 = "
          "'') "
          "AND (s.id < $4 OR $4 = 0) ORDER BY s.id DESC LIMIT $5";
    auto const assignment = hosted_assignment(call, input.id);
    auto const limit = input.limit.value_or(Limit{50});
    auto rows = call.db.rows<ListedSubmission>(
        sql, call.county, assignment.id, input.state ? name_of(*input.state) : "", directory::after_id(input.after), limit + 1);
    Page<SubmissionBrief> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto& row : rows)
        page.items.push_back(
            {row.id, row.person, row.name.value_or(""), row.state, row.rounds, row.reviews, row.finished, row.changed_at});
    return page;
}

Download round_file(Call& call, OneRound const& input)
{
    auto const submission = reached_submission(call, input.id);
    auto const round = round_of(call, submission.id, input.number);
    auto bytes = round && !round->file.empty() ? call.blobs.get(round->file) : std::nullopt;
    if (!bytes)
        throw not_found({"文件", "file"});
    return {std::move(*bytes), "application/octet-stream", round->file_name};
}

Submission decide(Call& call, Decide const& input)
{
    auto const submission = hosted_submission(call, input.id);
    if (submission.is_own)
        throw conflict({"不能评定自己提交的作业。", "Nobody decides on work of their own."});
    if (submission.state != SubmissionState::in_review)
        throw conflict({"这一稿已经评定过了。", "This draft was decided on already."});
    bool const passes = input.decision == Judgement::accepted;
    if (passes && !submission.to.of.is_judged_here)
        throw conflict({"这份材料的结论在所属的培训班里作出。", "What becomes of it is said where it belongs."});
    move_on(call, submission, passes ? SubmissionState::accepted : SubmissionState::to_improve);
    settle_round(call, submission, passes ? Decision::accepted : Decision::to_improve, input.comment);
    if (passes)
        note_accepted(call, submission);
    return present(call, submission.id);
}

Submission take_back(Call& call, TakeBack const& input)
{
    auto const submission = hosted_submission(call, input.id);
    if (submission.state != SubmissionState::accepted)
        throw conflict({"还没有评为合格。", "It has not passed."});
    move_on(call, submission, SubmissionState::to_improve);
    if (submission.entry)
        ledger::reverse(call, {&submission.entry, 1}, input.reason);
    settle_round(call, submission, Decision::taken_back, input.reason);
    return present(call, submission.id);
}

Routes submission_routes()
{
    // Whoever leads what an assignment belongs to decides; a mentor of a workshop has no further rights.
    auto const all = Permission::signed_in;
    return {
        route(Verb::post, "/api/assignments/{id}/drafts", all, "draft_hand_in", "Hands a draft in", hand_in),
        route(Verb::post, "/api/assignments/{id}/draft-files", all, "draft_file_hand_in", "Hands a draft in as DOCX, PDF or TXT",
            hand_in_file)
            .with_file(),
        route(Verb::get, "/api/assignments/{id}/submissions", all, "submission_list", "Who handed in, and how far it is",
            list_submissions),
        route(Verb::get, "/api/submissions/{id}", all, "submission_show", "A submission with all its rounds", show_submission),
        route(Verb::get, "/api/submissions/{id}/rounds/{number}/file", all, "draft_file_show", "A draft's file as it was handed in",
            round_file),
        route(Verb::put, "/api/submissions/{id}/decision", all, "submission_decide", "Says that a draft passes, or what to improve",
            decide),
        route(Verb::put, "/api/submissions/{id}/reversal", all, "submission_take_back", "Takes back that it passed, with a reason",
            take_back),
    };
}

} // namespace concentric::coursework
