#include "modules/coursework/comparison.hpp"

#include "lib/originality.hpp"
#include "lib/text.hpp"
#include "modules/directory/lookup.hpp"

#include <algorithm>
#include <map>

namespace concentric::coursework {
namespace {

constexpr std::size_t most_like = 10, most_looked_at = 40;

lib::ComparableText comparable(std::string const& text, std::string const& template_text)
{
    lib::ComparableText comparable(text);
    if (!template_text.empty())
        comparable.leave_out(lib::ComparableText(template_text));
    return comparable;
}

struct Draft {
    AssignmentRow assignment;
    SubmissionRow submission;
    RoundRow round;
};

// By those who lead the course, and by experts who were asked to read it.
Draft readable_draft(Call& call, SubmissionId id, std::int64_t number)
{
    auto const submission = call.db.row<SubmissionRow>("SELECT * FROM submissions WHERE county = $1 AND id = $2", call.county, id);
    auto const round = submission ? round_of(call, id, number) : std::nullopt;
    if (!round)
        throw not_found(the_submission);
    auto const assignment = assignment_with(call, submission->assignment).value();
    auto const review = own_review(call, id, number);
    bool const is_expert = review && review->kind == ReviewKind::expert;
    if (!is_expert && !place_of(call, assignment).may_host)
        throw not_found(the_submission);
    return {assignment, *submission, *round};
}

// What is compared with a draft: somebody else's round, with the words that name it.
struct OtherRow {
    PersonId person;
    std::optional<std::string> name;
    AssignmentId assignment;
    std::string assignment_title, text;
    Instant handed_in_at;
};
BOOST_DESCRIBE_STRUCT(OtherRow, (), (person, name, assignment, assignment_title, text, handed_in_at))

std::optional<OtherRow> other_draft(Call& call, DraftRef const& draft)
{
    static std::string const sql = "SELECT s.person, " + directory::person_name_in("s.county", "s.person")
        + " AS name, s.assignment, a.title AS assignment_title, d.text, d.handed_in_at FROM submissions s JOIN submission_rounds d "
          "ON d.county = s.county AND d.submission = s.id JOIN assignments a ON a.county = s.county AND a.id = s.assignment "
          "WHERE s.county = $1 AND s.id = $2 AND d.number = $3";
    return call.db.row<OtherRow>(sql, call.county, draft.submission, draft.number);
}

// Parts of the draft that stand in some other one; each character counts once.
class Covered {
public:
    void add(std::vector<lib::SharedPassage> const& passages)
    {
        for (auto const& passage : passages) {
            auto& end = ends_[passage.begin];
            end = std::max(end, std::pair(passage.end, passage.characters));
        }
    }
    std::size_t characters() const
    {
        std::size_t sum = 0, covered = 0;
        for (auto const& [begin, end] : ends_) {
            if (end.first <= covered)
                continue;
            auto const bytes = end.first - begin, fresh = end.first - std::max(begin, covered);
            sum += end.second * fresh / std::max<std::size_t>(bytes, 1);
            covered = end.first;
        }
        return sum;
    }

private:
    std::map<std::size_t, std::pair<std::size_t, std::size_t>> ends_; // by begin: end and characters
};

std::int64_t per_cent(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 0 : static_cast<std::int64_t>(std::min(part, whole) * 100 / whole);
}

std::int64_t characters_before(std::string const& text, std::size_t byte)
{
    return static_cast<std::int64_t>(lib::count_characters(std::string_view(text).substr(0, byte)));
}

} // namespace

void add_fingerprints(Call& call, AssignmentRow const& assignment, RoundRow const& round)
{
    db::Batch batch;
    for (auto const fingerprint : comparable(round.text, assignment.template_).fingerprints())
        batch.add(call.county, fingerprint, round.submission, round.number);
    batch.run(call.db,
        "INSERT INTO text_fingerprints (county, fingerprint, submission, number) VALUES ($1, $2, $3, $4) ON CONFLICT (county, "
        "fingerprint, submission, number) DO NOTHING");
}

void remove_fingerprints(Call& call, AssignmentRow const& assignment, RoundRow const& round)
{
    db::Batch batch;
    for (auto const fingerprint : comparable(round.text, assignment.template_).fingerprints())
        batch.add(call.county, fingerprint, round.submission, round.number);
    batch.run(call.db, "DELETE FROM text_fingerprints WHERE county = $1 AND fingerprint = $2 AND submission = $3 AND number = $4");
}

std::vector<DraftRef> drafts_with(Call& call, std::vector<std::int64_t> const& fingerprints, std::size_t most)
{
    db::Batch batch;
    for (auto const fingerprint : fingerprints)
        batch.add(call.county, fingerprint);
    std::map<std::pair<SubmissionId, std::int64_t>, std::int64_t> counts;
    for (auto const& found :
        batch.rows<DraftRef>(call.db,
            "SELECT submission, number, 1 AS shared FROM text_fingerprints WHERE county = $1 AND fingerprint = $2 ORDER BY county, "
            "fingerprint, submission, number LIMIT 200"))
        ++counts[{found.submission, found.number}];
    std::vector<DraftRef> drafts;
    for (auto const& [draft, shared] : counts)
        drafts.push_back({draft.first, draft.second, shared});
    std::ranges::stable_sort(drafts, std::greater{}, &DraftRef::shared);
    drafts.resize(std::min(most, drafts.size()));
    return drafts;
}

Originality show_originality(Call& call, OneRound const& input)
{
    auto const draft = readable_draft(call, input.id, input.number);
    bool const may_host = call.viewer.may(Permission::manage_courses) && place_of(call, draft.assignment).may_host;
    auto const text = comparable(draft.round.text, draft.assignment.template_);
    Originality originality{static_cast<std::int64_t>(text.size())};
    Covered anywhere;
    for (auto const& found : drafts_with(call, text.fingerprints(), most_looked_at)) {
        auto const other = found.submission == draft.submission.id ? std::nullopt : other_draft(call, found);
        if (!other || other->person == draft.submission.person)
            continue;
        auto const passages = text.shared_with(lib::ComparableText(other->text));
        Covered here;
        here.add(passages);
        anywhere.add(passages);
        if (originality.like.size() < most_like)
            originality.like.push_back({found.submission, found.number, may_host ? other->name.value_or("") : "",
                other->assignment_title, other->handed_in_at, per_cent(here.characters(), text.size())});
    }
    originality.share = per_cent(anywhere.characters(), text.size());
    std::ranges::stable_sort(originality.like, std::greater{}, &LikeDraft::share);
    return originality;
}

SideBySide compare_drafts(Call& call, CompareDrafts const& input)
{
    auto const draft = readable_draft(call, input.id, input.number);
    auto const other = other_draft(call, {input.other, input.other_number});
    if (!other || other->person == draft.submission.person)
        throw not_found(the_submission);
    auto const passages = comparable(draft.round.text, draft.assignment.template_).shared_with(lib::ComparableText(other->text));
    // Only what shares something is there to be seen: a number that was guessed shows nobody's work.
    if (passages.empty())
        throw not_found(the_submission);
    SideBySide view{draft.round.text, other->text};
    for (auto const& passage : passages)
        view.passages.push_back({characters_before(view.text, passage.begin), characters_before(view.text, passage.end),
            characters_before(view.other_text, passage.other_begin), characters_before(view.other_text, passage.other_end)});
    return view;
}

Routes comparison_routes()
{
    return {
        route(Verb::get, "/api/submissions/{id}/rounds/{number}/originality", Permission::signed_in, "originality_show",
            "What a draft shares with earlier ones", show_originality)
            .as_personal_file(),
        route(Verb::get, "/api/submissions/{id}/rounds/{number}/comparison", Permission::signed_in, "comparison_show",
            "Two drafts side by side, with the passages that they share", compare_drafts)
            .as_personal_file(),
    };
}

} // namespace concentric::coursework
