#include "modules/feed/reports.hpp"

#include "modules/feed/comments.hpp"
#include "modules/feed/moments.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::feed {
namespace {

Words const the_report{"举报", "report"};

// Those in the school who may look into it, but for who wrote it.
std::vector<std::int64_t> leaders_over(Call& call, SeenMoment const& moment, PersonId author)
{
    std::vector<std::int64_t> people;
    auto const school = directory::schools_above(call, {moment.of.path}).front();
    for (auto const child : call.db.values<PersonId>(
             "SELECT child AS value FROM moment_children WHERE county = $1 AND moment = $2 LIMIT 1", call.county, moment.id))
        for (auto const& post : directory::posts_over(call, child, call.today())) {
            auto const permissions = directory::split_list(post.permissions.value_or(""));
            if (post.path.starts_with(school.path) && post.person != author
                && std::ranges::find(permissions, name_of(Permission::manage_families)) != permissions.end())
                people.push_back(post.person.value);
        }
    return people;
}

void tell_leaders(Call& call, SeenMoment const& moment, PersonId author)
{
    inbox::tell(call, leaders_over(call, moment, author),
        {inbox::LetterKind::feed, {"学生动态有一条举报等您处理", "A report about the class feed waits for you"},
            {moment.of.name, ""}, "/moment-reports"});
}

std::vector<MomentReport> shown(Call& call, std::vector<ReportRow> const& rows)
{
    std::vector<std::int64_t> ids;
    for (auto const& row : rows)
        ids.insert(ids.end(), {row.class_.value, row.author.value, row.reporter.value, row.handled_by.value});
    auto const names = directory::names_of(call, ids);
    auto const name = [&](std::int64_t id) { return names.contains(id) ? names.at(id) : std::string(); };
    std::vector<MomentReport> reports;
    for (auto const& row : rows) {
        MomentReport report{row.id, row.moment, static_cast<bool>(row.comment), {row.class_, "class", name(row.class_.value)},
            name(row.author.value), row.words};
        if (!row.comment)
            for (auto const& picture : pictures_of(call, {&row.moment.value, 1}))
                report.pictures.push_back(picture.id);
        report.reporter = name(row.reporter.value);
        report.reason = row.reason;
        report.at = row.at;
        report.outcome = row.outcome;
        report.note = row.note;
        if (row.handled_at.milliseconds) {
            report.handled_by = name(row.handled_by.value);
            report.handled_at = row.handled_at;
        }
        reports.push_back(std::move(report));
    }
    return reports;
}

ReportRow reached_report(Call& call, MomentReportId id)
{
    auto row = call.db.row<ReportRow>("SELECT * FROM moment_reports WHERE county = $1 AND id = $2 FOR_UPDATE", call.county, id);
    auto const path = row ? directory::path_of(call, row->class_).value_or("") : "";
    if (!row || !Reader(call).answers_reports(path))
        throw not_found(the_report);
    call.audit_subject = fmt::format("moment:{}", row->moment.value);
    return std::move(*row);
}

void take_down_reported(Call& call, ReportRow const& report, std::string const& reason)
{
    if (!report.comment) {
        auto const moment
            = call.db.row<MomentRow>("SELECT * FROM moments WHERE county = $1 AND id = $2", call.county, report.moment);
        if (moment && moment->stands())
            take_down(call, *moment, reason);
        return;
    }
    auto const comment
        = call.db.row<CommentRow>("SELECT * FROM moment_comments WHERE county = $1 AND id = $2", call.county, report.comment);
    if (comment && !comment->withdrawn_at.milliseconds && !comment->hidden_at.milliseconds)
        hide(call, *comment, reason);
}

} // namespace

Nothing make_report(Call& call, MakeReport const& input)
{
    auto const moment = seen_moment(call, input.id);
    ReportRow row{call.county, new_id_of<MomentReportId>(), moment.id, {}, moment.class_, moment.author, moment.words};
    if (input.comment) {
        auto const comment = seen_comment(call, moment, *input.comment);
        row.comment = comment.id;
        row.author = comment.author;
        row.words = comment.words;
    }
    if (call.db.value<bool>("SELECT TRUE AS value FROM moment_reports WHERE county = $1 AND moment = $2 AND outcome = 'open' AND "
                            "comment = $3 AND reporter = $4",
            call.county, row.moment, row.comment, call.viewer.person))
        throw conflict({"您已经举报过，学校正在处理。", "You have reported this; the school looks into it."});
    row.reporter = call.viewer.person;
    row.reason = input.reason;
    row.at = call.now;
    call.db.insert("moment_reports", row);
    tell_leaders(call, moment, row.author);
    return {};
}

Page<MomentReport> list_reports(Call& call, FindReports const& input)
{
    if (!Reader(call).answers_reports(call.viewer.path))
        return {};
    auto const limit = input.limit.value_or(Limit{30}).value;
    auto const outcome = input.outcome ? std::string(name_of(*input.outcome)) : std::string();
    auto rows = call.db.rows<ReportRow>(
        "SELECT r.* FROM moment_reports r WHERE r.county = $1 AND r.class IN (SELECT o.id FROM organisations o WHERE o.county = $1 "
        "AND o.path >= $2 AND o.path < $3) AND (r.id < $4 OR $4 = 0) AND (r.outcome = $5 OR $5 = '') ORDER BY r.id DESC LIMIT $6",
        call.county, call.viewer.path, call.viewer.path_end(), input.before.value_or(MomentReportId{}), outcome, limit + 1);
    Page<MomentReport> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    page.items = shown(call, rows);
    call.audit_subject = fmt::format("organisation:{}", call.viewer.organisation.value);
    return page;
}

MomentReport answer_report(Call& call, AnswerReport const& input)
{
    auto row = reached_report(call, input.id);
    if (row.outcome != ReportOutcome::open)
        throw conflict({"这条举报已经处理过了。", "This report was answered already."});
    if (row.author == call.viewer.person)
        throw conflict(
            {"不能处理针对自己的举报，请由其他校领导处理。", "Nobody answers a report about themselves; another leader does."});
    bool const takes_down = input.verdict == ReportVerdict::take_down;
    row.outcome = takes_down ? ReportOutcome::taken_down : ReportOutcome::kept;
    call.db.execute(
        "UPDATE moment_reports SET outcome = $3, note = $4, handled_by = $5, handled_at = $6 WHERE county = $1 AND id = $2",
        call.county, row.id, row.outcome, input.note, call.viewer.person, call.now);
    if (takes_down)
        take_down_reported(call, row, input.note);
    inbox::tell(call, row.reporter,
        {inbox::LetterKind::feed, {"学校处理了您的举报", "The school looked into your report"},
            takes_down ? Words{"内容已撤下。" + input.note, "It was taken down. " + input.note}
                       : Words{"内容保留。" + input.note, "It stays. " + input.note},
            ""});
    return shown(
        call, {call.db.row<ReportRow>("SELECT * FROM moment_reports WHERE county = $1 AND id = $2", call.county, row.id).value()})
        .front();
}

Routes report_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/moments/{id}/reports", signed_in, "moment_report_make",
            "Reports a moment or a comment to the school's leaders", make_report),
        route(Verb::get, "/api/moment-reports", manage_families, "moment_report_list",
            "What was reported about the school's class feeds", list_reports)
            .as_personal_file(),
        route(Verb::put, "/api/moment-reports/{id}/outcome", manage_families, "moment_report_answer",
            "Answers a report: it stays, or is taken down", answer_report),
    };
}

} // namespace concentric::feed
