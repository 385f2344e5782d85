#include "modules/coursework/submissions.hpp"
#include "modules/programmes/attendance.hpp"
#include "modules/programmes/class_for_test.hpp"
#include "modules/programmes/classroom.hpp"
#include "modules/programmes/marks.hpp"
#include "modules/programmes/screening.hpp"
#include "modules/programmes/workshops.hpp"

// Classroom days and a workshop of the school with three teachers. The day is 10 March 2025; sessions are held on it and the next.
namespace concentric::programmes {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

constexpr std::int64_t hour = 3'600'000;

struct Classroom : Programmes {
    Classroom() { go_to({20250310}); }

    ClassId open(Form form, char const* credential, std::int64_t capacity = 0)
    {
        CreateClass input;
        input.title = Text<1, 120>("集中面授班");
        input.plan = Text<1, 60>("training-2025");
        input.credential = Text<1, 60>(credential);
        input.owner = school;
        input.capacity = Capacity{capacity};
        input.process_weight = Percent{50};
        input.form = form;
        auto const made = create_class(call, input);
        set_class_state(call, {made.id, ClassState::open});
        return made.id;
    }
    // An hour from that one o'clock on.
    SessionOfClassId session(Day day, std::int64_t at, std::optional<TeamId> team = {})
    {
        CreateSession input;
        input.id = class_;
        input.title = Text<1, 120>("专家讲座");
        input.starts_at = {start_of(day).milliseconds + at * hour};
        input.ends_at = {input.starts_at.milliseconds + hour};
        input.team = team;
        return create_session(call, input).sessions.back().id;
    }
    void note(SessionOfClassId id, std::vector<PersonId> people, bool is_present = true)
    {
        note_attendance(call, {class_, id, std::move(people), is_present});
    }
    std::int64_t entries(PersonId person, std::string_view kind)
    {
        std::int64_t sum = 0;
        for (auto const& entry : ledger::entries_about(db, county, person.value))
            if (entry.kind == kind)
                sum += entry.reverses ? -1 : 1;
        return sum;
    }
    std::int64_t minutes(PersonId person)
    {
        std::int64_t sum = 0;
        for (auto const& entry : ledger::entries_about(db, county, person.value))
            if (entry.kind == "classroom.attended")
                sum += entry.reverses ? -entry.minutes : entry.minutes;
        return sum;
    }
    ErrorKind kind_of_error(auto&& action) { return error_of(action).kind; }
    coursework::SaveCriterion criterion(char const* title)
    {
        coursework::SaveCriterion made;
        made.title = Text<1, 120>(title);
        for (auto const* level : {"好", "中", "差"})
            made.levels.emplace_back(level);
        return made;
    }
    TaskId one_task()
    {
        SaveTask task;
        task.title = Text<1, 120>("模拟教学");
        task.kind = TaskKind::mock_teaching;
        task.weight = Within<1, 100>{50};
        task.criteria = {criterion("设计"), criterion("表达")};
        return save_tasks(call, {class_, {task}}).items.front().id;
    }
    SaveMark mark(TaskId task, PersonId person, std::int64_t design, std::int64_t speech)
    {
        SaveMark input;
        input.id = class_;
        input.task = task;
        input.person = person;
        input.levels = {Within<0, 5>{design}, Within<0, 5>{speech}};
        input.comment = Text<2, 2'000>("目标清楚。");
        return input;
    }
    void teach(PersonId person, TutorRole role = TutorRole::expert)
    {
        SaveTutor tutor;
        tutor.person = person;
        tutor.role = role;
        save_tutors(call, {class_, {tutor}});
    }
    void teach_together(PersonId theory, char const* practice)
    {
        SaveTutor mentor, guest;
        mentor.person = theory;
        mentor.role = TutorRole::theory_mentor;
        guest.name = Text<0, 60>(practice);
        guest.role = TutorRole::practice_mentor;
        save_tutors(call, {class_, {mentor, guest}});
    }
    SubmissionId hand_product_in(PersonId person)
    {
        auto own = as(person);
        coursework::HandIn draft;
        draft.id = class_with(call, class_)->product;
        draft.text = Text<20, 60'000>("实践案例初稿：家长工作坊四次活动的做法、过程和家长反馈的整理。");
        return coursework::hand_in(own, draft).id;
    }
    void judge(SubmissionId id, coursework::Judgement judgement)
    {
        coursework::Decide decision;
        decision.id = id;
        decision.decision = judgement;
        decision.comment = Text<0, 2'000>("请补充成效数据。");
        coursework::decide(call, decision);
    }
    void apply(PersonId person)
    {
        auto own = as(person);
        coursework::HandIn draft;
        draft.id = class_with(call, class_)->application;
        draft.text = Text<20, 60'000>("我校计划以家长工作坊带动家校社协同育人，先从倾听孩子开始做起。");
        coursework::hand_in(own, draft);
    }
    ApplicationState decide(PersonId person, ScreeningDecision decision, char const* reason = "")
    {
        DecideApplication input{class_, person, decision, Text<0, 500>(reason)};
        decide_application(call, input);
        return application_of(call, class_, person)->state;
    }
    OwnProduct own_classroom_of(PersonId person)
    {
        auto own = as(person);
        return own_classroom(own, {class_}).product.value();
    }
    bool is_in(PersonId person)
    {
        auto const member = member_of(call, class_, person);
        return member && member->state == MemberState::enrolled;
    }
};

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

TEST_F(Classroom, a_workshop_s_certificate_needs_what_the_plan_says_a_session_both_mentors_and_the_pass)
{
    class_ = open(Form::workshop, "workshop-training");
    apply(fang);
    decide(fang, ScreeningDecision::accepted);
    teach_together(hong, "周敏");
    auto const seminar = session({20250310}, 9);
    go_to({20250311});
    auto mentor = as(hong);

    note(seminar, {fang});
    auto const product = hand_product_in(fang);
    agree(mentor, {class_, fang, MentorRole::theory_mentor});
    agree(call, {class_, fang, MentorRole::practice_mentor}); // for the guest, by whoever runs the class
    judge(product, coursework::Judgement::accepted);

    EXPECT_EQ(entries(fang, "workshop.attended"), 1);
    EXPECT_EQ(entries(fang, "classroom.attended"), 0);
    EXPECT_EQ(list_products(mentor, {class_}).items.at(0).agreements.size(), 2U);
    EXPECT_TRUE(line_of(fang).earned_at);
    take_agreement_back(call, {class_, fang, MentorRole::practice_mentor});
    EXPECT_EQ(entries(fang, "workshop.practice_agreed"), 0);
    EXPECT_FALSE(line_of(fang).earned_at);
}

TEST_F(Classroom, nobody_agrees_for_a_mentor_who_can_do_so_nor_to_what_is_not_there_or_is_being_improved)
{
    class_ = open(Form::workshop, "workshop-training");
    apply(fang);
    decide(fang, ScreeningDecision::accepted);
    teach_together(hong, "周敏");
    auto mentor = as(hong);
    OneAgreement const theory{class_, fang, MentorRole::theory_mentor};

    EXPECT_EQ(kind_of_error([&] { agree(mentor, theory); }), ErrorKind::conflict); // no draft
    auto const product = hand_product_in(fang);
    EXPECT_EQ(kind_of_error([&] { agree(call, theory); }), ErrorKind::forbidden); // the mentor has a log-in
    EXPECT_EQ(kind_of_error([&] { agree(mentor, {class_, fang, MentorRole::practice_mentor}); }), ErrorKind::forbidden);
    EXPECT_THAT(list_products(mentor, {class_}).items.at(0).may_agree_as, ElementsAre(MentorRole::theory_mentor));
    judge(product, coursework::Judgement::to_improve);
    EXPECT_EQ(kind_of_error([&] { agree(mentor, theory); }), ErrorKind::conflict);
    hand_product_in(fang);
    agree(mentor, theory);
    agree(mentor, theory);

    EXPECT_EQ(entries(fang, "workshop.theory_agreed"), 1);
    EXPECT_EQ(own_classroom_of(fang).agreements.at(0).round, 2);
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
