#include "modules/coursework/collected.hpp"

#include "lib/workbook.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/learning/lesson_entries.hpp"

#include <fmt/format.h>

namespace concentric::coursework {
namespace {

struct CollectedRow {
    PersonId person;
    std::optional<std::string> name;
    std::string text;
    Instant handed_in_at, changed_at;
};
BOOST_DESCRIBE_STRUCT(CollectedRow, (), (person, name, text, handed_in_at, changed_at))

std::vector<CollectedQuestion> collected(
    Call& call, learning::CourseId course, std::string const& like, std::int64_t after, std::int64_t limit)
{
    static std::string const sql = "SELECT q.person, " + directory::person_name_in("q.county", "q.person")
        + " AS name, q.text, q.handed_in_at, q.changed_at FROM collected_questions q WHERE q.county = $1 AND q.course = $2 AND "
          "q.text LIKE $3 ESCAPE '\\' AND q.person > $4 ORDER BY q.person LIMIT $5";
    std::vector<CollectedQuestion> questions;
    std::vector<std::int64_t> people;
    for (auto& row : call.db.rows<CollectedRow>(sql, call.county, course, like, after, limit)) {
        people.push_back(row.person.value);
        questions.push_back({row.person, row.name.value_or(""), "", std::move(row.text), row.handed_in_at, row.changed_at});
    }
    auto const workplaces = directory::workplaces_of(call.db, call.county, people, call.today());
    for (auto& question : questions)
        if (auto const found = workplaces.find(question.person); found != workplaces.end())
            question.workplace = found->second.name;
    return questions;
}

} // namespace

OwnQuestion own_question(Call& call, OfCourse const& input)
{
    auto const course = learning::visible_course(call, input.id);
    auto const row
        = call.db.row<CollectedRow>("SELECT person, NULL AS name, text, handed_in_at, changed_at FROM collected_questions "
                                    "WHERE county = $1 AND course = $2 AND person = $3",
            call.county, course.id, call.viewer.person);
    return row ? OwnQuestion{row->text, row->handed_in_at} : OwnQuestion{};
}

OwnQuestion hand_in_question(Call& call, HandInQuestion const& input)
{
    auto const course = learning::visible_course(call, input.id);
    call.db.execute("INSERT INTO collected_questions (county, course, person, text, handed_in_at, changed_at) VALUES ($1, $2, $3, "
                    "$4, $5, $5) ON CONFLICT (county, course, person) DO UPDATE SET text = EXCLUDED.text, changed_at = "
                    "EXCLUDED.changed_at",
        call.county, course.id, call.viewer.person, input.text, call.now);
    auto fact = learning::fact_of_course(call, course, "question.collected", call.viewer.person);
    fact.source = fmt::format("coursework:question:{}", course.id.value);
    fact.data = fmt::format(R"({{"course":"{}"}})", course.id.value);
    ledger::append(call, {&fact, 1});
    call.audit_subject = fmt::format("course:{}", course.id.value);
    return own_question(call, {course.id});
}

Page<CollectedQuestion> list_collected(Call& call, ListCollected const& input)
{
    auto const course = learning::managed_course(call, input.id);
    auto const limit = input.limit.value_or(Limit{50});
    Page<CollectedQuestion> page{collected(
        call, course.id, input.q ? directory::contains_pattern(*input.q) : "%", directory::after_id(input.after), limit + 1)};
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = std::to_string(page.items.back().person.value);
    }
    return page;
}

Download collected_sheet(Call& call, OfCourse const& input)
{
    using lib::longest_sheet;
    auto const course = learning::managed_course(call, input.id);
    bool const zh = call.language == Language::zh;
    lib::WorkbookWriter book;
    std::vector<std::string> const headings = zh ? std::vector<std::string>{"姓名", "单位", "问题", "提交时间"}
                                                 : std::vector<std::string>{"Name", "Organisation", "Question", "Handed in"};
    book.add_sheet(zh ? "问题征集" : "Questions", headings);
    for (auto const& question : collected(call, course.id, "%", 0, longest_sheet))
        book.add_row({question.name, question.workplace, question.text, text_of(question.handed_in_at)});
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        course.title + (zh ? " 问题征集.xlsx" : " questions.xlsx")};
}

Routes collected_routes()
{
    return {
        route(Verb::get, "/api/catalogue/{id}/own-question", Permission::signed_in, "own_question_show",
            "The question that one handed in", own_question),
        route(Verb::put, "/api/catalogue/{id}/own-question", Permission::signed_in, "own_question_hand_in",
            "Hands one's question in, or words it anew", hand_in_question),
        route(Verb::get, "/api/courses/{id}/collected-questions", Permission::manage_courses, "collected_question_list",
            "What learners handed in", list_collected),
        route(Verb::get, "/api/courses/{id}/collected-questions.xlsx", Permission::manage_courses, "collected_question_sheet",
            "The same as a sheet", collected_sheet)
            .as_personal_file(),
    };
}

} // namespace concentric::coursework
