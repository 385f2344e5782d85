#include "modules/coursework/questions.hpp"

#include "lib/pinyin.hpp"
#include "lib/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace concentric::coursework {
namespace {

constexpr std::size_t most_choices = 12, most_accepted = 20;

bool has_choices(QuestionKind kind) { return kind != QuestionKind::number && kind != QuestionKind::text; }

void check_choices(QuestionContent const& question, Problems& problems)
{
    auto const right = std::ranges::count_if(question.choices, &Choice::is_right);
    bool const is_truth = question.kind == QuestionKind::truth;
    if (question.choices.size() < 2 || question.choices.size() > (is_truth ? 2 : most_choices))
        problems.push_back({"/choices", "length",
            is_truth ? Words{"判断题只有“对”和“错”两个选项。", "True or false has two choices."}
                     : Words{"请写 2 到 12 个选项。", "Give 2 to 12 choices."}});
    if (right == 0)
        problems.push_back({"/choices", "incomplete", {"请标出正确选项。", "Mark what is right."}});
    else if (right > 1 && question.kind != QuestionKind::multiple)
        problems.push_back({"/choices", "inconsistent", {"这类题只有一个正确选项。", "Only one choice can be right."}});
    if (!question.accepted.empty())
        problems.push_back({"/accepted", "inconsistent", {"选择题不写文字答案。", "A question with choices takes no text."}});
}

void check_accepted(QuestionContent const& question, Problems& problems)
{
    bool const is_number = question.kind == QuestionKind::number;
    if (question.accepted.empty() || question.accepted.size() > (is_number ? 1 : most_accepted))
        problems.push_back({"/accepted", "length",
            is_number ? Words{"数字题要有一个正确答案。", "Give the one number that is right."}
                      : Words{"请写 1 到 20 个可接受的答案。", "Give 1 to 20 accepted answers."}});
    else if (is_number && !number_in(question.accepted.front()))
        problems.push_back({"/accepted/0", "format", {"这不是数字。", "This is no number."}});
    if (!question.choices.empty())
        problems.push_back({"/choices", "inconsistent", {"这类题没有选项。", "This kind of question has no choices."}});
    if (question.tolerance && (!is_number || !(*question.tolerance >= 0)))
        problems.push_back(
            {"/tolerance", "range", {"误差只用于数字题，且不能为负。", "Only numbers have a tolerance, 0 or more."}});
}

} // namespace

void check(QuestionContent const& question, Problems& problems)
{
    if (has_choices(question.kind))
        check_choices(question, problems);
    else
        check_accepted(question, problems);
}

std::optional<double> number_in(std::string_view text)
{
    auto const folded = lib::fold_width(lib::trim(text));
    double number = 0;
    auto const* const end = folded.data() + folded.size();
    auto const [at, fault] = std::from_chars(folded.data(), end, number);
    return fault == std::errc() && at == end && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

bool is_answered(QuestionContent const& question, Answer const& answer)
{
    return has_choices(question.kind) ? !answer.chosen.empty() : !lib::trim(answer.text).empty();
}

bool is_right(QuestionContent const& question, Answer const& answer)
{
    if (!is_answered(question, answer))
        return false;
    if (question.kind == QuestionKind::number) {
        auto const given = number_in(answer.text), wanted = number_in(question.accepted.front());
        return given && wanted && std::abs(*given - *wanted) <= question.tolerance.value_or(0) + 1e-9;
    }
    if (question.kind == QuestionKind::text)
        return std::ranges::any_of(question.accepted,
            [given = lib::search_fold(answer.text)](std::string const& accepted) { return lib::search_fold(accepted) == given; });
    for (std::size_t i = 0; i < question.choices.size(); ++i)
        if (question.choices[i].is_right != (std::ranges::count(answer.chosen, static_cast<std::int64_t>(i)) > 0))
            return false;
    return true;
}

} // namespace concentric::coursework
