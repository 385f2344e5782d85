#include "modules/notices/progress.hpp"

#include "lib/pinyin.hpp"
#include "lib/workbook.hpp"
#include "modules/directory/directory.hpp"
#include "modules/notices/delivery.hpp"
#include "modules/notices/rules.hpp"
#include "modules/notices/views.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::notices {
namespace {

struct Missing {
    std::int64_t due = 0, lately = 0;
};
BOOST_DESCRIBE_STRUCT(Missing, (), (due, lately))

struct UnitRow : NoticeFigures {
    OrganisationId id;
    std::string kind, name, path;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (NoticeFigures), (id, kind, name, path))

struct LineRow {
    PersonId subject, read_by, done_by, entered_by;
    std::string name, unit_name, answer;
    Instant read_at, done_at, reminded_at;
};
BOOST_DESCRIBE_STRUCT(LineRow, (), (subject, read_by, done_by, entered_by, name, unit_name, answer, read_at, done_at, reminded_at))

// Subjects s of notice $2 in the organisations o from path $3 to $4.
constexpr std::string_view subjects_below = "FROM notice_subjects s JOIN organisations o ON o.county = s.county AND o.id = s.unit "
                                            "WHERE s.county = $1 AND s.notice = $2 AND "
                                            "o.path >= $3 AND o.path < $4 ";

std::string condition_of(NoticeAsk ask, Standing standing)
{
    auto const done = done_condition(ask);
    return standing == Standing::missing ? fmt::format("AND NOT ({}) ", done)
        : standing == Standing::done     ? fmt::format("AND {} ", done)
                                         : std::string();
}

std::vector<LineRow> lines(Call& call, NoticeRow const& row, std::string const& path, Standing standing, std::string const& pattern,
    std::int64_t after, std::int64_t limit)
{
    return call.db.rows<LineRow>(
        fmt::format(
            "SELECT s.subject, s.read_by, s.done_by, s.entered_by, p.name, o.name AS unit_name, s.answer, s.read_at, s.done_at, "
            "s.reminded_at FROM notice_subjects s JOIN organisations o ON o.county = s.county AND o.id = s.unit JOIN people p ON "
            "p.county = s.county AND p.id = s.subject WHERE s.county = $1 AND s.notice = $2 AND o.path >= $3 AND o.path < $4 {}AND "
            "p.search LIKE $5 ESCAPE '\\' AND s.subject > $6 ORDER BY s.subject LIMIT $7",
            condition_of(row.ask, standing)),
        call.county, row.id, path, directory::path_end(path), pattern, after, limit);
}

std::vector<SubjectLine> shown(Call& call, std::vector<LineRow> const& rows)
{
    std::vector<std::int64_t> people;
    for (auto const& row : rows)
        people.insert(people.end(), {row.read_by.value, row.done_by.value, row.entered_by.value});
    auto const names = directory::names_of(call, people);
    auto const name_of = [&](PersonId id) -> std::optional<std::string> {
        auto const found = names.find(id.value);
        return id && found != names.end() ? std::optional(found->second) : std::nullopt;
    };
    auto const moment = [](Instant at) { return at.milliseconds ? std::optional(at) : std::nullopt; };
    std::vector<SubjectLine> all;
    for (auto const& row : rows)
        all.push_back({{row.subject, row.name}, row.unit_name, moment(row.read_at), moment(row.done_at), moment(row.reminded_at),
            name_of(row.read_by), name_of(row.done_by),
            row.done_at.milliseconds && !row.answer.empty() ? std::optional(row.answer) : std::nullopt, name_of(row.entered_by)});
    return all;
}

Words words_of_answer(std::string const& answer)
{
    return answer == "yes" ? Words{"是", "yes"} : answer == "no" ? Words{"否", "no"} : Words{answer, answer};
}

std::string moment_of(std::optional<Instant> at)
{
    if (!at)
        return "";
    auto const text = text_of(*at);
    return text.substr(0, 10) + " " + text.substr(11, 5);
}

} // namespace

std::string path_within(Call& call, std::optional<OrganisationId> unit)
{
    if (!unit)
        return call.viewer.path;
    auto const path = directory::path_of(call, *unit).value_or("");
    call.require_reach(path, {"机构", "organisation"});
    return path;
}

UnitsProgress list_units(Call& call, OneNotice const& input)
{
    auto const row = visible_notice(call, input.id);
    auto rows = call.db.rows<UnitRow>(
        fmt::format("SELECT o.id, o.kind, o.name, o.path, count(*) AS subjects, count(CASE WHEN s.read_at > 0 THEN 1 END) AS read, "
                    "count(CASE WHEN {} THEN 1 END) AS done {}GROUP BY o.id, o.kind, o.name, o.path ORDER BY o.path",
            done_condition(row.ask), subjects_below),
        call.county, row.id, call.viewer.path, call.viewer.path_end());
    std::ranges::stable_sort(rows, std::greater{}, [](UnitRow const& unit) { return unit.subjects - unit.done; });
    std::vector<std::string> paths;
    for (auto const& unit : rows)
        paths.push_back(unit.path);
    auto const schools = directory::schools_above(call, paths);
    UnitsProgress progress;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        UnitProgress unit;
        static_cast<NoticeFigures&>(unit) = rows[i];
        unit.unit = {rows[i].id, rows[i].kind, rows[i].name};
        unit.school = schools[i].name;
        progress.items.push_back(std::move(unit));
    }
    return progress;
}

Page<SubjectLine> list_subjects(Call& call, FindSubjects const& input)
{
    auto const row = visible_notice(call, input.id);
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = lines(call, row, path_within(call, input.unit), input.standing.value_or(Standing::missing),
        input.search ? directory::contains_pattern(lib::search_fold(*input.search)) : "%", directory::after_id(input.after),
        limit + 1);
    Page<SubjectLine> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().subject.value);
    }
    page.items = shown(call, rows);
    call.audit_subject = fmt::format("notice:{}", row.id.value);
    return page;
}

AnswerCounts count_answers(Call& call, OneNoticeUnit const& input)
{
    auto const row = visible_notice(call, input.id);
    auto const path = path_within(call, input.unit);
    AnswerCounts counts;
    if (row.ask == NoticeAsk::yes_no || row.ask == NoticeAsk::choice)
        counts.items = call.db.rows<AnswerCount>("SELECT s.answer, count(*) AS count " + std::string(subjects_below)
                + "AND s.done_at > 0 GROUP BY s.answer ORDER BY count(*) DESC, s.answer",
            call.county, row.id, path, directory::path_end(path));
    return counts;
}

Download export_subjects(Call& call, OneNoticeUnit const& input)
{
    auto const row = visible_notice(call, input.id);
    std::vector<std::string> headings;
    for (auto const& words :
        {Words{"姓名", "Name"}, {"班级或单位", "Class or organisation"}, {"阅读时间", "Read at"}, {"阅读人", "Read by"},
            {"回复时间", "Answered at"}, {"回复人", "Answered by"}, {"回复", "Answer"}, {"纸质登记人", "Entered from paper by"}})
        headings.push_back(call.say(words));
    lib::WorkbookWriter workbook;
    for (auto const& [standing, name] :
        {std::pair{Standing::missing, Words{"未完成", "Missing"}}, {Standing::done, {"已完成", "Done"}}}) {
        workbook.add_sheet(call.say(name), headings);
        for (auto const& line : shown(call, lines(call, row, path_within(call, input.unit), standing, "%", 0, 1'000'000)))
            workbook.add_row(
                {line.person.name, line.unit, moment_of(line.read_at), line.read_by.value_or(""), moment_of(line.done_at),
                    line.done_by.value_or(""), call.say(words_of_answer(line.answer.value_or(""))), line.entered_by.value_or("")});
    }
    call.audit_subject = fmt::format("notice:{}", row.id.value);
    return {workbook.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", row.title + ".xlsx"};
}

RemindersGoing remind_missing(Call& call, RemindMissing const& input)
{
    auto const row = visible_notice(call, input.id);
    if (row.state != NoticeState::sent)
        throw conflict({"只有已发出的通知可以提醒。", "Only for a notice that was sent, people can be reminded."});
    if (row.due_at.milliseconds && row.due_at <= call.now)
        throw conflict({"这条通知已经截止。", "Its deadline is over."});
    auto const rules = rules_of(call);
    auto const path = path_within(call, input.unit);
    auto const before = call.now.milliseconds - rules.remind_hours.value * 3'600'000;
    auto const missing
        = call.db
              .row<Missing>(fmt::format("SELECT count(CASE WHEN s.reminded_at <= $5 THEN 1 END) AS due, count(CASE WHEN "
                                        "s.reminded_at > $5 THEN 1 END) AS lately {}AND NOT ({})",
                                subjects_below, done_condition(row.ask)),
                  call.county, row.id, path, directory::path_end(path), before)
              .value();
    RemindersGoing const going{missing.due, missing.lately, after_quiet_hours(rules, call.now)};
    call.audit_subject = fmt::format("notice:{}", row.id.value);
    if (going.reminded == 0)
        return going;
    call.db.execute("UPDATE notices SET reminded_at = $3 WHERE county = $1 AND id = $2", call.county, row.id, call.now);
    call.jobs.add_at(call, reminder_job, reflect::to_json(Reminder{row.id, path}), going.at);
    return going;
}

Routes progress_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/notices/{id}/units", send_notices, "notice_unit_list", "How far a notice came, class by class",
            list_units),
        route(
            Verb::get, "/api/notices/{id}/subjects", send_notices, "notice_subject_list", "Who is missing, or done", list_subjects)
            .as_personal_file(),
        route(Verb::get, "/api/notices/{id}/subjects.xlsx", send_notices, "notice_subject_export", "The same as a workbook",
            export_subjects)
            .as_personal_file(),
        route(Verb::get, "/api/notices/{id}/answers", send_notices, "notice_answer_count", "How many gave which answer",
            count_answers),
        route(Verb::post, "/api/notices/{id}/reminders", send_notices, "notice_remind",
            "Reminds those who are missing, never those who are done", remind_missing),
    };
}

} // namespace concentric::notices
