#pragma once

#include "modules/learning/access.hpp"

// A quiz as a lesson: the course says how many questions are drawn from which bank; who keeps the banks, asks and marks.
namespace concentric::learning {

using BankId = Id<struct QuestionBankTag>;

struct QuizDraw {
    BankId bank;
    Text<0, 60> topic; // empty: from the whole bank
    Within<1, 100> count;
};
BOOST_DESCRIBE_STRUCT(QuizDraw, (), (bank, topic, count))

struct QuizSettings {
    std::vector<QuizDraw> draws;
    Within<0, 240> minutes; // 0: as long as it takes
    Within<0, 20> attempts; // 0: as often as one likes
    Within<1, 100> pass_share{60}; // per cent of the questions that have to be right
    bool is_shuffled = true; // the order of questions and of choices
};
BOOST_DESCRIBE_STRUCT(QuizSettings, (), (draws, minutes, attempts, pass_share, is_shuffled))
// As they come in, where draws may be left out.
struct SaveQuiz : QuizSettings { };
BOOST_DESCRIBE_STRUCT(SaveQuiz, (QuizSettings), ())

QuizSettings settings_of(UnitRow const& quiz);
std::int64_t questions_in(QuizSettings const&);
// The time limit, or a minute for each question.
std::int64_t seconds_of(QuizSettings const&);

// Published while a course is about to be published: whoever keeps the banks adds what keeps the quiz from being asked.
struct QuizChecked {
    OwnedCourse const& course;
    QuizSettings const& settings;
    std::string path, title; // of the lesson
    Problems* problems;
};

// Whoever begins a lesson begins its course.
void begin_course(Call&, OwnedCourse const&);
// Marks a lesson done that is passed, not watched. Writes no entry: what was passed says who judged it.
void complete_lesson(Call&, UnitRow const&);

} // namespace concentric::learning
