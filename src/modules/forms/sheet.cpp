#include "modules/forms/sheet.hpp"

#include "modules/paper/paper.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::forms {
namespace {

constexpr std::string_view line = "____________________________________________________________";

std::string blanks(std::size_t lines)
{
    std::string text;
    for (std::size_t i = 0; i < lines; ++i)
        text += (i == 0 ? "" : "\n") + std::string(line);
    return text;
}

std::string boxes(FormQuestion const& question)
{
    std::string text;
    for (auto const& choice : question.choices)
        text += fmt::format("{}□ {}", text.empty() ? "" : "\n", std::string(choice.text));
    return text;
}

std::string steps(FormQuestion const& question)
{
    std::string text(question.least_label.value_or(""));
    auto const last = question.greatest ? question.greatest->value : 5;
    for (auto step = question.least ? question.least->value : 1; step <= last; ++step)
        text += fmt::format("{}□ {}", text.empty() ? "" : "    ", step);
    return question.greatest_label ? text + "    " + std::string(*question.greatest_label) : text;
}

std::string space_of(FormQuestion const& question)
{
    switch (question.kind) {
    case FormQuestionKind::single:
    case FormQuestionKind::multiple: return boxes(question);
    case FormQuestionKind::scale: return steps(question);
    case FormQuestionKind::number: return "______________";
    case FormQuestionKind::date: return "________年____月____日";
    case FormQuestionKind::long_text: return blanks(4);
    case FormQuestionKind::short_text: return blanks(1);
    case FormQuestionKind::statement: break;
    }
    return "";
}

// Draws the questions one after the other and knows the numbers of those before.
class Drawing {
public:
    Drawing(lib::PdfReport& page, FormContent const& content) : page_(page), content_(content) { }

    void run()
    {
        for (auto const& section : content_.sections) {
            if (!section.title.empty())
                page_.heading(std::string(section.title));
            if (section.shown_when)
                page_.paragraph(condition_of(*section.shown_when));
            for (auto const& question : section.questions)
                draw(question);
        }
    }

private:
    void draw(FormQuestion const& question)
    {
        if (question.kind == FormQuestionKind::statement) {
            paper::print_text(page_, question.text);
            return;
        }
        numbers_[question.key] = ++last_;
        auto text = fmt::format("{}. {}{}", last_, std::string(question.text), question.is_required ? "（必填）" : "");
        if (question.kind == FormQuestionKind::multiple)
            text += question.most ? fmt::format("（可多选，最多 {} 项）", question.most->value) : "（可多选）";
        if (question.shown_when)
            text += condition_of(*question.shown_when);
        paper::print_text(page_, text);
        if (question.help)
            paper::print_text(page_, *question.help);
        paper::print_text(page_, space_of(question));
    }

    std::string condition_of(ShownWhen const& when) const
    {
        auto const questions = questions_of(content_);
        auto const asked = std::ranges::find(questions, when.question, &FormQuestion::key);
        std::string wanted;
        for (auto const& key : when.is_any_of) {
            std::string word = key;
            if (asked != questions.end())
                if (auto const choice = std::ranges::find((*asked)->choices, key, &FormChoice::key);
                    choice != (*asked)->choices.end())
                    word = choice->text;
            wanted += (wanted.empty() ? "“" : "”或“") + word;
        }
        auto const number = numbers_.find(when.question);
        return fmt::format("（第 {} 题答{}”的才填）", number == numbers_.end() ? 0 : number->second, wanted);
    }

    lib::PdfReport& page_;
    FormContent const& content_;
    std::map<std::string, int, std::less<>> numbers_;
    int last_ = 0;
};

std::string const headings[]{"学生姓名", "班级", "填写人签名", "日期"};
double const weights[]{1, 1, 1, 1};

} // namespace

Download draw_sheet(Call& call, OwnedForm const& form, Published const& version)
{
    paper::Sheet sheet(version.row.title, paper::code_for(call, paper::SheetKind::form, form.id.value),
        fmt::format("{}　{}　版本 {}", form.owner_name, paper::minute_text(form.published_at), version.row.number));
    Drawing(sheet.page(), version.content).run();
    sheet.ask_back(form.until_at);
    std::vector<std::vector<std::string>> const blank{{"　", "　", "　", "　"}};
    sheet.page().table(headings, weights, blank);
    return sheet.finish(version.row.title);
}

} // namespace concentric::forms
