#pragma once

#include "modules/forms/filling.hpp"

#include <functional>
#include <map>

// What many answers come to: counts and shares, means, and which questions were not worth asking.
namespace concentric::forms {

// Of a question: nothing to say; hardly anybody of those who saw it answered; nearly everybody said the same.
enum class QuestionFinding { none, unanswered, unvaried };
BOOST_DESCRIBE_ENUM(QuestionFinding, none, unanswered, unvaried)

struct ChoiceCount {
    std::string key, text;
    std::int64_t count = 0;
    double share = 0; // of those who answered the question
};
BOOST_DESCRIBE_STRUCT(ChoiceCount, (), (key, text, count, share))

struct QuestionResult {
    std::string key;
    FormQuestionKind kind = FormQuestionKind::single;
    std::string text;
    std::int64_t shown = 0, answered = 0; // to how many it was shown, and how many answered
    std::vector<ChoiceCount> choices; // of choices and scales, in the order of the form; of dates by day
    std::optional<double> mean, least, greatest; // of scales and numbers
    std::vector<std::string> texts; // the first 500; `answered` tells of how many
    QuestionFinding finding = QuestionFinding::none;
    bool is_former = false; // asked by an earlier version only
};
BOOST_DESCRIBE_STRUCT(
    QuestionResult, (), (key, kind, text, shown, answered, choices, mean, least, greatest, texts, finding, is_former))

// Who answered which version what.
struct Filled {
    std::int64_t version = 0;
    std::int64_t unit = 0;
    FormAnswers answers;
};

using Contents = std::map<std::int64_t, FormContent>; // by version

// Questions of the newest version first, then those that only earlier ones asked; a question is known by its key.
std::vector<QuestionResult> count_answers(Contents const&, std::vector<Filled> const&);

struct CrossRow {
    std::string key, text;
    std::int64_t total = 0; // answers in this row
    bool is_hidden = false; // too few to be shown, or so that others cannot be worked out
    std::vector<std::int64_t> counts; // by column; empty where hidden
};
BOOST_DESCRIBE_STRUCT(CrossRow, (), (key, text, total, is_hidden, counts))

// The values of a question that a table can be made of: choices, or steps of a scale; empty for other questions.
std::vector<FormChoice> values_of(FormQuestion const&);
// The values that an answer holds, as keys of values_of.
std::vector<std::string> values_in(FormAnswer const&);
// The newest form of a question, or nullptr.
FormQuestion const* question_called(Contents const&, std::string_view key);

// One count of each answer in each of its rows and columns. `rows_of` gives the rows of an answer.
std::vector<CrossRow> cross(std::vector<FormChoice> const& rows,
    std::function<std::vector<std::string>(Filled const&)> const& rows_of, FormQuestion const& column, std::vector<Filled> const&);
// Blanks rows so that no number of one to `fewest` − 1 can be read or worked out from a row or a column's sum.
void hide_small(std::vector<CrossRow>&, std::int64_t fewest);

} // namespace concentric::forms
