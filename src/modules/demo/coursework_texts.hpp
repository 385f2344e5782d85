#pragma once

#include "modules/coursework/questions.hpp"

#include <span>
#include <string_view>

// What the people of the demo county ask, answer and write in their course: short texts of our own.
namespace concentric::demo {

struct QuestionText {
    coursework::QuestionKind kind;
    char const* topic;
    char const* prompt;
    char const* choices[4]; // of truth none
    char const* right; // "AC", "A" or "B" of truth, a number, texts parted by |
    char const* explanation;
    double share; // of people who are right
};
std::span<QuestionText const> question_texts();

struct TopicText {
    char const* title;
    char const* body;
    char const* answers[4];
    int helpful; // place among the answers; -1: none
    bool is_pinned;
};
std::span<TopicText const> topic_texts();

std::span<char const* const> collected_texts();

// The assignment's template, two rounds of one author, and a draft of another that took over a passage.
extern std::string_view const summary_template, first_draft, second_draft, copied_draft;

} // namespace concentric::demo
