#include "modules/forms/content.hpp"

#include "lib/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::forms {
namespace {

constexpr std::size_t most_sections = 20, most_questions = 100, most_choices = 30;
constexpr std::int64_t widest_scale = 10;

bool is_empty(std::string const& text) { return lib::trim(text).empty(); }

// A question or section with what its being shown hangs on, in reading order.
struct Place {
    std::string path;
    FormQuestion const* question = nullptr; // nullptr: a section
    std::size_t section = 0; // its number
    ShownWhen const* when = nullptr;
};

class Checking {
public:
    Checking(FormContent const& content, FormPurpose purpose, Problems& problems)
        : content_(content), purpose_(purpose), problems_(problems)
    {
        for (std::size_t s = 0; s < content.sections.size(); ++s)
            add_section(s);
        for (auto const& place : places_)
            if (place.question)
                questions_.emplace(place.question->key, &place);
    }

    void run()
    {
        if (questions_.empty())
            add("/content/sections", "empty", {"表单里还没有题目。", "The form asks nothing yet."});
        for (auto const& place : places_) {
            check_key(place);
            if (place.question)
                check_question(place);
            if (place.when)
                check_condition(place);
        }
        if (purpose_ != FormPurpose::commitment && !questions_.empty()
            && std::ranges::none_of(questions_, [](auto const& one) { return is_answered(one.second->question->kind); }))
            add("/content/sections", "nothing_to_answer", {"没有需要回答的题目。", "There is nothing to answer."});
    }

private:
    void add(std::string path, std::string code, Words words)
    {
        problems_.push_back({std::move(path), std::move(code), std::move(words)});
    }

    void add_section(std::size_t number)
    {
        auto const& section = content_.sections[number];
        auto const path = fmt::format("/content/sections/{}", number);
        places_.push_back({path, nullptr, number, section.shown_when ? &*section.shown_when : nullptr});
        if (section.questions.empty())
            add(path + "/questions", "empty", {"这一部分还没有题目。", "This section has no question."});
        for (std::size_t q = 0; q < section.questions.size(); ++q) {
            auto const& question = section.questions[q];
            places_.push_back({fmt::format("{}/questions/{}", path, q), &question, number,
                question.shown_when ? &*question.shown_when : nullptr});
        }
    }

    void check_key(Place const& place)
    {
        auto const& key = place.question ? place.question->key : content_.sections[place.section].key;
        if (!keys_.insert(key).second)
            add(place.path + "/key", "duplicate", {"编号重复。", "The key is there twice."});
    }

    void check_question(Place const& place)
    {
        auto const& question = *place.question;
        if (is_empty(question.text))
            add(place.path + "/text", "required", {"请填写题目。", "Please write the question."});
        if (purpose_ == FormPurpose::commitment && question.kind != FormQuestionKind::statement)
            add(place.path + "/kind", "commitment",
                {"承诺书只有条款，没有题目；需要回答的请另做一份表单。",
                    "A commitment holds statements; ask questions in another form."});
        if (question.kind == FormQuestionKind::statement && question.is_required)
            add(place.path + "/is_required", "statement", {"说明文字不需要回答。", "A statement is not answered."});
        if (has_choices(question.kind))
            check_choices(place);
        if (question.kind == FormQuestionKind::scale)
            check_scale(place);
        if (question.kind == FormQuestionKind::number && question.least && question.greatest
            && *question.least > *question.greatest)
            add(place.path + "/greatest", "order", {"最大值小于最小值。", "The highest number is below the lowest."});
    }

    void check_choices(Place const& place)
    {
        auto const& question = *place.question;
        if (question.choices.size() < 2)
            add(place.path + "/choices", "too_few", {"至少要有两个选项。", "Give at least two choices."});
        std::set<std::string_view> keys, texts;
        for (std::size_t i = 0; i < question.choices.size(); ++i) {
            auto const& choice = question.choices[i];
            auto const path = fmt::format("{}/choices/{}", place.path, i);
            if (is_empty(choice.text))
                add(path + "/text", "required", {"请填写选项。", "Please write the choice."});
            else if (!texts.insert(lib::trim(choice.text)).second)
                add(path + "/text", "duplicate", {"选项重复。", "This choice is there twice."});
            if (!keys.insert(choice.key).second)
                add(path + "/key", "duplicate", {"编号重复。", "The key is there twice."});
        }
        if (question.most && static_cast<std::size_t>(question.most->value) > question.choices.size())
            add(place.path + "/most", "too_many", {"最多可选数超过了选项数。", "There are fewer choices than may be ticked."});
    }

    void check_scale(Place const& place)
    {
        auto const& question = *place.question;
        if (!question.least || !question.greatest || *question.least >= *question.greatest
            || *question.greatest - *question.least > widest_scale)
            add(place.path + "/greatest", "scale",
                {"量表要有最低分和最高分，最多 11 级。", "A scale needs a lowest and a highest number, eleven steps at most."});
    }

    void check_condition(Place const& place)
    {
        auto const path = place.path + "/shown_when";
        auto const found = questions_.find(place.when->question);
        if (found == questions_.end())
            return add(
                path + "/question", "unknown", {"显示条件用到的题目不存在。", "The condition names a question that is not there."});
        auto const& asked = *found->second;
        if (hangs_on(asked, place))
            return add(path + "/question", "cycle",
                {"显示条件绕成了圈：这里要不要显示，最后取决于它自己。",
                    "The condition goes in a circle: whether this is shown hangs on itself."});
        if (!is_before(asked, place))
            return add(
                path + "/question", "later", {"显示条件只能用前面的题目。", "A condition may only name an earlier question."});
        check_values(path, *asked.question, *place.when);
    }

    void check_values(std::string const& path, FormQuestion const& asked, ShownWhen const& when)
    {
        if (!has_choices(asked.kind) && asked.kind != FormQuestionKind::scale)
            return add(path + "/question", "kind",
                {"只有选择题和量表题可以作显示条件。", "Only choices and scales can decide what is shown."});
        if (when.is_any_of.empty())
            return add(path + "/is_any_of", "empty", {"请选择哪些回答会显示这里。", "Say which answers show this."});
        for (std::size_t i = 0; i < when.is_any_of.size(); ++i)
            if (!can_be(asked, when.is_any_of[i]))
                add(fmt::format("{}/is_any_of/{}", path, i), "unknown",
                    {"显示条件里的选项不存在。", "The condition names a choice that is not there."});
    }

    static bool can_be(FormQuestion const& question, std::string const& value)
    {
        if (has_choices(question.kind))
            return std::ranges::find(question.choices, value, &FormChoice::key) != question.choices.end();
        if (!question.least || !question.greatest)
            return true; // a fault of its own
        for (auto step = question.least->value; step <= question.greatest->value; ++step)
            if (std::to_string(step) == value)
                return true;
        return false;
    }

    bool is_before(Place const& one, Place const& other) const
    {
        return other.question ? &one < &other : one.section < other.section;
    }

    // Whether showing `one` depends on `target`, by its own condition, by its section's, or through those of others.
    bool hangs_on(Place const& one, Place const& target) const
    {
        std::set<Place const*> seen;
        std::vector<Place const*> open{&one};
        while (!open.empty()) {
            auto const* const place = open.back();
            open.pop_back();
            if (place == &target)
                return true;
            if (!seen.insert(place).second)
                continue;
            if (place->when)
                if (auto const found = questions_.find(place->when->question); found != questions_.end())
                    open.push_back(found->second);
            if (place->question)
                open.push_back(section_place(place->section));
        }
        return false;
    }

    Place const* section_place(std::size_t number) const
    {
        return &*std::ranges::find_if(places_, [&](auto const& place) { return !place.question && place.section == number; });
    }

    FormContent const& content_;
    FormPurpose const purpose_;
    Problems& problems_;
    std::vector<Place> places_;
    std::map<std::string, Place const*, std::less<>> questions_;
    std::set<std::string> keys_;
};

} // namespace

void check_size(FormContent const& content, Problems& problems)
{
    std::size_t questions = 0;
    bool fits = content.sections.size() <= most_sections;
    for (auto const& section : content.sections) {
        questions += section.questions.size();
        for (auto const& question : section.questions)
            fits = fits && question.choices.size() <= most_choices
                && (!question.shown_when || question.shown_when->is_any_of.size() <= most_choices);
        fits = fits && (!section.shown_when || section.shown_when->is_any_of.size() <= most_choices);
    }
    if (!fits || questions > most_questions)
        problems.push_back({"/content", "too_large",
            {"一份表单最多 20 个部分、100 道题，每题最多 30 个选项。",
                "A form holds at most 20 sections, 100 questions, and 30 choices each."}});
}

void find_faults(FormContent const& content, FormPurpose purpose, Problems& problems)
{
    Checking(content, purpose, problems).run();
}

std::vector<FormQuestion const*> questions_of(FormContent const& content)
{
    std::vector<FormQuestion const*> all;
    for (auto const& section : content.sections)
        for (auto const& question : section.questions)
            all.push_back(&question);
    return all;
}

bool is_answered(FormQuestionKind kind) { return kind != FormQuestionKind::statement; }

bool has_choices(FormQuestionKind kind) { return kind == FormQuestionKind::single || kind == FormQuestionKind::multiple; }

std::string text_to_sign(std::string const& title, FormContent const& content)
{
    auto text = title + "\n";
    for (auto const& section : content.sections) {
        if (!section.title.empty())
            text += "\n" + section.title + "\n";
        for (auto const& question : section.questions)
            text += "\n" + question.text + "\n";
    }
    return text;
}

} // namespace concentric::forms
