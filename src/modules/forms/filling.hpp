#pragma once

#include "core/time.hpp"
#include "modules/forms/content.hpp"

// What somebody filled in: which questions were there for them, and whether what they said can stand.
namespace concentric::forms {

// One of these is set, as the question's kind asks.
struct FormAnswer {
    Key question;
    std::vector<Key> choices;
    std::optional<double> number; // of a scale or a number
    std::optional<Text<0, 4000>> text;
    std::optional<Day> day;
};
BOOST_DESCRIBE_STRUCT(FormAnswer, (), (question, choices, number, text, day))

struct FormAnswers {
    std::vector<FormAnswer> items;
};
BOOST_DESCRIBE_STRUCT(FormAnswers, (), (items))

// The answer to a question, or nullptr. Empty ones count as none.
FormAnswer const* answer_to(FormAnswers const&, std::string_view question);

// The questions that these answers bring up, in reading order. An answer to a question that is not shown brings nothing up.
std::vector<FormQuestion const*> shown_questions(FormContent const&, FormAnswers const&);

// The answers that count: those to questions that are shown, in reading order. What is missing or wrong goes to `problems`, with
// "/answers/" and the question's key as its place.
FormAnswers taken(FormContent const&, FormAnswers const&, Problems& problems);

} // namespace concentric::forms
