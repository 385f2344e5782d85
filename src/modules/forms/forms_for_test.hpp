#pragma once

#include "modules/families/family_county_for_test.hpp"
#include "modules/forms/answering.hpp"
#include "modules/forms/editing.hpp"
#include "modules/forms/forms.hpp"
#include "modules/inbox/inbox.hpp"

// A class with 李梅, whose mother 王芳 and father 李强 are asked, and forms for them; for this module's tests.
namespace concentric::forms {

struct Forms : families::FamilyCounty {
    Forms()
    {
        forms::subscribe(events);
        forms::handle_jobs(jobs);
        head.permissions = Permissions::all();
        teacher.permissions.add(Permission::send_notices);
    }

    static FormContent content(bool with_text = false)
    {
        FormQuestion question;
        question.key = "q1";
        question.text = "您满意吗？";
        question.is_required = true;
        question.choices = {{"a", "满意"}, {"b", "不满意"}};
        FormContent made{{{"s1", "", {}, {question}}}};
        if (with_text) {
            FormQuestion text;
            text.key = "q2";
            text.kind = FormQuestionKind::long_text;
            text.text = "为什么？";
            made.sections[0].questions.push_back(text);
        }
        return made;
    }

    static FormContent statements()
    {
        FormQuestion statement;
        statement.key = "q1";
        statement.kind = FormQuestionKind::statement;
        statement.text = "我承诺教育孩子不私自下水游泳。";
        return {{{"s1", "", {}, {statement}}}};
    }

    FormView draft(FormPurpose purpose, FormContent const& with, bool is_anonymous = false)
    {
        auto maker = by(head);
        CreateForm input;
        input.purpose = purpose;
        input.title = Text<1, 120>("家长意见");
        auto const made = create_form(maker, input);
        ChangeForm change;
        change.id = made.id;
        change.content = with;
        change.audience = FormAudience::children;
        change.is_anonymous = is_anonymous;
        change.until_at = Instant{call.now.milliseconds + 14LL * 24 * 3600 * 1000};
        return change_form(maker, change);
    }

    FormView published(FormPurpose purpose, FormContent const& with, bool is_anonymous = false)
    {
        auto const made = draft(purpose, with, is_anonymous);
        auto maker = by(head);
        auto view = publish_form(maker, {made.id});
        jobs.run_all();
        return view;
    }

    FormView asked(FormAudience audience)
    {
        auto const made = draft(FormPurpose::survey, content());
        auto maker = by(head);
        ChangeForm change;
        change.id = made.id;
        change.audience = audience;
        change_form(maker, change);
        auto view = publish_form(maker, {made.id});
        jobs.run_all();
        return view;
    }

    static FillForm filled(FormView const& form, std::string const& choice, std::string const& text = "")
    {
        FillForm input{form.id, {}, form.version, {{"q1", {choice}, {}, {}, {}}}};
        if (!text.empty())
            input.answers.push_back({"q2", {}, {}, Text<0, 4000>(text), {}});
        return input;
    }

    // More families, each with one child in the class.
    std::vector<PersonId> more_mothers(int n)
    {
        std::vector<PersonId> mothers;
        for (int i = 0; i < n; ++i)
            mothers.push_back(pupil(fmt::format("赵{}", i), first,
                {carer(fmt::format("孙{}", i), families::Relation::mother, fmt::format("1371000000{}", i))})
                                  .student->carers[0]
                                  .person);
        return mothers;
    }

    void vote(PersonId person, FormView const& form, std::string const& choice, std::string const& text = "")
    {
        auto voter = by(person);
        cast_form_ballot(voter, filled(form, choice, text));
    }

    std::vector<std::string> letters_of(PersonId person)
    {
        auto reader = by(person);
        std::vector<std::string> titles;
        for (auto const& item : inbox::list_inbox(reader, {}).items)
            titles.push_back(item.title);
        return titles;
    }

    ApiError refusal(auto const& act) { return error_of(act); }
};

} // namespace concentric::forms
