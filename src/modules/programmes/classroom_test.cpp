#include "modules/programmes/classroom_for_test.hpp"

// Classroom days: who came, groups, marks; and how people come into a workshop.
namespace concentric::programmes {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

TEST_F(Classroom, whoever_comes_has_an_entry_with_the_session_s_minutes_and_taking_it_back_reverses_it)
{
    class_ = open(Form::course, "classroom-training");
    bring_in(fang);
    bring_in(ming);
    auto const lecture = session({20250310}, 9);
    go_to({20250311});

    note(lecture, {fang, ming});
    note(lecture, {fang}); // again changes nothing
    EXPECT_EQ(entries(fang, "classroom.attended"), 1);
    EXPECT_EQ(minutes(fang), 60);
    note(lecture, {ming}, false);

    EXPECT_EQ(entries(ming, "classroom.attended"), 0);
    auto const list = show_attendance(call, {class_, lecture});
    ASSERT_THAT(list.items, SizeIs(2));
    for (auto const& one : list.items)
        EXPECT_EQ(one.is_present, one.person.id == fang);
}

TEST_F(Classroom, nobody_is_noted_before_a_session_begins_and_nobody_whom_it_does_not_concern)
{
    class_ = open(Form::course, "classroom-training");
    bring_in(fang);
    auto const tomorrow = session({20250311}, 9);

    EXPECT_EQ(kind_of_error([&] { note(tomorrow, {fang}); }), ErrorKind::conflict);
    go_to({20250312});
    EXPECT_EQ(kind_of_error([&] { note(tomorrow, {ming}); }), ErrorKind::invalid);
}

TEST_F(Classroom, the_process_counts_the_sessions_that_concern_somebody)
{
    class_ = open(Form::course, "classroom-training");
    bring_in(fang);
    bring_in(ming);
    auto const saved = save_teams(call, {class_, {{{}, Text<1, 40>("第1组"), {fang}}, {{}, Text<1, 40>("第2组"), {ming}}}});
    auto const lecture = session({20250310}, 9);
    session({20250310}, 14);
    session({20250310}, 16, saved.teams[1].id); // of the second group alone
    go_to({20250311});

    note(lecture, {fang, ming});

    // The certificate asks for one session (a credit hour, 45 minutes) beside its mark: (45 + 60) of (45 + 120) minutes.
    EXPECT_EQ(line_of(fang).percent, 63);
    EXPECT_EQ(line_of(ming).percent, 46); // (45 + 60) of (45 + 180)
}

TEST_F(Classroom, marks_of_all_tasks_become_the_result_and_the_mark_the_completion)
{
    class_ = open(Form::course, "classroom-training");
    bring_in(fang);
    auto const task = one_task();
    teach(hong);
    auto expert = as(hong);
    auto const lecture = session({20250310}, 9);
    go_to({20250311});
    note(lecture, {fang}); // the whole process

    save_mark(expert, mark(task, fang, 0, 1)); // (100 + 50) / 2
    EXPECT_EQ(line_of(fang).score, 75);
    EXPECT_EQ(line_of(fang).mark, 88); // half of 100 and half of 75
    EXPECT_EQ(entries(fang, "training.completed"), 1);
    EXPECT_TRUE(line_of(fang).earned_at);
    remove_mark(expert, {class_, task, fang});

    EXPECT_EQ(line_of(fang).score, std::nullopt);
    EXPECT_EQ(entries(fang, "training.completed"), 0);
}

TEST_F(Classroom, attendance_that_is_taken_back_takes_a_completion_back_that_hung_on_it)
{
    class_ = open(Form::course, "classroom-training");
    bring_in(fang);
    auto const task = one_task();
    auto const lecture = session({20250310}, 9);
    go_to({20250311});
    note(lecture, {fang});
    save_mark(call, mark(task, fang, 1, 1)); // 50: a mark of 75

    note(lecture, {fang}, false); // a mark of 25

    EXPECT_EQ(line_of(fang).mark, 25);
    EXPECT_EQ(entries(fang, "training.completed"), 0);
}

TEST_F(Classroom, a_rubric_stays_once_something_was_marked_and_nobody_marks_themselves)
{
    class_ = open(Form::course, "classroom-training");
    bring_in(fang);
    auto const task = one_task();
    teach(fang);
    auto self = as(fang);
    EXPECT_EQ(kind_of_error([&] { save_mark(self, mark(task, fang, 0, 0)); }), ErrorKind::conflict);
    save_mark(call, mark(task, fang, 0, 0));

    EXPECT_EQ(kind_of_error([&] { save_tasks(call, {class_, {}}); }), ErrorKind::conflict);
    EXPECT_EQ(kind_of_error([&] { save_mark(call, mark(task, fang, 0, 3)); }), ErrorKind::invalid);
}

TEST_F(Classroom, a_class_is_there_for_its_tutors_and_not_for_other_teachers)
{
    class_ = open(Form::course, "classroom-training");
    bring_in(fang);
    teach(hong);
    auto tutor = as(hong), learner = as(fang);

    EXPECT_FALSE(show_timetable(tutor, {class_}).is_managed);
    EXPECT_EQ(kind_of_error([&] { show_timetable(learner, {class_}); }), ErrorKind::not_found);
    EXPECT_EQ(own_classroom(learner, {class_}).tutors.front().name, "赵红");
    EXPECT_EQ(kind_of_error([&] { own_classroom(tutor, {class_}); }), ErrorKind::not_found);
}

TEST_F(Classroom, people_come_into_a_workshop_by_a_screened_plan_only)
{
    class_ = open(Form::workshop, "workshop-training");
    EXPECT_EQ(bring_in(fang), Obstacle::needs_screening);

    apply(fang);

    auto const screening = list_applications(call, {class_});
    ASSERT_THAT(screening.items, SizeIs(1));
    EXPECT_EQ(screening.items[0].state, ApplicationState::submitted);
    EXPECT_FALSE(is_in(fang));
    EXPECT_EQ(decide(fang, ScreeningDecision::accepted), ApplicationState::accepted);
    EXPECT_TRUE(is_in(fang));
    EXPECT_EQ(notices_of(fang), 1);
    EXPECT_EQ(decide(fang, ScreeningDecision::undecided), ApplicationState::submitted);
    EXPECT_FALSE(is_in(fang));
}

TEST_F(Classroom, a_full_workshop_takes_nobody_and_whoever_waits_first_comes_in_for_one_who_leaves)
{
    class_ = open(Form::workshop, "workshop-training", 1);
    for (auto const person : {fang, ming, hong})
        apply(person);
    decide(fang, ScreeningDecision::accepted);
    EXPECT_EQ(kind_of_error([&] { decide(ming, ScreeningDecision::accepted); }), ErrorKind::conflict);
    EXPECT_FALSE(is_in(ming));
    decide(hong, ScreeningDecision::waiting);
    call.now = {call.now.milliseconds + 1'000};
    decide(ming, ScreeningDecision::waiting);

    withdraw(call, class_with(call, class_).value(), member_of(call, class_, fang).value(), "临时有事");
    place_freed(call, class_with(call, class_).value(), fang);

    EXPECT_TRUE(is_in(hong));
    EXPECT_FALSE(is_in(ming));
    EXPECT_EQ(application_of(call, class_, fang)->state, ApplicationState::withdrawn);
}

TEST_F(Classroom, applications_are_listed_page_by_page_by_what_was_decided_and_then_as_they_came)
{
    class_ = open(Form::workshop, "workshop-training");
    for (auto const person : {fang, ming, hong}) {
        apply(person);
        call.now = {call.now.milliseconds + 1'000};
    }
    decide(fang, ScreeningDecision::waiting);

    auto const page = list_applications(call, {class_, {}, {}, Limit{2}});
    auto const rest = list_applications(call, {class_, {}, Text<1, 80>(page.next.value()), Limit{2}});
    auto const waiting = list_applications(call, {class_, ApplicationState::waiting, {}, {}});

    ASSERT_THAT(page.items, SizeIs(2));
    EXPECT_EQ(page.items[0].person.id, ming);
    EXPECT_EQ(page.items[1].person.id, hong);
    ASSERT_THAT(rest.items, SizeIs(1));
    EXPECT_EQ(rest.items[0].person.id, fang);
    EXPECT_EQ(rest.items[0].place, 1);
    EXPECT_FALSE(rest.next);
    EXPECT_THAT(waiting.items, SizeIs(1));
    EXPECT_EQ(waiting.counts.submitted, 2);
    EXPECT_EQ(waiting.counts.waiting, 1);
}

TEST_F(Classroom, once_the_first_session_has_begun_nobody_comes_in_from_the_waiting_list)
{
    class_ = open(Form::workshop, "workshop-training", 1);
    apply(fang);
    apply(ming);
    decide(fang, ScreeningDecision::accepted);
    decide(ming, ScreeningDecision::waiting);
    session({20250310}, 9);
    go_to({20250311});

    withdraw(call, class_with(call, class_).value(), member_of(call, class_, fang).value(), "临时有事");
    place_freed(call, class_with(call, class_).value(), fang);

    EXPECT_FALSE(is_in(ming));
}

TEST_F(Classroom, a_product_is_improved_with_its_mentors_until_it_passes)
{
    class_ = open(Form::workshop, "workshop-training");
    apply(fang);
    decide(fang, ScreeningDecision::accepted);
    teach(hong, TutorRole::theory_mentor);
    auto learner = as(fang), mentor = as(hong);
    coursework::HandIn draft;
    draft.id = class_with(call, class_)->product;
    draft.text = Text<20, 60'000>("实践案例初稿：家长工作坊四次活动的做法、过程和家长反馈的整理。");

    auto const handed_in = coursework::hand_in(learner, draft);
    coursework::Decide decision;
    decision.id = handed_in.id;
    decision.comment = Text<0, 2'000>("请补充成效数据。");
    auto const returned = coursework::decide(mentor, decision);
    EXPECT_THAT(returned.rounds[0].reviews, SizeIs(1)); // the mentor was asked to read it
    coursework::hand_in(learner, draft);
    decision.decision = coursework::Judgement::accepted;
    coursework::decide(mentor, decision);

    EXPECT_EQ(entries(fang, "workshop.qualified"), 1);
    EXPECT_FALSE(line_of(fang).earned_at); // the plan asks for more than the product
    auto const own = own_classroom(learner, {class_}).product.value();
    EXPECT_EQ(own.state, coursework::SubmissionState::accepted);
    EXPECT_EQ(own.rounds, 2);
}

TEST_F(Classroom, an_application_is_decided_in_the_screening_and_not_as_a_draft)
{
    class_ = open(Form::workshop, "workshop-training");
    apply(fang);
    coursework::Decide decision;
    decision.id = application_of(call, class_, fang)->submission;
    decision.decision = coursework::Judgement::accepted;

    EXPECT_EQ(kind_of_error([&] { coursework::decide(call, decision); }), ErrorKind::conflict);
    decision.decision = coursework::Judgement::to_improve;
    decision.comment = Text<0, 2'000>("请补充已有基础。");
    coursework::decide(call, decision);
    EXPECT_TRUE(list_applications(call, {class_}).items[0].is_returned);
    apply(fang);

    EXPECT_EQ(list_applications(call, {class_}).items[0].rounds, 2);
}

} // namespace
} // namespace concentric::programmes
