#pragma once

#include "modules/coursework/submissions.hpp"
#include "modules/programmes/attendance.hpp"
#include "modules/programmes/class_for_test.hpp"
#include "modules/programmes/classroom.hpp"
#include "modules/programmes/marks.hpp"
#include "modules/programmes/screening.hpp"
#include "modules/programmes/workshops.hpp"

// Classroom days and a workshop of the school with three teachers. The day is 10 March 2025; sessions are held on it and the next.
namespace concentric::programmes {

using milliseconds::hour;

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

} // namespace concentric::programmes
