#include "modules/coursework/question_cells.hpp"

#include "lib/pinyin.hpp"
#include "lib/text.hpp"

#include <algorithm>

namespace concentric::coursework {
namespace {

namespace column = question_field;
using imports::Fault;
using imports::Field;

struct KindWord {
    std::string_view word; // folded
    QuestionKind kind;
};
constexpr KindWord kind_words[] = {
    {"单选", QuestionKind::single},
    {"单项选择", QuestionKind::single},
    {"single", QuestionKind::single},
    {"多选", QuestionKind::multiple},
    {"多项选择", QuestionKind::multiple},
    {"multiple", QuestionKind::multiple},
    {"判断", QuestionKind::truth},
    {"true", QuestionKind::truth},
    {"数字", QuestionKind::number},
    {"计算", QuestionKind::number},
    {"number", QuestionKind::number},
    {"填空", QuestionKind::text},
    {"简答", QuestionKind::text},
    {"text", QuestionKind::text},
};

// The parts of "A、C", "答案一|答案二" between any of these marks.
std::vector<std::string> parts_of(std::string_view text, std::u32string_view marks)
{
    std::vector<std::string> parts(1);
    for (std::size_t at = 0; at < text.size();) {
        auto const character = lib::next_character(text, at);
        if (marks.find(character) != std::u32string_view::npos)
            parts.emplace_back();
        else
            lib::append_character(parts.back(), character);
    }
    for (auto& part : parts)
        part = std::string(lib::trim(part));
    std::erase_if(parts, [](std::string const& part) { return part.empty(); });
    return parts;
}

class Reading {
public:
    Reading(imports::Table const& table, std::size_t row, imports::Finding& finding) : table_(table), row_(row), finding_(finding)
    {
    }

    std::optional<QuestionContent> run()
    {
        need(column::bank);
        need(column::prompt);
        need(column::answer);
        auto const kind = question_kind_meant(text(column::kind));
        if (!kind)
            fault(column::kind, "unknown_kind",
                {"题型应为单选、多选、判断、填空或数字。", "The kind is single, multiple, true or false, text or number."});
        if (finding_.is_faulty())
            return std::nullopt;
        question_.kind = *kind;
        question_.prompt = text(column::prompt);
        question_.topic = text(column::topic);
        question_.explanation = text(column::explanation);
        question_.kind == QuestionKind::number || question_.kind == QuestionKind::text ? read_accepted() : read_choices();
        check_whole();
        return finding_.is_faulty() ? std::nullopt : std::optional(std::move(question_));
    }

private:
    std::string text(std::size_t field) const { return std::string(table_.at(row_, field).text); }

    void fault(std::size_t field, std::string code, Words words)
    {
        auto const& known = table_.kind().fields[field];
        finding_.faults.push_back({table_.place(row_, field), known.field, std::move(code), std::move(words.zh),
            std::move(words.en), text(field).empty() ? std::nullopt : std::optional(text(field))});
    }

    void need(std::size_t field)
    {
        if (text(field).empty())
            fault(field, "missing", {"不能为空。", "Must not be empty."});
    }

    void read_choices()
    {
        if (question_.kind == QuestionKind::truth)
            question_.choices = {{"对"}, {"错"}};
        else
            for (std::size_t i = 0; i < most_sheet_choices; ++i)
                if (auto choice = text(column::first_choice + i); !choice.empty())
                    question_.choices.push_back({std::move(choice)});
        auto const right = choices_meant(question_.kind, text(column::answer));
        if (!right || std::ranges::any_of(*right, [&](std::size_t place) { return place >= question_.choices.size(); }))
            return fault(column::answer, "no_such_choice",
                {"答案应为选项字母，如 A 或 AC；判断题填“对”或“错”。", "The letters of choices, such as A or AC; true or false."});
        for (auto const place : *right)
            question_.choices[place].is_right = true;
    }

    void read_accepted()
    {
        if (question_.kind == QuestionKind::number) {
            question_.accepted = {text(column::answer)};
            if (auto const off = number_in(text(column::tolerance)))
                question_.tolerance = *off;
            return;
        }
        for (auto& part : parts_of(text(column::answer), U"|｜"))
            question_.accepted.emplace_back(std::move(part));
    }

    // The same rules as for questions that come in one by one.
    void check_whole()
    {
        Problems problems;
        check(question_, problems);
        for (auto& problem : problems)
            fault(problem.path.starts_with("/choices") ? column::first_choice : column::answer, problem.code, problem.words);
        auto const too_long = [&](std::size_t field, std::string_view value, std::size_t most) {
            if (lib::count_characters(value) > most)
                fault(field, "too_long", {"文字太长。", "The text is too long."});
        };
        too_long(column::prompt, question_.prompt, decltype(question_.prompt)::max_length);
        too_long(column::topic, question_.topic, decltype(question_.topic)::max_length);
        too_long(column::explanation, question_.explanation, decltype(question_.explanation)::max_length);
        for (std::size_t i = 0; i < question_.choices.size(); ++i)
            too_long(column::first_choice + i, question_.choices[i].text, decltype(Choice::text)::max_length);
        for (auto const& accepted : question_.accepted)
            too_long(column::answer, accepted, Text<1, 200>::max_length);
    }

    imports::Table const& table_;
    std::size_t row_;
    imports::Finding& finding_;
    QuestionContent question_;
};

} // namespace

imports::SheetKind question_sheet()
{
    imports::SheetKind sheet{"questions", {"题目", "Questions"},
        {
            {"bank", {"题库", "Bank"}, true, {"题库名称", "试卷", "科目"},
                {"没有的题库会新建。", "A bank that is not there is made."}, {"家庭教育基础", "家庭教育基础", "家庭教育基础"}},
            {"topic", {"知识点", "Topic"}, false, {"章节", "专题", "主题", "分类"},
                {"抽题时可按知识点抽。", "Quizzes can draw by topic."}, {"倾听", "倾听", "法规"}},
            {"kind", {"题型", "Kind"}, true, {"题目类型", "类型"},
                {"单选、多选、判断、填空、数字。", "Single, multiple, true or false, text, number."}, {"单选", "判断", "填空"}},
            {"prompt", {"题干", "Question"}, true, {"题目", "问题", "试题", "题目内容"}, {},
                {"孩子哭着回家，第一句话最好说什么？", "先听完孩子的话再发表意见。", "《家庭教育促进法》自哪一年起施行？"}},
        }};
    for (std::size_t i = 0; i < most_sheet_choices; ++i) {
        std::string const letter(1, static_cast<char>('A' + i));
        sheet.fields.push_back({"choice_" + std::string(1, static_cast<char>('a' + i)), {"选项" + letter, "Choice " + letter},
            false, {letter, letter + "选项", "答案" + letter}, {},
            {i == 0          ? "发生了什么？"
                    : i == 1 ? "哭什么哭！"
                             : ""}});
    }
    sheet.fields.push_back({"answer", {"正确答案", "Right answer"}, true, {"答案", "参考答案", "标准答案"},
        {"选项字母（多选写在一起，如 AC）；判断填“对”或“错”；填空的多个答案用 | 隔开。",
            "Letters of choices (AC); true or false; several texts parted by |."},
        {"A", "对", "2022|2022年"}});
    sheet.fields.push_back({"tolerance", {"允许误差", "Tolerance"}, false, {"误差"}, {"只用于数字题。", "Of numbers only."}, {}});
    sheet.fields.push_back({"explanation", {"解析", "Explanation"}, false, {"答案解析", "说明"}, {}, {"先接住情绪，再了解事情。"}});
    return sheet;
}

std::optional<QuestionKind> question_kind_meant(std::string_view written)
{
    auto const folded = lib::search_fold(written);
    for (auto const& [word, kind] : kind_words)
        if (folded.starts_with(word))
            return kind;
    return std::nullopt;
}

std::optional<std::vector<std::size_t>> choices_meant(QuestionKind kind, std::string_view written)
{
    auto const folded = lib::search_fold(written);
    if (kind == QuestionKind::truth) {
        for (auto const* word : {"对", "正确", "是", "true", "t", "a", "√"})
            if (folded == word)
                return std::vector<std::size_t>{0};
        for (auto const* word : {"错", "错误", "否", "false", "f", "b", "×"})
            if (folded == word)
                return std::vector<std::size_t>{1};
        return std::nullopt;
    }
    std::vector<std::size_t> places;
    for (auto const& part : parts_of(folded, U"、,，;；|/ "))
        for (auto const letter : part) {
            if (letter < 'a' || letter > 'h')
                return std::nullopt;
            places.push_back(static_cast<std::size_t>(letter - 'a'));
        }
    return places.empty() ? std::nullopt : std::optional(places);
}

std::optional<QuestionContent> question_in(imports::Table const& table, std::size_t row, imports::Finding& finding)
{
    return Reading(table, row, finding).run();
}

} // namespace concentric::coursework
