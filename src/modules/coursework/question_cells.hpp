#pragma once

#include "modules/coursework/questions.hpp"
#include "modules/imports/imports.hpp"

// The columns of a sheet of questions, and what a row of it asks.
namespace concentric::coursework {

inline constexpr std::size_t most_sheet_choices = 8;
// Places of the fields; question_sheet() lists them in this order.
namespace question_field {
enum : std::size_t { bank, topic, kind, prompt, first_choice, answer = first_choice + most_sheet_choices, tolerance, explanation };
}

imports::SheetKind question_sheet();

// "A、C" → 0, 2; "对" → 0 and "错" → 1 of true or false; nothing where it is no such answer.
std::optional<std::vector<std::size_t>> choices_meant(QuestionKind kind, std::string_view written);
// "单选题", "多选", "判断题", "填空", "计算"; nothing for other words.
std::optional<QuestionKind> question_kind_meant(std::string_view written);

// The row's question; nothing where the finding has a fault.
std::optional<QuestionContent> question_in(imports::Table const& table, std::size_t row, imports::Finding& finding);

} // namespace concentric::coursework
