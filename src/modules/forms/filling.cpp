#include "modules/forms/filling.hpp"

#include "lib/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace concentric::forms {
namespace {

constexpr std::size_t longest_short_text = 200;
constexpr double largest_number = 1e9;

bool is_empty(FormAnswer const& answer)
{
    return answer.choices.empty() && !answer.number && !answer.day && (!answer.text || lib::trim(*answer.text).empty());
}

bool says_one_of(FormAnswer const& answer, ShownWhen const& when)
{
    auto const is_wanted
        = [&](std::string const& value) { return std::ranges::find(when.is_any_of, value) != when.is_any_of.end(); };
    return std::ranges::any_of(answer.choices, is_wanted)
        || (answer.number && is_wanted(std::to_string(std::llround(*answer.number))));
}

// Goes through a form as somebody reads it.
class Reading {
public:
    Reading(FormContent const& content, FormAnswers const& answers) : content_(content)
    {
        for (auto const& answer : answers.items)
            if (!is_empty(answer))
                answers_.emplace(answer.question, &answer);
    }

    std::vector<FormQuestion const*> run()
    {
        std::vector<FormQuestion const*> shown;
        for (auto const& section : content_.sections) {
            if (!holds(section.shown_when))
                continue;
            for (auto const& question : section.questions)
                if (holds(question.shown_when)) {
                    shown.push_back(&question);
                    shown_.insert(question.key);
                }
        }
        return shown;
    }

private:
    bool holds(std::optional<ShownWhen> const& when) const
    {
        if (!when)
            return true;
        auto const found = answers_.find(when->question);
        return found != answers_.end() && shown_.contains(when->question) && says_one_of(*found->second, *when);
    }

    FormContent const& content_;
    std::map<std::string, FormAnswer const*, std::less<>> answers_;
    std::set<std::string, std::less<>> shown_;
};

std::optional<Problem> problem(FormQuestion const& question, std::string code, Words words)
{
    return Problem{fmt::format("/answers/{}", std::string(question.key)), std::move(code), std::move(words)};
}

std::optional<Problem> fault_of_choices(FormQuestion const& question, FormAnswer const& answer)
{
    std::set<std::string_view> chosen(answer.choices.begin(), answer.choices.end());
    bool const all_known = std::ranges::all_of(chosen, [&](auto const key) {
        return std::ranges::any_of(question.choices, [&](auto const& choice) { return choice.key == key; });
    });
    if (!all_known || chosen.size() != answer.choices.size())
        return problem(question, "unknown", {"没有这个选项。", "There is no such choice."});
    if (question.kind == FormQuestionKind::single && chosen.size() > 1)
        return problem(question, "too_many", {"只能选一项。", "Choose one."});
    if (question.most && chosen.size() > static_cast<std::size_t>(question.most->value))
        return problem(question, "too_many",
            {fmt::format("最多选 {} 项。", question.most->value), fmt::format("Choose {} at most.", question.most->value)});
    return {};
}

std::optional<Problem> fault_of_number(FormQuestion const& question, double number)
{
    if (!std::isfinite(number) || std::abs(number) > largest_number
        || (question.least && number < static_cast<double>(question.least->value))
        || (question.greatest && number > static_cast<double>(question.greatest->value)))
        return problem(question, "range", {"数字超出范围。", "The number is out of range."});
    if (question.kind == FormQuestionKind::scale && number != std::floor(number))
        return problem(question, "range", {"请选择量表上的一级。", "Choose a step of the scale."});
    return {};
}

bool is_of_kind(FormQuestionKind kind, FormAnswer const& answer)
{
    switch (kind) {
    case FormQuestionKind::single:
    case FormQuestionKind::multiple: return !answer.choices.empty();
    case FormQuestionKind::scale:
    case FormQuestionKind::number: return answer.number.has_value();
    case FormQuestionKind::short_text:
    case FormQuestionKind::long_text: return answer.text.has_value();
    case FormQuestionKind::date: return answer.day.has_value();
    case FormQuestionKind::statement: break;
    }
    return false;
}

std::optional<Problem> fault_of(FormQuestion const& question, FormAnswer const& answer)
{
    if (!is_of_kind(question.kind, answer))
        return problem(question, "kind", {"回答的形式和题目不符。", "The answer is of another kind than the question."});
    if (has_choices(question.kind))
        return fault_of_choices(question, answer);
    if (answer.number)
        return fault_of_number(question, *answer.number);
    if (question.kind == FormQuestionKind::short_text && lib::count_characters(*answer.text) > longest_short_text)
        return problem(question, "too_long", {"最多 200 个字。", "200 characters at most."});
    return {};
}

// Only what the question asks for, so that nothing else is kept.
FormAnswer only_asked(FormQuestion const& question, FormAnswer const& answer)
{
    FormAnswer kept;
    kept.question = question.key;
    if (has_choices(question.kind))
        kept.choices = answer.choices;
    else if (question.kind == FormQuestionKind::scale || question.kind == FormQuestionKind::number)
        kept.number = answer.number;
    else if (question.kind == FormQuestionKind::date)
        kept.day = answer.day;
    else
        kept.text = answer.text;
    return kept;
}

} // namespace

FormAnswer const* answer_to(FormAnswers const& answers, std::string_view question)
{
    for (auto const& answer : answers.items)
        if (answer.question == question && !is_empty(answer))
            return &answer;
    return nullptr;
}

std::vector<FormQuestion const*> shown_questions(FormContent const& content, FormAnswers const& answers)
{
    return Reading(content, answers).run();
}

FormAnswers taken(FormContent const& content, FormAnswers const& answers, Problems& problems)
{
    FormAnswers kept;
    for (auto const* question : shown_questions(content, answers)) {
        auto const* const answer = answer_to(answers, question->key);
        if (!answer) {
            if (question->is_required && is_answered(question->kind))
                problems.push_back(*problem(*question, "required", {"请回答这道题。", "Please answer this question."}));
            continue;
        }
        if (auto fault = fault_of(*question, *answer))
            problems.push_back(std::move(*fault));
        else
            kept.items.push_back(only_asked(*question, *answer));
    }
    return kept;
}

} // namespace concentric::forms
