#include "modules/conversations/reports.hpp"

#include "modules/conversations/files.hpp"
#include "modules/conversations/telling.hpp"
#include "modules/directory/holders.hpp"
#include "modules/directory/roles.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::conversations {
namespace {

struct ReportFile {
    ConversationReportId id;
    ConversationFileId file;
};
BOOST_DESCRIBE_STRUCT(ReportFile, (), (id, file))

struct ListedReport : ReportRow {
    std::string school_name;
    OrganisationId unit;
};
BOOST_DESCRIBE_STRUCT(ListedReport, (ReportRow), (school_name, unit))

std::string const& select_reports()
{
    static std::string const sql = "SELECT r.*, o.name AS school_name, c.unit FROM conversation_reports r JOIN conversations c ON "
                                   "c.county = r.county AND c.id = r.conversation "
        + directory::joined_organisation("o", "r.county", "r.school")
        + " WHERE r.county = $1 AND o.path >= $2 AND o.path < $3 AND NOT EXISTS (SELECT 1 FROM conversation_members m WHERE "
          "m.county = "
          "r.county AND m.conversation = r.conversation AND m.person = $4) ";
    return sql;
}

ListedReport report_with(Call& call, ConversationReportId id)
{
    static std::string const sql = select_reports() + "AND r.id = $5";
    auto row = call.viewer.path.empty()
        ? std::nullopt
        : call.db.row<ListedReport>(sql, call.county, call.viewer.path, call.viewer.path_end(), call.viewer.person, id);
    if (!row)
        throw not_found({"举报", "report"});
    mark(call, row->conversation);
    return std::move(*row);
}

ReportLine line_of(ListedReport const& row, std::unordered_map<std::int64_t, std::string> const& names)
{
    auto const name = [&](std::int64_t id) { return directory::name_in(names, id); };
    ReportLine line{row.id, row.state, row.reason, row.school_name, name(row.unit.value),
        {row.reported_by, name(row.reported_by.value)}, row.reported_at, {}, {}, {}, row.version};
    if (row.decided_by) {
        line.outcome = row.outcome;
        line.decided_by = name(row.decided_by.value);
        line.decided_at = row.decided_at;
    }
    return line;
}

std::vector<ReportLine> lines_of(Call& call, std::vector<ListedReport> const& rows)
{
    std::vector<std::int64_t> ids;
    for (auto const& row : rows)
        ids.insert(ids.end(), {row.unit.value, row.reported_by.value, row.decided_by.value});
    auto const names = directory::names_of(call, ids);
    std::vector<ReportLine> lines;
    for (auto const& row : rows)
        lines.push_back(line_of(row, names));
    return lines;
}

// Those at the school who may work on it and are not in it; else the county's.
std::vector<std::int64_t> leaders_for(Call& call, OwnConversation const& own, OrganisationId school)
{
    std::vector<std::int64_t> leaders;
    auto const is_member = [&](std::int64_t person) {
        return std::ranges::any_of(own.members, [&](auto const& member) { return member.person.value == person; });
    };
    auto const pupil = own.row.student ? own.row.student : call.viewer.person;
    for (auto const& post : directory::posts_over(call, pupil, call.today()))
        if (post.organisation == school && !is_member(post.person.value)
            && directory::permissions_in(post.permissions.value_or("")).has(Permission::approve_access))
            leaders.push_back(post.person.value);
    if (leaders.empty()) {
        leaders = directory::county_holders(call, Permission::approve_access, call.today());
        std::erase_if(leaders, is_member);
    }
    return leaders;
}

// Everybody in it hears of it once for each leader and report.
void note_inspection(Call& call, ConversationRow& row, ConversationReportId report)
{
    auto const known = call.db.value<std::int64_t>("SELECT position AS value FROM conversation_messages WHERE county = $1 AND "
                                                   "conversation = $2 AND kind = 'inspected' AND author = $3 AND about = $4",
        call.county, row.id, call.viewer.person, report);
    if (known)
        return;
    add_line(call, row, call.viewer.person, MessageKind::inspected, report.value);
    store_progress(call, row);
    tell_members(call, row.id);
}

std::vector<PersonBrief> briefs_of(Call& call, std::vector<MemberRow> const& members)
{
    std::vector<std::int64_t> ids;
    for (auto const& member : members)
        ids.push_back(member.person.value);
    auto const names = directory::names_of(call, ids);
    std::vector<PersonBrief> briefs;
    for (auto const& member : members)
        if (auto const name = names.find(member.person.value); name != names.end())
            briefs.push_back({member.person, name->second});
    return briefs;
}

Download show_reported_file(Call& call, ReportFile const& input)
{
    auto const report = report_with(call, input.id);
    return file_of(call, report.conversation, input.file, report.until_position, Withdrawn::shown);
}

} // namespace

void check(WorkOnReport const& input, Problems& problems)
{
    if (input.state == ReportState::open)
        problems.push_back({"/state", "state", {"请选择处理中或已处理。", "Please choose in progress or closed."}});
    if (input.state == ReportState::closed && input.outcome.empty())
        problems.push_back({"/outcome", "required", {"请写明处理结果。", "Please say what came of it."}});
}

ReportGiven report_conversation(Call& call, ReportConversation const& input)
{
    auto const own = held_conversation(call, input.id);
    auto const position = input.position ? input.position->value : 0;
    if (position > own.row.last_position)
        throw not_found({"消息", "message"});
    if (call.db.value<ConversationReportId>(
            "SELECT id AS value FROM conversation_reports WHERE county = $1 AND conversation = $2 AND "
            "reported_by = $3 AND position = $4 AND state <> 'closed'",
            call.county, input.id, call.viewer.person, position))
        throw conflict({"您已经举报过，学校正在处理。", "You have reported this; the school is at it."});
    auto const unit = directory::organisation(call.db, call.county, own.row.unit);
    if (!unit)
        throw not_found(the_conversation);
    ReportRow row;
    row.county = call.county;
    row.id = new_id_of<ConversationReportId>();
    row.conversation = input.id;
    row.school = directory::schools_above(call, {unit->path}).front().id;
    row.position = position;
    row.until_position = own.row.last_position;
    row.reason = SealedText(std::string(input.reason));
    row.reported_by = call.viewer.person;
    row.reported_at = call.now;
    call.db.insert("conversation_reports", row);
    inbox::tell(call, leaders_for(call, own, row.school),
        {inbox::LetterKind::conversation, {"有一条家校沟通举报待处理", "A conversation was reported"}, {},
            fmt::format("/conversation-reports/{}", row.id.value)});
    return {row.id};
}

Page<ReportLine> list_reports(Call& call, FindReports const& input)
{
    static std::string const sql
        = select_reports() + "AND (r.state = $5 OR $5 = '') AND (r.id < $6 OR $6 = 0) ORDER BY r.id DESC LIMIT $7";
    Page<ReportLine> page;
    if (call.viewer.path.empty())
        return page;
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto const state = input.state ? std::string(name_of(*input.state)) : std::string();
    page.items = lines_of(call,
        call.db.rows<ListedReport>(sql, call.county, call.viewer.path, call.viewer.path_end(), call.viewer.person, state,
            input.before.value_or(ConversationReportId{}), limit + 1));
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = std::to_string(page.items.back().id.value);
    }
    return page;
}

ReportView show_report(Call& call, OneReport const& input)
{
    auto const report = report_with(call, input.id);
    call.db.hold({report.conversation.value});
    auto row
        = call.db
              .row<ConversationRow>("SELECT * FROM conversations WHERE county = $1 AND id = $2", call.county, report.conversation)
              .value();
    auto const members = all_members_of(call, row.id);
    ReportView view;
    static_cast<ReportLine&>(view) = lines_of(call, {report}).front();
    view.subject = row.subject;
    if (row.student)
        view.student = PersonBrief{row.student, directory::person_name(call, row.student).value_or("")};
    view.is_confidential = row.is_confidential;
    view.position = report.position;
    view.members = briefs_of(call, members);
    view.messages = views_of(call, row, members,
        call.db.rows<MessageRow>("SELECT * FROM conversation_messages WHERE county = $1 AND conversation = $2 AND position <= $3 "
                                 "ORDER BY position",
            call.county, row.id, report.until_position),
        Withdrawn::shown);
    note_inspection(call, row, report.id);
    call.version = report.version;
    return view;
}

ReportLine work_on_report(Call& call, WorkOnReport const& input)
{
    auto const report = report_with(call, input.id);
    call.require_version(report.version);
    if (report.state == ReportState::closed)
        throw conflict({"这条举报已经处理完。", "This report is closed."});
    call.db.execute(
        "UPDATE conversation_reports SET state = $3, outcome = $4, decided_by = $5, decided_at = $6, version = version + 1 "
        "WHERE county = $1 AND id = $2",
        call.county, report.id, name_of(input.state), sealed(input.outcome), call.viewer.person, call.now);
    call.version = report.version + 1;
    if (input.state == ReportState::closed)
        inbox::tell(call, report.reported_by,
            {inbox::LetterKind::conversation, {"您的举报已处理", "Your report was dealt with"}, {std::string(input.outcome), {}},
                fmt::format("/conversations/{}", report.conversation.value)});
    return lines_of(call, {report_with(call, input.id)}).front();
}

Routes report_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/conversations/{id}/reports", signed_in, "conversation_report",
            "Tells the school's leader of a message or the whole conversation", report_conversation),
        route(Verb::get, "/api/conversation-reports", approve_access, "conversation_report_list", "What members reported",
            list_reports),
        route(Verb::get, "/api/conversation-reports/{id}", approve_access, "conversation_report_show",
            "The conversation as it stood when it was reported; its members hear of the reading", show_report)
            .as_personal_file(),
        route(Verb::get, "/api/conversation-reports/{id}/files/{file}", approve_access, "conversation_report_file_download",
            "A file of a reported conversation", show_reported_file)
            .as_personal_file(),
        route(Verb::put, "/api/conversation-reports/{id}/outcome", approve_access, "conversation_report_decide",
            "Works on a report or closes it with what came of it", work_on_report),
    };
}

} // namespace concentric::conversations
