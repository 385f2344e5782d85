#include "modules/forms/counting.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// What a form may ask, what an answer brings up, and what many answers come to: rules without a database.
namespace concentric::forms {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

FormQuestion choice(std::string key, std::vector<std::string> choices, std::optional<ShownWhen> when = {})
{
    FormQuestion question;
    question.key = key;
    question.text = "题目 " + key;
    question.is_required = true;
    for (auto const& one : choices)
        question.choices.push_back({one, "选项 " + one});
    question.shown_when = std::move(when);
    return question;
}

FormQuestion of_kind(std::string key, FormQuestionKind kind)
{
    auto question = choice(std::move(key), {});
    question.kind = kind;
    return question;
}

FormQuestion stars(std::string key)
{
    auto question = of_kind(std::move(key), FormQuestionKind::scale);
    question.least = Bound{1};
    question.greatest = Bound{5};
    return question;
}

ShownWhen when(std::string question, std::vector<Key> values) { return {question, std::move(values)}; }

FormContent one_section(std::vector<FormQuestion> questions) { return {{{"s1", "", {}, std::move(questions)}}}; }

FormAnswer chose(std::string question, std::vector<Key> choices) { return {question, std::move(choices), {}, {}, {}}; }
FormAnswer gave(std::string question, double number) { return {question, {}, number, {}, {}}; }

std::vector<std::pair<std::string, std::string>> faults(FormContent const& content, FormPurpose purpose = FormPurpose::survey)
{
    Problems problems;
    find_faults(content, purpose, problems);
    std::vector<std::pair<std::string, std::string>> found;
    for (auto const& problem : problems)
        found.emplace_back(problem.path, problem.code);
    return found;
}

std::vector<std::string> shown(FormContent const& content, std::vector<FormAnswer> answers)
{
    std::vector<std::string> keys;
    for (auto const* question : shown_questions(content, {std::move(answers)}))
        keys.push_back(question->key);
    return keys;
}

std::vector<std::pair<std::string, std::string>> refused(FormContent const& content, std::vector<FormAnswer> answers)
{
    Problems problems;
    taken(content, {std::move(answers)}, problems);
    std::vector<std::pair<std::string, std::string>> found;
    for (auto const& problem : problems)
        found.emplace_back(problem.path, problem.code);
    return found;
}

// ---- What may be published. ----

TEST(Faults, a_sound_form_has_none)
{
    auto const content = one_section({choice("q1", {"a", "b"}), choice("q2", {"a", "b"}, when("q1", {"a"})), stars("q3")});

    EXPECT_THAT(faults(content), IsEmpty());
}

TEST(Faults, every_fault_is_named_with_its_place)
{
    auto bare = choice("q1", {"a"});
    bare.text = "  ";
    auto twice = choice("q2", {"a", "a"});
    twice.choices[1].text = twice.choices[0].text;
    auto no_steps = of_kind("q2", FormQuestionKind::scale);

    EXPECT_THAT(faults(one_section({bare, twice, no_steps})),
        ElementsAre(Pair("/content/sections/0/questions/0/text", "required"),
            Pair("/content/sections/0/questions/0/choices", "too_few"),
            Pair("/content/sections/0/questions/1/choices/1/text", "duplicate"),
            Pair("/content/sections/0/questions/1/choices/1/key", "duplicate"),
            Pair("/content/sections/0/questions/2/key", "duplicate"), Pair("/content/sections/0/questions/2/greatest", "scale")));
}

TEST(Faults, a_form_without_questions_or_with_statements_alone_asks_nothing)
{
    EXPECT_THAT(faults({}), ElementsAre(Pair("/content/sections", "empty")));
    auto statement = of_kind("q1", FormQuestionKind::statement);
    statement.is_required = false;
    EXPECT_THAT(faults(one_section({statement})), ElementsAre(Pair("/content/sections", "nothing_to_answer")));
    EXPECT_THAT(faults(one_section({statement}), FormPurpose::commitment), IsEmpty());
}

TEST(Faults, a_commitment_asks_no_questions)
{
    EXPECT_THAT(faults(one_section({choice("q1", {"a", "b"})}), FormPurpose::commitment),
        ElementsAre(Pair("/content/sections/0/questions/0/kind", "commitment")));
}

TEST(Branching, refuses_a_condition_on_a_later_question)
{
    auto const content = one_section({choice("q1", {"a", "b"}, when("q2", {"a"})), choice("q2", {"a", "b"})});

    EXPECT_THAT(faults(content), ElementsAre(Pair("/content/sections/0/questions/0/shown_when/question", "later")));
}

TEST(Branching, refuses_a_circle_however_long_it_is)
{
    auto const itself = one_section({choice("q1", {"a", "b"}, when("q1", {"a"}))});
    auto const three = one_section({choice("q1", {"a", "b"}, when("q3", {"a"})), choice("q2", {"a", "b"}, when("q1", {"a"})),
        choice("q3", {"a", "b"}, when("q2", {"a"}))});

    EXPECT_THAT(faults(itself), ElementsAre(Pair("/content/sections/0/questions/0/shown_when/question", "cycle")));
    EXPECT_THAT(faults(three),
        ElementsAre(Pair("/content/sections/0/questions/0/shown_when/question", "cycle"),
            Pair("/content/sections/0/questions/1/shown_when/question", "cycle"),
            Pair("/content/sections/0/questions/2/shown_when/question", "cycle")));
}

TEST(Branching, a_section_may_not_hang_on_a_question_of_its_own)
{
    FormContent content{{{"s1", "", when("q1", {"a"}), {choice("q1", {"a", "b"})}}}};

    EXPECT_THAT(faults(content), ElementsAre(Pair("/content/sections/0/shown_when/question", "cycle")));
}

TEST(Branching, only_choices_and_scales_decide_and_only_by_values_that_they_have)
{
    auto const content = one_section({of_kind("q1", FormQuestionKind::short_text), choice("q2", {"a", "b"}), stars("q3"),
        choice("q4", {"a", "b"}, when("q1", {"a"})), choice("q5", {"a", "b"}, when("q2", {"z"})),
        choice("q6", {"a", "b"}, when("q3", {"5", "6"})), choice("q7", {"a", "b"}, when("q2", {})),
        choice("q8", {"a", "b"}, when("gone", {"a"}))});

    EXPECT_THAT(faults(content),
        ElementsAre(Pair("/content/sections/0/questions/3/shown_when/question", "kind"),
            Pair("/content/sections/0/questions/4/shown_when/is_any_of/0", "unknown"),
            Pair("/content/sections/0/questions/5/shown_when/is_any_of/1", "unknown"),
            Pair("/content/sections/0/questions/6/shown_when/is_any_of", "empty"),
            Pair("/content/sections/0/questions/7/shown_when/question", "unknown")));
}

// ---- What an answer brings up. ----

FormContent const& branching()
{
    static FormContent const content{
        {{"s1", "", {}, {choice("q1", {"yes", "no"}), choice("q2", {"a", "b"}, when("q1", {"yes"})), stars("q3")}},
            {"s2", "", when("q2", {"a"}), {choice("q4", {"a", "b"})}},
            {"s3", "", when("q3", {"1", "2"}), {of_kind("q5", FormQuestionKind::long_text)}}}};
    return content;
}

TEST(Filling, a_question_or_section_shows_when_an_earlier_answer_calls_for_it)
{
    EXPECT_THAT(shown(branching(), {}), ElementsAre("q1", "q3"));
    EXPECT_THAT(shown(branching(), {chose("q1", {"yes"}), chose("q2", {"a"})}), ElementsAre("q1", "q2", "q3", "q4"));
    EXPECT_THAT(shown(branching(), {chose("q1", {"no"}), gave("q3", 2)}), ElementsAre("q1", "q3", "q5"));
}

TEST(Filling, the_answer_to_a_hidden_question_brings_nothing_up_and_is_not_kept)
{
    std::vector<FormAnswer> const answers{chose("q1", {"no"}), chose("q2", {"a"}), gave("q3", 5)};
    Problems problems;

    auto const kept = taken(branching(), {answers}, problems);

    EXPECT_THAT(shown(branching(), answers), ElementsAre("q1", "q3"));
    EXPECT_THAT(problems, IsEmpty());
    ASSERT_EQ(kept.items.size(), 2U);
    EXPECT_EQ(kept.items[1].question, "q3");
}

TEST(Filling, what_is_shown_and_required_must_be_answered_in_its_own_way)
{
    EXPECT_THAT(refused(branching(), {chose("q1", {"yes"}), gave("q2", 1)}),
        ElementsAre(Pair("/answers/q2", "kind"), Pair("/answers/q3", "required")));
    EXPECT_THAT(refused(branching(), {chose("q1", {"yes", "no"}), chose("q2", {"z"}), gave("q3", 2.5)}),
        ElementsAre(Pair("/answers/q1", "too_many"), Pair("/answers/q2", "unknown"), Pair("/answers/q3", "range")));
}

TEST(Filling, no_more_choices_than_the_form_allows)
{
    auto question = choice("q1", {"a", "b", "c"});
    question.kind = FormQuestionKind::multiple;
    question.most = Within<1, 30>{2};

    EXPECT_THAT(refused(one_section({question}), {chose("q1", {"a", "c"})}), IsEmpty());
    EXPECT_THAT(refused(one_section({question}), {chose("q1", {"a", "b", "c"})}), ElementsAre(Pair("/answers/q1", "too_many")));
}

// ---- What it comes to. ----

Filled said(std::vector<FormAnswer> answers, std::int64_t version = 1, std::int64_t unit = 1)
{
    return {version, unit, {std::move(answers)}};
}

TEST(Counting, shares_are_of_those_who_answered_and_hidden_questions_were_not_shown)
{
    Contents const contents{{1, branching()}};

    auto const results = count_answers(contents,
        {said({chose("q1", {"yes"}), chose("q2", {"a"}), gave("q3", 5)}),
            said({chose("q1", {"yes"}), chose("q2", {"b"}), gave("q3", 4)}), said({chose("q1", {"no"}), gave("q3", 3)}),
            said({chose("q1", {"no"})})});

    EXPECT_EQ(results[0].choices[0].count, 2);
    EXPECT_DOUBLE_EQ(results[0].choices[0].share, 0.5);
    EXPECT_EQ(results[1].shown, 2); // only those who said yes
    EXPECT_EQ(results[1].answered, 2);
    EXPECT_EQ(results[2].shown, 4);
    EXPECT_EQ(results[2].answered, 3);
    EXPECT_DOUBLE_EQ(results[2].mean.value(), 4.0); // (5 + 4 + 3) / 3
    EXPECT_DOUBLE_EQ(results[2].least.value(), 3.0);
}

TEST(Counting, an_earlier_version_counts_along_and_what_only_it_asked_comes_last)
{
    Contents const contents{
        {1, one_section({choice("q1", {"a", "b"}), choice("old", {"a", "b"})})}, {2, one_section({choice("q1", {"a", "b", "c"})})}};

    auto const results = count_answers(contents,
        {said({chose("q1", {"b"}), chose("old", {"a"})}, 1), said({chose("q1", {"b"})}, 2), said({chose("q1", {"c"})}, 2)});

    ASSERT_EQ(results.size(), 2U);
    EXPECT_EQ(results[0].choices[1].count, 2);
    EXPECT_FALSE(results[0].is_former);
    EXPECT_EQ(results[1].key, "old");
    EXPECT_TRUE(results[1].is_former);
    EXPECT_EQ(results[1].shown, 1);
}

TEST(Counting, tells_of_questions_that_were_not_worth_asking)
{
    auto optional = choice("q2", {"a", "b"});
    optional.is_required = false;
    Contents const contents{{1, one_section({choice("q1", {"a", "b"}), optional, choice("q3", {"a", "b"})})}};
    std::vector<Filled> filled;
    for (int i = 0; i < 40; ++i) {
        std::vector<FormAnswer> answers{chose("q1", {i < 39 ? "a" : "b"}), chose("q3", {i < 37 ? "a" : "b"})}; // 97.5 % and 92.5 %
        if (i == 0)
            answers.push_back(chose("q2", {"a"})); // 2.5 % of those who saw it
        filled.push_back(said(std::move(answers)));
    }

    auto const results = count_answers(contents, filled);

    EXPECT_EQ(results[0].finding, QuestionFinding::unvaried);
    EXPECT_EQ(results[1].finding, QuestionFinding::unanswered);
    EXPECT_EQ(results[2].finding, QuestionFinding::none);
}

std::vector<CrossRow> by_unit(std::vector<Filled> const& filled)
{
    return cross(
        {{"1", "甲校"}, {"2", "乙校"}, {"3", "丙校"}}, [](Filled const& one) { return std::vector{std::to_string(one.unit)}; },
        choice("q1", {"a", "b"}), filled);
}

std::vector<Filled> answers_of(std::int64_t unit, int a, int b)
{
    std::vector<Filled> filled;
    for (int i = 0; i < a + b; ++i)
        filled.push_back(said({chose("q1", {i < a ? "a" : "b"})}, 1, unit));
    return filled;
}

std::vector<Filled> all_of(std::vector<std::vector<Filled>> parts)
{
    std::vector<Filled> all;
    for (auto& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

TEST(CrossTables, count_each_answer_in_its_row_and_column)
{
    auto const table = by_unit(all_of({answers_of(1, 6, 7), answers_of(2, 8, 5)}));

    EXPECT_EQ(table[0].total, 13);
    EXPECT_THAT(table[0].counts, ElementsAre(6, 7));
    EXPECT_THAT(table[1].counts, ElementsAre(8, 5));
    EXPECT_EQ(table[2].total, 0);
}

TEST(CrossTables, a_small_row_is_hidden_and_another_with_it_so_that_it_cannot_be_worked_out)
{
    auto table = by_unit(all_of({answers_of(1, 6, 7), answers_of(2, 2, 1), answers_of(3, 20, 20)}));

    hide_small(table, 5);

    EXPECT_TRUE(table[1].is_hidden); // three people
    EXPECT_TRUE(table[0].is_hidden); // or the three would be the sum less the others
    EXPECT_FALSE(table[2].is_hidden);
    EXPECT_THAT(table[1].counts, IsEmpty());
    EXPECT_EQ(table[1].total, 0);
}

TEST(CrossTables, a_row_in_which_a_few_chose_otherwise_is_hidden_too)
{
    auto table = by_unit(all_of({answers_of(1, 19, 1), answers_of(2, 10, 10), answers_of(3, 15, 15)}));

    hide_small(table, 5);

    EXPECT_TRUE(table[0].is_hidden); // the one who chose b
    EXPECT_FALSE(table[2].is_hidden);
}

} // namespace
} // namespace concentric::forms
