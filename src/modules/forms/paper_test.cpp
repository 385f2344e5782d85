#include "modules/forms/forms_for_test.hpp"
#include "modules/forms/paper.hpp"
#include "modules/forms/results.hpp"
#include "modules/paper/paper.hpp"

// What families without a smartphone answer on paper.
namespace concentric::forms {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct FormsOnPaper : Forms {
    TypeAnswer typed(FormView const& form, std::string const& choice)
    {
        return {form.id, mei, {}, form.version, filled(form, choice).answers};
    }
    std::vector<std::string> missing(FormView const& form)
    {
        auto teaching = by(teacher);
        std::vector<std::string> names;
        for (auto const& one : list_missing(teaching, {form.id, {}, {}, {}}).items)
            names.push_back(one.name);
        return names;
    }
};

TEST_F(FormsOnPaper, a_teacher_types_an_answer_in_and_it_counts_with_her_name_beside_it)
{
    auto const form = published(FormPurpose::survey, content());
    auto teaching = by(teacher);

    type_answer(teaching, typed(form, "b"));

    EXPECT_THAT(missing(form), IsEmpty());
    auto const results = show_results(teaching, {form.id, {}});
    EXPECT_EQ(results.answered, 1);
    EXPECT_EQ(results.questions[0].choices[1].count, 1);
    auto const listed = list_typed(teaching, {form.id, {}, {}}).items;
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].student, mei);
    EXPECT_EQ(listed[0].name, "李梅");
    EXPECT_EQ(db.value<std::int64_t>("SELECT entered_by AS value FROM form_answers"), teacher.person.value);
    EXPECT_EQ(db.value<std::int64_t>("SELECT answered_by AS value FROM form_answers"), 0);
}

TEST_F(FormsOnPaper, what_was_typed_in_may_be_corrected_and_taken_back)
{
    auto const form = published(FormPurpose::survey, content());
    auto teaching = by(teacher);
    type_answer(teaching, typed(form, "b"));
    type_answer(teaching, typed(form, "a"));
    EXPECT_EQ(show_results(teaching, {form.id, {}}).questions[0].choices[0].count, 1);

    take_typed_back(teaching, {form.id, mei, {}});

    EXPECT_THAT(missing(form), ElementsAre("李梅"));
    EXPECT_EQ(refusal([&] { take_typed_back(teaching, {form.id, mei, {}}); }).kind, ErrorKind::conflict);
}

TEST_F(FormsOnPaper, what_a_family_answered_itself_stands)
{
    auto const form = published(FormPurpose::survey, content());
    auto answering = by(mother), teaching = by(teacher);
    answer_form(answering, filled(form, "a"));

    EXPECT_EQ(refusal([&] { type_answer(teaching, typed(form, "b")); }).kind, ErrorKind::conflict);
    EXPECT_EQ(refusal([&] { take_typed_back(teaching, {form.id, mei, {}}); }).kind, ErrorKind::conflict);
    EXPECT_THAT(list_typed(teaching, {form.id, {}, {}}).items, IsEmpty());
}

TEST_F(FormsOnPaper, what_does_not_answer_the_questions_is_not_taken)
{
    auto const form = published(FormPurpose::survey, content());
    auto teaching = by(teacher);

    auto const error = refusal([&] { type_answer(teaching, typed(form, "z")); });

    EXPECT_EQ(error.kind, ErrorKind::invalid);
    EXPECT_EQ(error.problems.at(0).path, "/answers/q1");
}

TEST_F(FormsOnPaper, nobody_types_in_for_a_class_that_is_not_theirs)
{
    auto const form = published(FormPurpose::survey, content());
    teacher.organisation = second;
    teacher.path = *directory::path_of(call, second);
    auto beside = by(teacher);

    EXPECT_EQ(refusal([&] { type_answer(beside, typed(form, "a")); }).kind, ErrorKind::not_found);
}

TEST_F(FormsOnPaper, each_home_of_a_child_is_asked_for_itself)
{
    auto const form = [&] {
        auto const made = draft(FormPurpose::survey, content());
        auto maker = by(head);
        ChangeForm change;
        change.id = made.id;
        change.audience = FormAudience::families;
        change_form(maker, change);
        return publish_form(maker, {made.id});
    }();
    db.execute("UPDATE carers SET household = 2 WHERE county = $1 AND carer = $2", county, father);
    auto teaching = by(teacher);
    auto input = typed(form, "a");
    EXPECT_EQ(refusal([&] { type_answer(teaching, input); }).problems.at(0).path, "/household");

    input.household = Household{2};
    type_answer(teaching, input);

    auto const left = list_missing(teaching, {form.id, {}, {}, {}}).items;
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].household, 1);
}

TEST_F(FormsOnPaper, the_sheet_is_printed_and_its_code_leads_back_within_reach_alone)
{
    auto const form = published(FormPurpose::survey, content(true));
    auto teaching = by(teacher);

    auto const sheet = print_sheet(teaching, {form.id});

    EXPECT_EQ(sheet.bytes.substr(0, 5), "%PDF-");
    EXPECT_EQ(sheet.file_name, "家长意见.pdf");
    auto const code = paper::code_for(teaching, paper::SheetKind::form, form.id.value);
    auto const found = paper::find_sheet(teaching, {Text<1, 20>(code)});
    EXPECT_EQ(found.kind, paper::SheetKind::form);
    EXPECT_EQ(found.id.value, form.id.value);
    EXPECT_EQ(found.title, "家长意见");
    auto const other = add(root, "school", "江北小学", {directory::StageName("primary")});
    teacher.organisation = other;
    teacher.path = *directory::path_of(call, other);
    auto beside = by(teacher);
    EXPECT_EQ(refusal([&] { paper::find_sheet(beside, {Text<1, 20>(code)}); }).kind, ErrorKind::not_found);
    EXPECT_EQ(refusal([&] { paper::find_sheet(teaching, {Text<1, 20>("ACDEFGH")}); }).kind, ErrorKind::not_found);
}

TEST_F(FormsOnPaper, an_anonymous_form_is_not_asked_on_paper)
{
    more_mothers(4); // five families are the fewest that may be asked without a name
    auto const form = published(FormPurpose::survey, content(), true);
    auto teaching = by(teacher);

    EXPECT_EQ(refusal([&] { print_sheet(teaching, {form.id}); }).kind, ErrorKind::conflict);
    EXPECT_EQ(refusal([&] { type_answer(teaching, typed(form, "a")); }).kind, ErrorKind::conflict);
}

TEST_F(FormsOnPaper, those_who_are_missing_are_listed_by_class_as_people_count)
{
    auto const tenth = add(grade, "class", "2023级10班", {}, {}, 10);
    pupil("丁一", tenth);
    pupil("乙二", second);
    auto const form = published(FormPurpose::survey, content());
    auto heading = by(head);

    auto const first_page = list_missing(heading, {form.id, {}, {}, Limit{2}});
    auto const rest = list_missing(heading, {form.id, {}, PersonId{std::stoll(*first_page.next)}, Limit{2}});

    ASSERT_EQ(first_page.items.size(), 2U);
    EXPECT_EQ(first_page.items[0].name, "李梅");
    EXPECT_EQ(first_page.items[1].name, "乙二");
    ASSERT_EQ(rest.items.size(), 1U);
    EXPECT_EQ(rest.items[0].name, "丁一");
}

} // namespace
} // namespace concentric::forms
