#include "modules/notices/paper.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/notices/receipts.hpp"
#include "modules/notices/views.hpp"
#include "modules/paper/paper.hpp"

#include <fmt/format.h>

namespace concentric::notices {
namespace {

SubjectRow reached_subject(Call& call, NoticeRow const& row, PersonId subject)
{
    auto found
        = call.db.row<SubjectRow>("SELECT * FROM notice_subjects WHERE county = $1 AND notice = $2 AND subject = $3 FOR_UPDATE",
            call.county, row.id, subject);
    auto const path = found ? directory::path_of(call, found->unit) : std::nullopt;
    if (!path || !call.viewer.reaches(*path))
        throw not_found({"人员", "person"});
    call.audit_subject = fmt::format("person:{}", subject.value);
    return std::move(*found);
}

SubjectLine line_of(Call& call, SubjectRow const& row)
{
    auto const names = directory::names_of(
        call, {row.subject.value, row.unit.value, row.read_by.value, row.done_by.value, row.entered_by.value});
    auto const name_of = [&](std::int64_t id) -> std::optional<std::string> {
        auto const found = names.find(id);
        return id && found != names.end() ? std::optional(found->second) : std::nullopt;
    };
    auto const moment = [](Instant at) { return at.milliseconds ? std::optional(at) : std::nullopt; };
    return {{row.subject, name_of(row.subject.value).value_or("")}, name_of(row.unit.value).value_or(""), moment(row.read_at),
        moment(row.done_at), moment(row.reminded_at), name_of(row.read_by.value), name_of(row.done_by.value),
        row.answer.empty() ? std::nullopt : std::optional(row.answer), name_of(row.entered_by.value)};
}

SubjectLine store(Call& call, SubjectRow const& row)
{
    call.db.execute(
        "UPDATE notice_subjects SET read_at = $4, answer = $5, done_at = $6, done_by = 0, entered_by = $7 WHERE county = $1 AND "
        "notice = $2 AND subject = $3",
        call.county, row.notice, row.subject, row.read_at, row.answer, row.done_at, row.entered_by);
    return line_of(call, row);
}

std::string slip_of(NoticeRow const& row)
{
    switch (row.ask) {
    case NoticeAsk::yes_no: return "□ 是    □ 否";
    case NoticeAsk::choice: {
        std::string text;
        for (auto const& choice : reflect::from_json<std::vector<std::string>>(row.choices))
            text += (text.empty() ? "□ " : "    □ ") + choice;
        return text;
    }
    case NoticeAsk::text: return "回答：";
    case NoticeAsk::confirm: return "□ 已知悉";
    case NoticeAsk::nothing: break;
    }
    return "";
}

} // namespace

SubjectLine enter_answer(Call& call, EnterAnswer const& input)
{
    auto const notice = visible_notice(call, input.id);
    auto row = reached_subject(call, notice, input.subject);
    if (!is_open(call, notice))
        throw conflict({"这条通知已经截止或撤回，不能再回复。", "This notice is closed or was taken back."});
    if (row.done_at.milliseconds && !row.entered_by)
        throw conflict({"家长已经自己回复，以其回复为准。", "The family answered on its own; that counts."});
    row.answer = input.answer.value_or("");
    require_fitting(notice, row.answer);
    row.read_at = row.read_at.milliseconds ? row.read_at : call.now;
    row.done_at = call.now;
    row.done_by = {};
    row.entered_by = call.viewer.person;
    return store(call, row);
}

SubjectLine take_answer_back(Call& call, OneSubject const& input)
{
    auto const notice = visible_notice(call, input.id);
    auto row = reached_subject(call, notice, input.subject);
    if (!row.entered_by)
        throw conflict({"这不是纸质登记的回复。", "This answer did not come on paper."});
    row.answer.clear();
    row.done_at = {};
    row.entered_by = {};
    return store(call, row);
}

Download print_notice(Call& call, OneNoticeUnit const& input)
{
    auto const row = visible_notice(call, input.id);
    if (row.state != NoticeState::sent)
        throw conflict({"只有已发出的通知可以打印。", "Only a notice that was sent is printed."});
    auto const office = directory::organisation(call.db, call.county, row.organisation);
    paper::Sheet sheet(row.title, paper::code_for(call, paper::SheetKind::notice, row.id.value),
        fmt::format("{}　{}", office ? office->name : "", paper::minute_text(row.sent_at)));
    paper::print_text(sheet.page(), row.body);
    if (row.ask != NoticeAsk::nothing) {
        sheet.ask_back(row.due_at);
        std::vector<std::vector<std::string>> rows;
        FindSubjects find;
        find.id = row.id;
        find.unit = input.unit;
        find.limit = Limit{200};
        for (auto const& line : list_subjects(call, find).items)
            rows.push_back({line.person.name, slip_of(row), ""});
        std::string const headings[]{"姓名", "回复", "签名"};
        double const weights[]{1, 2.4, 1};
        sheet.page().table(headings, weights, rows);
    }
    call.audit_subject = fmt::format("notice:{}", row.id.value);
    return sheet.finish(row.title);
}

Routes paper_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/notices/{id}/sheet.pdf", send_notices, "notice_print_export",
            "A notice on paper, with slips for those of a class who are missing", print_notice)
            .as_personal_file(),
        route(Verb::put, "/api/notices/{id}/subjects/{subject}/paper-answer", send_notices, "notice_paper_enter",
            "Writes an answer down that came on paper", enter_answer),
        route(Verb::del, "/api/notices/{id}/subjects/{subject}/paper-answer", send_notices, "notice_paper_remove",
            "Takes such an answer back", take_answer_back),
    };
}

} // namespace concentric::notices
