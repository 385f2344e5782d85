#pragma once

#include "core/route.hpp"
#include "modules/directory/posts.hpp"
#include "modules/notices/audience.hpp"

// Writing a notice, sending it, having it approved by a second person, taking it back, and correcting it.
namespace concentric::notices {

using NoticeTitle = Text<1, 120>;
using NoticeBody = Text<0, 10'000>;
using Choice = Text<1, 60>;
using Minutes = Within<0, 240>;

struct NoticeFile {
    NoticeFileId id;
    std::string file_name, content_type;
    std::int64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(NoticeFile, (), (id, file_name, content_type, size))

struct NoticeEdition {
    std::int64_t number = 1;
    std::string title, body, changes;
    Instant replaced_at;
};
BOOST_DESCRIBE_STRUCT(NoticeEdition, (), (number, title, body, changes, replaced_at))

// How far a notice came, within the viewer's reach.
struct NoticeFigures {
    std::int64_t subjects = 0, read = 0, done = 0; // done: confirmed or answered, or read where nothing more is asked
};
BOOST_DESCRIBE_STRUCT(NoticeFigures, (), (subjects, read, done))

struct NoticeBrief {
    NoticeId id;
    std::string title;
    directory::OrganisationBrief organisation;
    NoticeAudience audience = NoticeAudience::carers;
    NoticeAsk ask = NoticeAsk::nothing;
    NoticeState state = NoticeState::draft;
    bool is_urgent = false;
    std::int64_t minutes = 0, over_minutes = 0;
    std::string created_by;
    Instant created_at;
    std::optional<Instant> send_at, due_at, sent_at;
    NoticeFigures figures;
    bool may_decide = false; // waits for a second person, which the viewer may be
};
BOOST_DESCRIBE_STRUCT(NoticeBrief, (),
    (id, title, organisation, audience, ask, state, is_urgent, minutes, over_minutes, created_by, created_at, send_at, due_at,
        sent_at, figures, may_decide))

struct NoticeView : NoticeBrief {
    std::string body, item, code, changes, reason, decision;
    std::vector<std::string> choices, stages, roles;
    std::string pupil_group;
    bool is_per_child = true;
    std::vector<directory::OrganisationBrief> organisations;
    std::vector<NoticeFile> files;
    std::vector<NoticeEdition> editions; // what it said before
    std::int64_t number = 1, households = 0;
    std::optional<std::string> decided_by, recalled_by;
    std::optional<Instant> decided_at, recalled_at, reminded_at;
    bool may_change = false; // the viewer's post reaches the office that issues it
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(NoticeView, (NoticeBrief),
    (body, item, code, changes, reason, decision, choices, stages, roles, pupil_group, is_per_child, organisations, files, editions,
        number, households, decided_by, recalled_by, decided_at, recalled_at, reminded_at, may_change, version))

struct DraftNotice {
    NoticeTitle title;
    std::optional<NoticeBody> body;
    std::optional<NoticeAudience> audience; // carers
    std::vector<OrganisationId> organisations; // the viewer's own when it is empty
    std::vector<directory::StageName> stages; // of carers' children
    std::optional<directory::GroupName> pupil_group;
    std::vector<Text<1, 60>> roles; // of staff
    std::optional<NoticeAsk> ask; // nothing
    std::vector<Choice> choices;
    std::optional<bool> is_per_child; // true: answered for each child concerned; else once for all children of the household
    std::optional<Minutes> minutes; // of a household's time; 1 when it is left out
    std::optional<bool> is_urgent;
    std::optional<Text<0, 120>> item; // of the burden list, for what goes beyond the week's budget
    std::optional<Instant> send_at, due_at;
};
BOOST_DESCRIBE_STRUCT(DraftNotice, (),
    (title, body, audience, organisations, stages, pupil_group, roles, ask, choices, is_per_child, minutes, is_urgent, item,
        send_at, due_at))
void check(DraftNotice const&, Problems&);

struct ChangeNotice : DraftNotice {
    NoticeId id;
};
BOOST_DESCRIBE_STRUCT(ChangeNotice, (DraftNotice), (id))
void check(ChangeNotice const&, Problems&);

struct OneNotice {
    NoticeId id;
};
BOOST_DESCRIBE_STRUCT(OneNotice, (), (id))

enum class NoticeVerdict { approve, refuse };
BOOST_DESCRIBE_ENUM(NoticeVerdict, approve, refuse)

struct DecideNotice {
    NoticeId id;
    NoticeVerdict verdict = NoticeVerdict::approve;
    std::optional<Text<0, 120>> item; // of the burden list, where the sender named none
    std::optional<Text<0, 500>> words; // why, where it is refused
};
BOOST_DESCRIBE_STRUCT(DecideNotice, (), (id, verdict, item, words))
void check(DecideNotice const&, Problems&);

struct RecallNotice {
    NoticeId id;
    Text<2, 500> reason;
};
BOOST_DESCRIBE_STRUCT(RecallNotice, (), (id, reason))

struct CorrectNotice {
    NoticeId id;
    std::optional<NoticeTitle> title;
    std::optional<NoticeBody> body;
    std::optional<Instant> due_at;
    Text<2, 500> changes; // what is different now
    bool asks_again = false; // what was confirmed or answered does not count any more
};
BOOST_DESCRIBE_STRUCT(CorrectNotice, (), (id, title, body, due_at, changes, asks_again))

NoticeView draft_notice(Call&, DraftNotice const&);
// 409 unless it is a draft or was refused; a refused one becomes a draft.
NoticeView change_notice(Call&, ChangeNotice const&);
Nothing remove_notice(Call&, OneNotice const&);
// Returns at once, however many it goes to: a job does the rest. An urgent one first waits for a second person.
NoticeView send_notice(Call&, OneNotice const&);
// 409 for one's own. 422 at /item where it goes beyond the budget and cites nothing of the burden list.
NoticeView decide_notice(Call&, DecideNotice const&);
// What did not go out yet becomes a draft again.
NoticeView recall_notice(Call&, RecallNotice const&);
NoticeView correct_notice(Call&, CorrectNotice const&);

Routes composing_routes();

} // namespace concentric::notices
