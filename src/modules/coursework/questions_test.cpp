#include "modules/coursework/questions.hpp"

#include "modules/coursework/question_cells.hpp"

#include <gmock/gmock.h>

namespace concentric::coursework {
namespace {

using testing::ElementsAre;

QuestionContent with_choices(QuestionKind kind, std::vector<bool> right)
{
    QuestionContent question;
    question.kind = kind;
    question.prompt = "第一句话说什么？";
    for (bool const is_right : right)
        question.choices.push_back({"选项", is_right});
    return question;
}

QuestionContent with_text(QuestionKind kind, std::vector<Text<1, 200>> accepted, std::optional<double> tolerance = {})
{
    QuestionContent question;
    question.kind = kind;
    question.prompt = "哪一年？";
    question.accepted = std::move(accepted);
    question.tolerance = tolerance;
    return question;
}

std::vector<std::string> codes(QuestionContent const& question)
{
    Problems problems;
    check(question, problems);
    std::vector<std::string> found;
    for (auto const& problem : problems)
        found.push_back(problem.path + " " + problem.code);
    return found;
}

TEST(Questions, an_answer_to_choices_is_right_when_it_is_all_of_the_right_ones_and_no_other)
{
    auto const question = with_choices(QuestionKind::multiple, {true, false, true});

    EXPECT_TRUE(is_right(question, {{0, 2}, ""}));
    EXPECT_FALSE(is_right(question, {{0}, ""}));
    EXPECT_FALSE(is_right(question, {{0, 1, 2}, ""}));
    EXPECT_FALSE(is_right(question, {{}, ""}));
}

TEST(Questions, a_text_is_right_whatever_its_case_width_and_blanks)
{
    auto const question = with_text(QuestionKind::text, {"双减 Policy", "“双减”政策"});

    EXPECT_TRUE(is_right(question, {{}, " 双减ｐｏｌｉｃｙ"}));
    EXPECT_TRUE(is_right(question, {{}, "“双减”政策"}));
    EXPECT_FALSE(is_right(question, {{}, "双减"}));
    EXPECT_FALSE(is_right(question, {{}, "  "}));
}

TEST(Questions, a_number_may_be_off_by_the_tolerance)
{
    auto const exact = with_text(QuestionKind::number, {"45"}), rough = with_text(QuestionKind::number, {"3.14"}, 0.01);

    EXPECT_TRUE(is_right(exact, {{}, "４５"}));
    EXPECT_TRUE(is_right(exact, {{}, "45.0"}));
    EXPECT_FALSE(is_right(exact, {{}, "45.1"}));
    EXPECT_FALSE(is_right(exact, {{}, "四十五"}));
    EXPECT_TRUE(is_right(rough, {{}, "3.15"}));
    EXPECT_FALSE(is_right(rough, {{}, "3.16"}));
}

TEST(Questions, what_cannot_be_asked_is_named_whole)
{
    EXPECT_THAT(codes(with_choices(QuestionKind::single, {true, false})), ElementsAre());
    EXPECT_THAT(codes(with_choices(QuestionKind::single, {true, true})), ElementsAre("/choices inconsistent"));
    EXPECT_THAT(codes(with_choices(QuestionKind::multiple, {false})), ElementsAre("/choices length", "/choices incomplete"));
    EXPECT_THAT(codes(with_choices(QuestionKind::truth, {true, false, false})), ElementsAre("/choices length"));
    EXPECT_THAT(codes(with_text(QuestionKind::text, {})), ElementsAre("/accepted length"));
    EXPECT_THAT(codes(with_text(QuestionKind::text, {"甲"}, 1)), ElementsAre("/tolerance range"));
    EXPECT_THAT(codes(with_text(QuestionKind::number, {"许多"})), ElementsAre("/accepted/0 format"));
    EXPECT_THAT(codes(with_text(QuestionKind::number, {"1"}, -1)), ElementsAre("/tolerance range"));
}

TEST(Questions, a_spreadsheet_names_kinds_and_answers_as_people_write_them)
{
    EXPECT_EQ(question_kind_meant("单选题"), QuestionKind::single);
    EXPECT_EQ(question_kind_meant("多项选择"), QuestionKind::multiple);
    EXPECT_EQ(question_kind_meant("判断"), QuestionKind::truth);
    EXPECT_EQ(question_kind_meant("填空题"), QuestionKind::text);
    EXPECT_EQ(question_kind_meant("论述"), std::nullopt);

    using Places = std::optional<std::vector<std::size_t>>;
    EXPECT_EQ(choices_meant(QuestionKind::multiple, "A、Ｃ"), (Places{{0, 2}}));
    EXPECT_EQ(choices_meant(QuestionKind::multiple, "acd"), (Places{{0, 2, 3}}));
    EXPECT_EQ(choices_meant(QuestionKind::truth, "√"), (Places{{0}}));
    EXPECT_EQ(choices_meant(QuestionKind::truth, "错误"), (Places{{1}}));
    EXPECT_EQ(choices_meant(QuestionKind::truth, "也许"), std::nullopt);
    EXPECT_EQ(choices_meant(QuestionKind::single, "第一项"), std::nullopt);
    EXPECT_EQ(choices_meant(QuestionKind::single, ""), std::nullopt);
}

} // namespace
} // namespace concentric::coursework
