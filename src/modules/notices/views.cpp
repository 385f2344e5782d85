#include "modules/notices/views.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/notices/attachments.hpp"
#include "modules/paper/paper.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::notices {
namespace {

// Notices n that a viewer with the path $2 to $3 has to do with.
std::string const seen
    = "(n.organisation IN (SELECT o.id FROM organisations o WHERE o.county = $1 AND o.path >= $2 AND o.path < $3) OR (n.state IN "
      "('sending', 'sent', 'recalled') AND EXISTS (SELECT 1 FROM notice_targets t JOIN organisations o ON o.county = t.county AND "
      "o.id = t.organisation WHERE t.county = $1 AND t.notice = n.id AND $2 LIKE o.path || '%')))";

std::optional<Instant> unless_zero(Instant moment) { return moment.milliseconds ? std::optional(moment) : std::nullopt; }

directory::OrganisationBrief brief_of(directory::OrganisationRef const& organisation)
{
    return {organisation.id, organisation.kind, organisation.name};
}

bool issues(Call& call, NoticeRow const& row)
{
    auto const path = directory::path_of(call, row.organisation);
    return path && call.viewer.reaches(*path);
}

NoticeBrief brief_of(Call& call, NoticeRow const& row, std::unordered_map<std::int64_t, std::string> const& names,
    std::unordered_map<OrganisationId, directory::OrganisationRef> const& offices)
{
    NoticeBrief brief;
    brief.id = row.id;
    brief.title = row.title;
    if (auto const office = offices.find(row.organisation); office != offices.end())
        brief.organisation = brief_of(office->second);
    brief.audience = row.audience;
    brief.ask = row.ask;
    brief.state = row.state;
    brief.is_urgent = row.is_urgent;
    brief.minutes = row.minutes;
    brief.over_minutes = row.over_minutes;
    if (auto const name = names.find(row.created_by.value); name != names.end())
        brief.created_by = name->second;
    brief.created_at = row.created_at;
    brief.send_at = unless_zero(row.send_at);
    brief.due_at = unless_zero(row.due_at);
    brief.sent_at = unless_zero(row.sent_at);
    brief.figures = figures_of(call, row);
    brief.may_decide = row.state == NoticeState::waiting && row.created_by != call.viewer.person
        && call.viewer.may(Permission::approve_notices) && issues(call, row);
    return brief;
}

std::vector<NoticeBrief> briefs_of(Call& call, std::vector<NoticeRow> const& rows)
{
    std::vector<std::int64_t> people, offices;
    for (auto const& row : rows) {
        people.push_back(row.created_by.value);
        offices.push_back(row.organisation.value);
    }
    auto const names = directory::names_of(call, people);
    auto const organisations = directory::organisations(call.db, call.county, offices);
    std::vector<NoticeBrief> briefs;
    for (auto const& row : rows)
        briefs.push_back(brief_of(call, row, names, organisations));
    return briefs;
}

std::optional<std::string> name_of_person(Call& call, PersonId person)
{
    return person ? directory::person_name(call, person) : std::nullopt;
}

} // namespace

std::optional<NoticeRow> notice_with(Call& call, NoticeId id)
{
    return call.db.row<NoticeRow>("SELECT * FROM notices WHERE county = $1 AND id = $2", call.county, id);
}

std::optional<NoticeRow> notice_in_sight(Call& call, NoticeId id)
{
    if (call.viewer.path.empty())
        return {};
    return call.db.row<NoticeRow>("SELECT n.* FROM notices n WHERE n.county = $1 AND n.id = $4 AND " + seen, call.county,
        call.viewer.path, call.viewer.path_end(), id);
}

NoticeRow visible_notice(Call& call, NoticeId id)
{
    auto row = notice_in_sight(call, id);
    if (!row)
        throw not_found(the_notice);
    return std::move(*row);
}

NoticeRow managed_notice(Call& call, NoticeId id)
{
    visible_notice(call, id);
    auto row = call.db.row<NoticeRow>("SELECT * FROM notices WHERE county = $1 AND id = $2 FOR_UPDATE", call.county, id).value();
    if (!issues(call, row))
        throw forbidden();
    call.audit_subject = fmt::format("notice:{}", id.value);
    return row;
}

std::string_view done_condition(NoticeAsk ask) { return ask == NoticeAsk::nothing ? "s.read_at > 0" : "s.done_at > 0"; }

NoticeFigures figures_of(Call& call, NoticeRow const& row)
{
    if (row.sent_at.milliseconds == 0 && row.state != NoticeState::sending)
        return {};
    return call.db
        .row<NoticeFigures>(
            fmt::format("SELECT count(*) AS subjects, count(CASE WHEN s.read_at > 0 THEN 1 END) AS read, count(CASE WHEN {} THEN 1 "
                        "END) AS done FROM notice_subjects s WHERE s.county = $1 AND s.notice = $2 AND s.unit IN (SELECT o.id FROM "
                        "organisations o WHERE o.county = $1 AND o.path >= $3 AND o.path < $4)",
                done_condition(row.ask)),
            call.county, row.id, call.viewer.path, call.viewer.path_end())
        .value_or(NoticeFigures{});
}

NoticeView view_of(Call& call, NoticeRow const& row)
{
    NoticeView view;
    static_cast<NoticeBrief&>(view) = briefs_of(call, {row}).front();
    view.body = row.body;
    view.item = row.item;
    view.code = paper::code_of(call, paper::SheetKind::notice, row.id.value);
    view.changes = row.changes;
    view.reason = row.reason;
    view.decision = row.decision;
    view.choices = reflect::from_json<std::vector<std::string>>(row.choices);
    view.stages = directory::split_list(row.stages);
    view.roles = directory::split_list(row.roles);
    view.pupil_group = row.pupil_group;
    view.is_per_child = row.is_per_child;
    for (auto const& target : audience_of(call, row).targets)
        view.organisations.push_back(brief_of(target));
    view.files = files_of(call, row.id);
    view.editions = call.db.rows<NoticeEdition>("SELECT number, title, body, changes, replaced_at FROM notice_editions WHERE "
                                                "county = $1 AND notice = $2 ORDER BY number DESC",
        call.county, row.id);
    view.number = row.number;
    view.households = row.households;
    view.decided_by = name_of_person(call, row.decided_by);
    view.recalled_by = name_of_person(call, row.recalled_by);
    view.decided_at = unless_zero(row.decided_at);
    view.recalled_at = unless_zero(row.recalled_at);
    view.reminded_at = unless_zero(row.reminded_at);
    view.may_change = issues(call, row);
    view.version = row.version;
    return view;
}

NoticeView view_again(Call& call, NoticeId id) { return view_of(call, notice_with(call, id).value()); }

Page<NoticeBrief> list_notices(Call& call, FindNotices const& input)
{
    Page<NoticeBrief> page;
    if (call.viewer.path.empty())
        return page;
    auto const limit = input.limit.value_or(Limit{30}).value;
    auto const office = input.organisation ? directory::path_of(call, *input.organisation).value_or("") : std::string("/");
    if (office.empty())
        return page;
    bool const decides = input.to_decide.value_or(false);
    auto rows = call.db.rows<NoticeRow>("SELECT n.* FROM notices n WHERE n.county = $1 AND " + seen
            + " AND (n.id < $4 OR $4 = 0) AND (n.state = $5 OR $5 = '') AND n.search LIKE $6 ESCAPE '\\' AND (n.organisation IN "
              "(SELECT o.id FROM organisations o WHERE o.county = $1 AND o.path >= $7 AND o.path < $8)) AND (n.created_by <> $9 OR "
              "NOT "
              "$10) ORDER BY n.id DESC LIMIT $11",
        call.county, call.viewer.path, call.viewer.path_end(), input.after.value_or(NoticeId{}),
        decides           ? std::string_view("waiting")
            : input.state ? name_of(*input.state)
                          : std::string_view(),
        input.search ? directory::contains_pattern(lib::search_fold(*input.search)) : "%", office, directory::path_end(office),
        call.viewer.person, decides, limit + 1);
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    page.items = briefs_of(call, rows);
    return page;
}

NoticeView show_notice(Call& call, OneNotice const& input) { return view_of(call, visible_notice(call, input.id)); }

Routes view_routes()
{
    using enum Permission;
    return {
        route(
            Verb::get, "/api/notices", send_notices, "notice_list", "Notices that the viewer's post has to do with", list_notices),
        route(Verb::get, "/api/notices/{id}", send_notices, "notice_show", "A notice as its senders see it", show_notice),
    };
}

} // namespace concentric::notices
