#include "modules/activities/drafts.hpp"

#include "lib/pinyin.hpp"
#include "lib/text.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::activities {
namespace {

Words const the_draft{"活动计划", "draft of an event"};

struct OwnedDraft : DraftRow {
    std::string organiser_name, organiser_kind, organiser_path;
    std::optional<std::string> creator_name;
};
BOOST_DESCRIBE_STRUCT(OwnedDraft, (DraftRow), (organiser_name, organiser_kind, organiser_path, creator_name))

std::string const& draft_columns()
{
    static std::string const sql = "SELECT d.*, o.name AS organiser_name, o.kind AS organiser_kind, o.path AS organiser_path, "
        + directory::person_name_in("d.county", "d.created_by") + " AS creator_name FROM activity_drafts d "
        + directory::joined_organisation("o", "d.county", "d.organiser");
    return sql;
}

bool is_overseen(Call const& call, OwnedDraft const& draft)
{
    return call.viewer.may(Permission::append_entries) && call.viewer.reaches(draft.organiser_path)
        && (call.viewer.may(Permission::read_people) || draft.created_by == call.viewer.person);
}

OwnedDraft draft_with(Call& call, DraftId id)
{
    static std::string const sql = draft_columns() + " WHERE d.county = $1 AND d.id = $2";
    auto draft = call.db.row<OwnedDraft>(sql, call.county, id);
    if (!draft || !is_overseen(call, *draft))
        throw not_found(the_draft);
    call.audit_subject = fmt::format("activity_draft:{}", id.value);
    return std::move(*draft);
}

OwnedDraft held_draft(Call& call, DraftId id)
{
    call.db.hold({id.value});
    return draft_with(call, id);
}

DraftBrief brief_of(Call const& call, OwnedDraft const& row)
{
    return {row.id, row.title, row.kind, call.say(words_of(row.kind)),
        {row.organiser, directory::OrganisationKind(row.organiser_kind), row.organiser_name}, row.starts_at, row.state,
        row.creator_name.value_or(""), row.changed_at, row.reason};
}

bool is_waiting_for(Call const& call, OwnedDraft const& draft)
{
    return draft.state == DraftState::proposed && draft.proposed_by != call.viewer.person
        && may_approve(call, draft.organiser_path);
}

DraftView view_of(Call& call, OwnedDraft const& row)
{
    DraftView view;
    static_cast<DraftBrief&>(view) = brief_of(call, row);
    view.content = reflect::from_json<KeptContent>(row.content);
    std::vector<std::int64_t> people{row.proposed_by.value, row.decided_by.value};
    for (auto const leader : view.content.leaders)
        people.push_back(leader.value);
    auto const names = directory::names_of(call, people);
    auto const name_of = [&](PersonId id) { return names.contains(id.value) ? names.at(id.value) : std::string(); };
    for (auto const leader : view.content.leaders)
        view.leaders.push_back({leader, name_of(leader)});
    if (row.proposed_by) {
        view.proposed_by_name = name_of(row.proposed_by);
        view.proposed_at = row.proposed_at;
    }
    if (row.decided_by) {
        view.decided_by_name = name_of(row.decided_by);
        view.decided_at = row.decided_at;
    }
    if (row.activity)
        view.activity = row.activity;
    bool const is_open = row.state != DraftState::published;
    view.needs_approval = needs_approval(call, view.content, row.organiser_path);
    view.may_change = is_open && row.state != DraftState::proposed;
    view.may_propose = row.state == DraftState::draft || row.state == DraftState::returned;
    view.may_decide = is_waiting_for(call, row);
    view.may_publish = is_open && row.state != DraftState::proposed
        && (row.state == DraftState::approved || may_approve(call, row.organiser_path) || !view.needs_approval);
    call.version = view.version = row.version;
    return view;
}

DraftView view_again(Call& call, DraftId id) { return view_of(call, draft_with(call, id)); }

// What stands in columns besides, for the list.
DraftRow row_of(Call& call, AnnounceActivity const& content)
{
    auto const organiser = directory::organisation(call.db, call.county, content.organiser.value_or(call.viewer.organisation));
    if (!organiser || !call.viewer.reaches(organiser->path))
        throw invalid("/content/organiser", "not_found",
            {"找不到这个机构，或不在您的管理范围内。", "There is no such organisation within your reach."});
    if (!find_kind(content.kind))
        throw invalid("/content/kind", "unknown", {"没有这种活动。", "There is no such kind of event."});
    DraftRow row;
    row.county = call.county;
    row.organiser = organiser->id;
    row.title = content.title;
    row.search = lib::search_key(row.title);
    row.kind = content.kind;
    row.starts_at = content.starts_at;
    auto kept = content;
    kept.organiser = organiser->id;
    row.content = reflect::to_json(kept);
    row.changed_at = call.now;
    return row;
}

void require_state(OwnedDraft const& draft, std::initializer_list<DraftState> states)
{
    if (std::ranges::find(states, draft.state) == states.end())
        throw conflict({"这份计划的状态已经变了，请刷新后再试。", "This draft is in another state by now; please look again."});
}

// Everything that stands against announcing it, by the path that it has in the draft.
AnnounceActivity sound_content(OwnedDraft const& draft)
{
    auto content = reflect::from_json<AnnounceActivity>(draft.content);
    Problems problems;
    check(content, problems);
    for (auto& problem : problems)
        problem.path = "/content" + problem.path;
    if (!problems.empty())
        throw invalid(std::move(problems));
    return content;
}

void tell_approvers(Call& call, OwnedDraft const& draft)
{
    std::vector<std::int64_t> people;
    for (auto const& post : directory::posts_over(call, draft.created_by, call.today())) {
        auto const names = directory::split_list(post.permissions.value_or(""));
        auto const has = [&](std::string_view name) { return std::ranges::find(names, name) != names.end(); };
        if (draft.organiser_path.starts_with(post.path) && post.person != call.viewer.person && has("approve_notices")
            && has("append_entries"))
            people.push_back(post.person.value);
    }
    inbox::tell(call, people,
        {inbox::LetterKind::activity, {"有活动计划等您审批：" + draft.title, "An event waits for your approval: " + draft.title},
            {call.viewer.name, call.viewer.name}, fmt::format("/activities/drafts/{}", draft.id.value)});
}

void tell_proposer(Call& call, OwnedDraft const& draft, bool approves, std::string const& reason)
{
    inbox::tell(call, draft.proposed_by,
        {inbox::LetterKind::activity,
            approves ? Words{"活动计划已批准：" + draft.title, "Approved: " + draft.title}
                     : Words{"活动计划被退回：" + draft.title, "Returned: " + draft.title},
            {reason, reason}, fmt::format("/activities/drafts/{}", draft.id.value)});
}

} // namespace

void check(DecideDraft const& input, Problems& problems)
{
    if (!input.approves && !input.reason)
        problems.push_back({"/reason", "required", {"退回时请写明原因。", "Please say why it is returned."}});
}

Page<DraftBrief> list_drafts(Call& call, ListDrafts const& input)
{
    static std::string const sql = draft_columns()
        + " WHERE d.county = $1 AND o.path >= $2 AND o.path < $3 AND (d.created_by = $4 OR $5) AND (d.state = $6 OR ($6 = '' AND "
          "d.state <> 'published')) AND d.search LIKE $7 ESCAPE '\\' AND (d.id < $8 OR $8 = 0) ORDER BY d.id DESC LIMIT $9";
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto const rows = call.db.rows<OwnedDraft>(sql, call.county, call.viewer.path, call.viewer.path_end(), call.viewer.person,
        call.viewer.may(Permission::read_people), input.state ? name_of(*input.state) : "",
        input.q ? directory::contains_pattern(lib::search_fold(*input.q)) : "%", input.after.value_or(DraftId{}), limit + 1);
    Page<DraftBrief> page;
    for (auto const& row : rows) {
        if (static_cast<std::int64_t>(page.items.size()) == limit) {
            page.next = std::to_string(page.items.back().id.value);
            break;
        }
        page.items.push_back(brief_of(call, row));
    }
    return page;
}

DraftView show_draft(Call& call, OneDraft const& input) { return view_again(call, input.id); }

DraftView draw_up(Call& call, DrawUp const& input)
{
    auto row = row_of(call, input.content);
    row.id = new_id_of<DraftId>();
    row.created_by = call.viewer.person;
    call.db.insert("activity_drafts", row);
    return view_again(call, row.id);
}

DraftView save_draft(Call& call, SaveDraft const& input)
{
    auto const draft = held_draft(call, input.id);
    call.require_version(draft.version);
    require_state(draft, {DraftState::draft, DraftState::returned, DraftState::approved});
    auto const row = row_of(call, input.content);
    call.db.execute(
        "UPDATE activity_drafts SET organiser = $3, title = $4, search = $5, kind = $6, starts_at = $7, content = $8, "
        "changed_at = $9, state = CASE WHEN state = 'approved' THEN 'draft' ELSE state END, version = version + 1 WHERE "
        "county = $1 AND id = $2",
        call.county, draft.id, row.organiser, row.title, row.search, row.kind, row.starts_at, sealed(row.content), call.now);
    return view_again(call, draft.id);
}

Nothing remove_draft(Call& call, OneDraft const& input)
{
    auto const draft = held_draft(call, input.id);
    require_state(draft, {DraftState::draft, DraftState::returned, DraftState::approved, DraftState::proposed});
    call.db.execute("DELETE FROM activity_drafts WHERE county = $1 AND id = $2", call.county, draft.id);
    return {};
}

DraftView propose_draft(Call& call, OneDraft const& input)
{
    auto const draft = held_draft(call, input.id);
    require_state(draft, {DraftState::draft, DraftState::returned});
    sound_content(draft);
    call.db.execute(
        "UPDATE activity_drafts SET state = 'proposed', proposed_by = $3, proposed_at = $4, decided_by = 0, decided_at = "
        "0, reason = '', version = version + 1 WHERE county = $1 AND id = $2",
        call.county, draft.id, call.viewer.person, call.now);
    tell_approvers(call, draft);
    return view_again(call, draft.id);
}

DraftView decide_draft(Call& call, DecideDraft const& input)
{
    auto const draft = held_draft(call, input.id);
    if (!may_approve(call, draft.organiser_path))
        throw forbidden();
    require_state(draft, {DraftState::proposed});
    if (draft.proposed_by == call.viewer.person)
        throw conflict(
            {"不能审批自己提交的计划，请由其他负责人审批。", "Nobody approves a proposal of their own; somebody else has to."});
    auto const reason = std::string(input.reason.value_or(""));
    call.db.execute("UPDATE activity_drafts SET state = $3, decided_by = $4, decided_at = $5, reason = $6, version = version + 1 "
                    "WHERE county = $1 AND id = $2",
        call.county, draft.id, input.approves ? DraftState::approved : DraftState::returned, call.viewer.person, call.now, reason);
    tell_proposer(call, draft, input.approves, reason);
    return view_again(call, draft.id);
}

DraftView publish_draft(Call& call, OneDraft const& input)
{
    auto const draft = held_draft(call, input.id);
    require_state(draft, {DraftState::draft, DraftState::returned, DraftState::approved});
    auto const content = sound_content(draft);
    if (draft.state != DraftState::approved)
        require_no_approval(call, content);
    auto const activity = announce_approved(call, content);
    call.db.execute(
        "UPDATE activity_drafts SET state = 'published', activity = $3, version = version + 1 WHERE county = $1 AND id = "
        "$2",
        call.county, draft.id, activity);
    return view_again(call, draft.id);
}

} // namespace concentric::activities
