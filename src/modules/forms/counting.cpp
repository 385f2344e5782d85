#include "modules/forms/counting.hpp"

#include "lib/suppression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace concentric::forms {
namespace {

constexpr std::size_t most_texts = 500;
constexpr std::int64_t enough_to_judge = 10;
constexpr double hardly_anybody = 0.05, nearly_everybody = 0.95;

class Counting {
public:
    Counting(FormQuestion const& question, bool is_former) : question_(question)
    {
        result_.key = question.key;
        result_.kind = question.kind;
        result_.text = question.text;
        result_.is_former = is_former;
        for (auto const& value : values_of(question))
            result_.choices.push_back({value.key, value.text});
    }

    void add(FormAnswer const* answer)
    {
        ++result_.shown;
        if (!answer)
            return;
        ++result_.answered;
        for (auto const& value : values_in(*answer))
            count(value);
        if (answer->number)
            add_number(*answer->number);
        if (answer->text && result_.texts.size() < most_texts)
            result_.texts.push_back(*answer->text);
    }

    QuestionResult finish()
    {
        for (auto& choice : result_.choices)
            choice.share = result_.answered ? static_cast<double>(choice.count) / static_cast<double>(result_.answered) : 0;
        if (result_.answered && result_.least)
            result_.mean = sum_ / static_cast<double>(result_.answered);
        if (question_.kind == FormQuestionKind::date)
            std::ranges::sort(result_.choices, {}, &ChoiceCount::key);
        result_.finding = finding();
        return std::move(result_);
    }

private:
    // What an earlier version offered, or a day that nobody named before, comes behind.
    void count(std::string const& value)
    {
        auto found = std::ranges::find(result_.choices, value, &ChoiceCount::key);
        if (found == result_.choices.end() && question_.kind != FormQuestionKind::number)
            found = result_.choices.insert(result_.choices.end(), ChoiceCount{value, value});
        if (found != result_.choices.end())
            ++found->count;
    }

    void add_number(double number)
    {
        sum_ += number;
        result_.least = std::min(result_.least.value_or(number), number);
        result_.greatest = std::max(result_.greatest.value_or(number), number);
    }

    QuestionFinding finding() const
    {
        if (!is_answered(question_.kind) || result_.shown < enough_to_judge)
            return QuestionFinding::none;
        auto const answered = static_cast<double>(result_.answered);
        if (answered < hardly_anybody * static_cast<double>(result_.shown))
            return QuestionFinding::unanswered;
        bool const is_same = result_.answered >= enough_to_judge && std::ranges::any_of(result_.choices, [&](auto const& choice) {
            return static_cast<double>(choice.count) >= nearly_everybody * answered;
        });
        bool const can_vary = has_choices(question_.kind) || question_.kind == FormQuestionKind::scale;
        return can_vary && question_.kind != FormQuestionKind::multiple && is_same ? QuestionFinding::unvaried
                                                                                   : QuestionFinding::none;
    }

    FormQuestion const& question_;
    QuestionResult result_;
    double sum_ = 0;
};

} // namespace

std::vector<FormChoice> values_of(FormQuestion const& question)
{
    if (has_choices(question.kind))
        return question.choices;
    std::vector<FormChoice> steps;
    if (question.kind == FormQuestionKind::scale && question.least && question.greatest)
        for (auto step = question.least->value; step <= question.greatest->value; ++step)
            steps.push_back({std::to_string(step), std::to_string(step)});
    return steps;
}

std::vector<std::string> values_in(FormAnswer const& answer)
{
    if (answer.day)
        return {text_of(*answer.day)};
    if (answer.number)
        return {std::to_string(std::llround(*answer.number))};
    return {answer.choices.begin(), answer.choices.end()};
}

FormQuestion const* question_called(Contents const& contents, std::string_view key)
{
    for (auto version = contents.rbegin(); version != contents.rend(); ++version)
        for (auto const* question : questions_of(version->second))
            if (question->key == key)
                return question;
    return nullptr;
}

std::vector<QuestionResult> count_answers(Contents const& contents, std::vector<Filled> const& filled)
{
    std::vector<std::pair<std::string, Counting>> counting;
    std::map<std::string, std::size_t, std::less<>> places;
    for (auto version = contents.rbegin(); version != contents.rend(); ++version)
        for (auto const* question : questions_of(version->second))
            if (is_answered(question->kind) && places.emplace(question->key, counting.size()).second)
                counting.emplace_back(question->key, Counting(*question, version != contents.rbegin()));
    for (auto const& one : filled) {
        auto const version = contents.find(one.version);
        if (version == contents.end())
            continue;
        for (auto const* question : shown_questions(version->second, one.answers))
            if (is_answered(question->kind))
                counting[places.find(question->key)->second].second.add(answer_to(one.answers, question->key));
    }
    std::vector<QuestionResult> results;
    for (auto& [key, one] : counting)
        results.push_back(one.finish());
    return results;
}

std::vector<CrossRow> cross(std::vector<FormChoice> const& rows,
    std::function<std::vector<std::string>(Filled const&)> const& rows_of, FormQuestion const& column,
    std::vector<Filled> const& filled)
{
    auto const columns = values_of(column);
    std::vector<CrossRow> table;
    for (auto const& row : rows)
        table.push_back({row.key, row.text, 0, false, std::vector<std::int64_t>(columns.size())});
    for (auto const& one : filled) {
        auto const* const answer = answer_to(one.answers, column.key);
        if (!answer)
            continue;
        auto const values = values_in(*answer);
        for (auto const& key : rows_of(one)) {
            auto const row = std::ranges::find(table, key, &CrossRow::key);
            if (row == table.end())
                continue;
            ++row->total;
            for (std::size_t c = 0; c < columns.size(); ++c)
                row->counts[c] += std::ranges::find(values, columns[c].key) != values.end();
        }
    }
    return table;
}

void hide_small(std::vector<CrossRow>& table, std::int64_t fewest)
{
    if (table.empty())
        return;
    std::vector<bool> hidden(table.size());
    for (std::size_t column = 0; column < table.front().counts.size(); ++column) {
        std::vector<lib::CountedUnit> units;
        for (auto const& row : table)
            units.push_back({row.total, row.counts[column], 0});
        auto const blank = lib::suppressed(units, fewest);
        for (std::size_t r = 0; r < table.size(); ++r)
            hidden[r] = hidden[r] || blank[r];
    }
    for (std::size_t r = 0; r < table.size(); ++r)
        if (hidden[r])
            table[r] = {table[r].key, table[r].text, 0, true, {}};
}

} // namespace concentric::forms
