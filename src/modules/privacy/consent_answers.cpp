#include "lib/workbook.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/privacy/consent_rows.hpp"

#include <fmt/format.h>

// Who agreed, who did not, and who is asked still: the school's view of the answers.
namespace concentric::privacy {
namespace {

struct AnswerRow {
    PersonId student;
    std::string name;
    OrganisationId class_;
    std::string class_name;
    std::optional<ConsentAct> act;
    std::optional<PersonId> by;
    std::optional<Instant> at;
    std::optional<std::int64_t> version;
};
BOOST_DESCRIBE_STRUCT(AnswerRow, (), (student, name, class_, class_name, act, by, at, version))

std::vector<AnswerRow> answer_rows(Call& call, FindAnswers const& input, std::int64_t most)
{
    auto const row = wording(call, input.key);
    auto const range = range_of(call, row, input.organisation);
    std::string const state = !input.state  ? ""
        : input.state == ConsentState::open ? "AND a.id IS NULL "
                                            : fmt::format("AND a.act = '{}' ", name_of(*input.state));
    return call.db.rows<AnswerRow>(
        "SELECT m.subject AS student, m.name, m.unit AS class, m.unit_name AS class_name, a.act, a.person AS by, a.at, a.version "
            + asked_pupils() + state + "AND m.subject > $7 ORDER BY m.subject LIMIT $8",
        call.county, row.key, first_counted(call, row.key), range.from, range.to, call.today(), input.after.value_or(PersonId{}),
        most);
}

std::vector<ConsentAnswer> shown(Call& call, std::vector<AnswerRow> const& rows)
{
    std::vector<std::int64_t> people, students;
    for (auto const& row : rows) {
        students.push_back(row.student.value);
        if (row.by)
            people.push_back(row.by->value);
    }
    auto names = directory::names_of(call, people);
    auto const births = directory::birth_days_of(call.db, call.county, students);
    std::vector<ConsentAnswer> answers;
    for (auto const& row : rows) {
        ConsentAnswer answer;
        answer.student = {row.student, row.name};
        answer.class_ = {row.class_, "class", row.class_name};
        answer.is_under_14 = is_under_14(birth_in(births, row.student), call.today());
        answer.state = row.act ? state_of(*row.act) : ConsentState::open;
        if (row.by)
            answer.by = PersonBrief{*row.by, names[row.by->value]};
        answer.at = row.at;
        answer.version = row.version;
        answers.push_back(std::move(answer));
    }
    return answers;
}

Page<ConsentAnswer> answers(Call& call, FindAnswers const& input)
{
    directory::require_files(call);
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = answer_rows(call, input, limit + 1);
    Page<ConsentAnswer> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().student.value);
    }
    page.items = shown(call, rows);
    return page;
}

Words state_words(ConsentState state)
{
    switch (state) {
    case ConsentState::open: return {"未答复", "open"};
    case ConsentState::given: return {"同意", "given"};
    case ConsentState::refused: return {"不同意", "refused"};
    case ConsentState::withdrawn: break;
    }
    return {"已撤回", "withdrawn"};
}

Download answers_sheet(Call& call, FindAnswers const& input)
{
    constexpr std::int64_t most = 200'000;
    directory::require_files(call);
    bool const zh = call.language == Language::zh;
    auto const row = wording(call, input.key);
    call.audit_subject = fmt::format("consent:{}", row.id);
    lib::WorkbookWriter book;
    auto const headings = zh ? std::vector<std::string>{"班级", "学生", "未满14周岁", "状态", "答复人", "时间", "版本"}
                             : std::vector<std::string>{"Class", "Pupil", "Under 14", "State", "By", "At", "Version"};
    book.add_sheet(row.title, headings);
    for (auto const& one : shown(call, answer_rows(call, input, most)))
        book.add_row({one.class_.name, one.student.name, one.is_under_14 ? call.say({"是", "yes"}) : call.say({"否", "no"}),
            call.say(state_words(one.state)), one.by ? one.by->name : "", one.at ? text_of(*one.at) : "",
            one.version ? lib::Value(*one.version) : lib::Value()});
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", row.title + ".xlsx"};
}

} // namespace

Routes consent_answer_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/privacy/consents/{key}/answers", read_people, "consent_answer_list",
            "Who agreed, who did not, who is asked still", answers),
        route(Verb::get, "/api/privacy/consents/{key}/answers.xlsx", read_people, "consent_answer_sheet", "The same as a sheet",
            answers_sheet)
            .as_personal_file(),
    };
}

} // namespace concentric::privacy
