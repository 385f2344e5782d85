#pragma once

#include "modules/activities/approval.hpp"

// An event before it is announced: drawn up, sent for approval, approved or returned with a reason, published. Nobody but those who
// work on it sees it until then.
namespace concentric::activities {

using DraftId = Id<struct ActivityDraftTag>;

enum class DraftState { draft, proposed, returned, approved, published };
BOOST_DESCRIBE_ENUM(DraftState, draft, proposed, returned, approved, published)

struct DraftRow {
    std::int64_t county = 0;
    DraftId id;
    OrganisationId organiser;
    std::string title, search, kind;
    Instant starts_at;
    SealedText content; // AnnounceActivity; its sheet holds names
    DraftState state = DraftState::draft;
    PersonId created_by;
    Instant changed_at;
    PersonId proposed_by;
    Instant proposed_at;
    PersonId decided_by;
    Instant decided_at;
    std::string reason; // why it was returned
    ActivityId activity; // what became of it
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(DraftRow, (),
    (county, id, organiser, title, search, kind, starts_at, content, state, created_by, changed_at, proposed_by, proposed_at,
        decided_by, decided_at, reason, activity, version))

struct DraftBrief {
    DraftId id;
    std::string title, kind, kind_name;
    directory::OrganisationBrief organiser;
    Instant starts_at;
    DraftState state = DraftState::draft;
    std::string created_by_name;
    Instant changed_at;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(
    DraftBrief, (), (id, title, kind, kind_name, organiser, starts_at, state, created_by_name, changed_at, reason))

struct DraftView : DraftBrief {
    KeptContent content;
    std::vector<directory::PersonBrief> leaders; // their names
    std::string proposed_by_name, decided_by_name;
    std::optional<Instant> proposed_at, decided_at;
    std::optional<ActivityId> activity;
    bool needs_approval = false; // as the rule is today
    bool may_change = false, may_propose = false, may_decide = false, may_publish = false;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(DraftView, (DraftBrief),
    (content, leaders, proposed_by_name, decided_by_name, proposed_at, decided_at, activity, needs_approval, may_change,
        may_propose, may_decide, may_publish, version))

// What a draft is made of may still be wrong: it is checked when it is proposed and when it is published.
struct DrawUp {
    AnnounceActivity content;
};
BOOST_DESCRIBE_STRUCT(DrawUp, (), (content))
struct SaveDraft : DrawUp {
    DraftId id;
};
BOOST_DESCRIBE_STRUCT(SaveDraft, (DrawUp), (id))
struct OneDraft {
    DraftId id;
};
BOOST_DESCRIBE_STRUCT(OneDraft, (), (id))
struct DecideDraft {
    DraftId id;
    bool approves = false;
    std::optional<Text<2, 500>> reason; // needed for returning it
};
BOOST_DESCRIBE_STRUCT(DecideDraft, (), (id, approves, reason))
void check(DecideDraft const&, Problems&);

struct ListDrafts {
    std::optional<DraftState> state;
    std::optional<Text<1, 60>> q;
    std::optional<DraftId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListDrafts, (), (state, q, after, limit))

Page<DraftBrief> list_drafts(Call&, ListDrafts const&);
DraftView show_draft(Call&, OneDraft const&);
DraftView draw_up(Call&, DrawUp const&);
// Whatever was approved needs approval anew.
DraftView save_draft(Call&, SaveDraft const&);
Nothing remove_draft(Call&, OneDraft const&);
// 422 with everything that stands against announcing it. Tells those who may decide.
DraftView propose_draft(Call&, OneDraft const&);
// Nobody decides about a proposal of their own: 409. Tells whoever proposed it.
DraftView decide_draft(Call&, DecideDraft const&);
// Announces it, and gives the event. 422 where it needs approval and has none.
DraftView publish_draft(Call&, OneDraft const&);

} // namespace concentric::activities
