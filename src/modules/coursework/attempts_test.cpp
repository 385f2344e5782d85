#include "modules/coursework/attempts.hpp"

#include "modules/directory/county_for_test.hpp"
#include "modules/learning/courses.hpp"
#include "modules/ledger/entries.hpp"

#include <algorithm>

namespace concentric::coursework {
namespace {

using milliseconds::minute;

// A teacher before a quiz of two questions, with ten minutes and two attempts.
struct QuizTime : directory::County {
    QuizTime()
    {
        events.subscribe<learning::QuizChecked>(quiz_checked);
        teacher.person = directory::create_staff(call, {Text<1, 60>("王芳"), {}, {}, {}, first, {"class_teacher"}, {}}).id;
        auto const bank = create_bank(call, {root, {"基础"}}).id;
        for (auto const* prompt : {"一学时多少分钟？", "再问一次，一学时多少分钟？"}) {
            AddQuestion question;
            question.id = bank;
            question.kind = QuestionKind::number;
            question.prompt = Text<1, 2000>(std::string_view(prompt));
            question.accepted = {"45"};
            add_question(call, question);
        }
        quiz = published(bank);
    }

    UnitId published(BankId bank)
    {
        auto const course = learning::create_course(call, {root, {"测验课"}, learning::Line::staff}).id;
        learning::SaveUnit unit;
        unit.title = Text<1, 120>("测一测");
        unit.kind = learning::UnitKind::quiz;
        unit.quiz.emplace();
        unit.quiz->draws.push_back({bank, {}, {2}});
        unit.quiz->minutes = {10};
        unit.quiz->attempts = {2};
        learning::save_course(call, {course, {"测验课"}, learning::Line::staff, {}, {}, {}, {}, {{{}, {unit}}}});
        return learning::publish_course(call, {course, {}}).sections.front().units.front().id;
    }

    Attempt begin()
    {
        auto by_teacher = call_by(teacher);
        return begin_attempt(by_teacher, {quiz});
    }
    void answer(Attempt const& attempt, std::size_t place)
    {
        auto by_teacher = call_by(teacher);
        save_answer(by_teacher, {attempt.id, attempt.questions[place].id, {}, Text<0, 200>("45")});
    }
    Attempt finish(Attempt const& attempt)
    {
        auto by_teacher = call_by(teacher);
        return finish_attempt(by_teacher, {attempt.id});
    }

    Viewer teacher{};
    UnitId quiz;
};

TEST_F(QuizTime, what_comes_after_the_time_is_up_does_not_count)
{
    auto const attempt = begin();
    answer(attempt, 0);
    clock.advance(std::chrono::milliseconds(10 * minute + grace));
    answer(attempt, 1); // on the last moment of grace
    clock.advance(std::chrono::milliseconds(1));

    EXPECT_EQ(error_of([&] { answer(attempt, 1); }).kind, ErrorKind::conflict);
    auto const finished = finish(attempt);

    EXPECT_EQ(finished.right, 2);
    EXPECT_TRUE(finished.is_passed);
    EXPECT_EQ(*finished.finished_at, *attempt.deadline_at) << "not when somebody looked";
}

TEST_F(QuizTime, an_attempt_that_was_left_is_marked_when_the_next_one_begins)
{
    auto const left = begin();
    answer(left, 0);
    clock.advance(std::chrono::milliseconds(60 * minute));

    auto const next = begin();

    EXPECT_EQ(next.number, 2);
    auto by_teacher = call_by(teacher);
    auto const own = show_quiz(by_teacher, {quiz});
    ASSERT_EQ(own.attempts.size(), 2U);
    EXPECT_EQ(own.attempts.back().right, 1);
    EXPECT_FALSE(own.attempts.back().is_passed);
}

TEST_F(QuizTime, what_was_left_is_marked_when_its_time_is_up_though_nobody_comes_back)
{
    auto const left = begin();
    answer(left, 0);
    answer(left, 1);
    clock.advance(std::chrono::milliseconds(10 * minute + grace));
    auto on_time = call_by(the_system());
    EXPECT_EQ(end_overdue_attempts(on_time), 0) << "on the last moment of grace";
    clock.advance(std::chrono::milliseconds(1));

    auto job = call_by(the_system());
    EXPECT_EQ(end_overdue_attempts(job), 1);
    EXPECT_EQ(end_overdue_attempts(job), 0);

    auto by_teacher = call_by(teacher);
    auto const own = show_quiz(by_teacher, {quiz});
    EXPECT_TRUE(own.is_passed);
    EXPECT_EQ(own.attempts.front().finished_at, left.deadline_at);
    auto const entries = ledger::entries_about(db, county, teacher.person.value);
    auto const passed = std::ranges::find(entries, "quiz.passed", &ledger::Entry::kind);
    ASSERT_NE(passed, entries.end());
    EXPECT_EQ(passed->happened_at, *left.deadline_at);
}

TEST_F(QuizTime, within_the_time_the_same_attempt_goes_on)
{
    auto const attempt = begin();
    clock.advance(std::chrono::milliseconds(9 * minute));

    auto const again = begin();

    EXPECT_EQ(again.id, attempt.id);
    EXPECT_EQ(again.deadline_at, attempt.deadline_at);
}

} // namespace
} // namespace concentric::coursework
