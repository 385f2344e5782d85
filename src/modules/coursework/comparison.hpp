#pragma once

#include "modules/coursework/reviews.hpp"

// Originality (查重): what a draft shares with everything that was handed in before. The program shows it; a person decides.
namespace concentric::coursework {

struct LikeDraft {
    SubmissionId submission;
    std::int64_t number = 1;
    std::string name, assignment_title; // the author's name for those who lead the course
    Instant handed_in_at;
    std::int64_t share = 0; // per cent of the draft that is shared with it
};
BOOST_DESCRIBE_STRUCT(LikeDraft, (), (submission, number, name, assignment_title, handed_in_at, share))
struct Originality {
    std::int64_t characters = 0; // that are compared: without template and quotations
    std::int64_t share = 0; // per cent of them that stand in any of these
    std::vector<LikeDraft> like; // the likest first; 10 at most
};
BOOST_DESCRIBE_STRUCT(Originality, (), (characters, share, like))

struct Passage {
    std::int64_t begin = 0, end = 0; // characters of the draft
    std::int64_t other_begin = 0, other_end = 0;
};
BOOST_DESCRIBE_STRUCT(Passage, (), (begin, end, other_begin, other_end))
struct SideBySide {
    std::string text, other_text;
    std::vector<Passage> passages; // in the order of the draft
};
BOOST_DESCRIBE_STRUCT(SideBySide, (), (text, other_text, passages))
struct CompareDrafts {
    SubmissionId id;
    Within<1, 1'000> number;
    SubmissionId other;
    Within<1, 1'000> other_number;
};
BOOST_DESCRIBE_STRUCT(CompareDrafts, (), (id, number, other, other_number))

// For those who lead the course and for experts who were asked to read it; else 404. The author's own drafts are left out.
Originality show_originality(Call&, OneRound const&);
SideBySide compare_drafts(Call&, CompareDrafts const&);

// Puts a draft among those that later ones are compared with; or takes it away.
void add_fingerprints(Call&, AssignmentRow const&, RoundRow const&);
void remove_fingerprints(Call&, AssignmentRow const&, RoundRow const&);

struct DraftRef {
    SubmissionId submission;
    std::int64_t number = 1;
    std::int64_t shared = 0; // fingerprints in common
};
BOOST_DESCRIBE_STRUCT(DraftRef, (), (submission, number, shared))
// The drafts that share fingerprints, those with most of them first, at most `most`. One that stands in hundreds of drafts is
// followed into two hundred of them only.
std::vector<DraftRef> drafts_with(Call&, std::vector<std::int64_t> const& fingerprints, std::size_t most);

Routes comparison_routes();

} // namespace concentric::coursework
