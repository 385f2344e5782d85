#pragma once

#include "core/fields.hpp"

#include <span>

// Questions of a quiz, and when an answer is right.
namespace concentric::coursework {

using QuestionId = Id<struct QuestionTag>;

enum class QuestionKind { single, multiple, truth, number, text };
BOOST_DESCRIBE_ENUM(QuestionKind, single, multiple, truth, number, text)

struct Choice {
    Text<1, 500> text;
    bool is_right = false;
};
BOOST_DESCRIBE_STRUCT(Choice, (), (text, is_right))

// What is asked, with what is right.
struct QuestionContent {
    QuestionKind kind = QuestionKind::single;
    Text<1, 2000> prompt;
    Text<0, 60> topic;
    std::vector<Choice> choices; // of truth: first that it is so, then that it is not
    std::vector<Text<1, 200>> accepted; // of number: the number; of text: every answer that is right
    std::optional<double> tolerance; // of number: how far off an answer may be
    Text<0, 2000> explanation; // told after the end
};
BOOST_DESCRIBE_STRUCT(QuestionContent, (), (kind, prompt, topic, choices, accepted, tolerance, explanation))
// Two to twelve choices of which one is right, or some; a number; at least one accepted answer.
void check(QuestionContent const&, Problems&);

struct Answer {
    std::vector<std::int64_t> chosen; // places among the choices, ascending
    std::string text;
};

bool is_answered(QuestionContent const&, Answer const&);
// All right choices and no other; a number within the tolerance; a text that is equal but for case, width and blanks.
bool is_right(QuestionContent const&, Answer const&);

// "１２.50 " → 12.5; nothing for what is no number.
std::optional<double> number_in(std::string_view text);

} // namespace concentric::coursework
