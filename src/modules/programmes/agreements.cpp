#include "modules/programmes/agreements.hpp"

#include "modules/coursework/submissions.hpp"
#include "modules/programmes/board.hpp"
#include "modules/programmes/enrolments.hpp"
#include "modules/programmes/teams.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::programmes {
namespace {

struct AgreementDetail {
    std::string training_class, mentor;
};
BOOST_DESCRIBE_STRUCT(AgreementDetail, (), (training_class, mentor))

bool is_of(TutorRow const& tutor, MentorRole role)
{
    return tutor.role == (role == MentorRole::theory_mentor ? TutorRole::theory_mentor : TutorRole::practice_mentor);
}

// One from outside has no log-in to agree with.
bool may_speak_for(Call const& call, LedClass const& class_, TutorRow const& mentor)
{
    return mentor.person ? mentor.person == call.viewer.person : class_.is_managed;
}

TutorRow const* mentor_to_speak_for(
    Call const& call, LedClass const& class_, std::vector<TutorRow> const& mentors, PersonId learner, MentorRole role)
{
    auto const found = std::ranges::find_if(
        mentors, [&](auto const& mentor) { return is_of(mentor, role) && may_speak_for(call, class_, mentor); });
    return learner == call.viewer.person || found == mentors.end() ? nullptr : &*found;
}

// Whose product it is, and the mentor in whose name the viewer speaks.
struct Spoken {
    LedClass class_;
    NamedMember learner;
    std::string mentor;
};

Spoken spoken(Call& call, OneAgreement const& input)
{
    auto class_ = led_class(call, input.id);
    if (class_.form != Form::workshop)
        throw not_found(the_class);
    auto learner = named_member(call, class_.id, input.person);
    if (!learner || learner->state != MemberState::enrolled)
        throw not_found({"学员", "learner"});
    auto const teams = team_by_person(call, class_.id);
    auto const team = teams.find(input.person);
    auto const mentors = mentors_among(tutors_of(call, class_.id), team == teams.end() ? TeamId{} : team->second);
    auto const* mentor = mentor_to_speak_for(call, class_, mentors, input.person, input.role);
    if (!mentor)
        throw forbidden();
    auto name = mentor->person ? directory::person_name(call, mentor->person).value_or("") : mentor->name;
    call.audit_subject = fmt::format("person:{}", input.person.value);
    return {std::move(class_), std::move(*learner), std::move(name)};
}

std::int64_t round_to_agree_to(Call& call, LedClass const& class_, PersonId learner)
{
    auto const submission = coursework::submission_of(call, class_.product, learner);
    if (!submission)
        throw conflict({"还没有提交成果。", "No product was handed in yet."});
    if (submission->state == coursework::SubmissionState::to_improve)
        throw conflict({"成果正在修改，请等新的一稿。", "The product is being improved; wait for the next draft."});
    return submission->rounds;
}

ledger::NewEntry fact_of(Call const& call, Spoken const& about, MentorRole role)
{
    ledger::NewEntry fact;
    fact.kind = role == MentorRole::theory_mentor ? "workshop.theory_agreed" : "workshop.practice_agreed";
    fact.happened_at = call.now;
    fact.person = about.learner.person.value;
    fact.unit = about.learner.organisation.value;
    fact.recorded_by = call.viewer.person.value;
    // Taken back and given again is a fact of its own.
    fact.source = fmt::format("programmes:agreement:{}:{}", about.class_.id.value, new_id());
    fact.data = to_json(AgreementDetail{about.class_.title, about.mentor});
    return fact;
}

std::optional<AgreementRow> agreement_with(Call& call, OneAgreement const& input)
{
    return call.db.row<AgreementRow>(
        "SELECT * FROM training_agreements WHERE county = $1 AND class = $2 AND person = $3 AND role = $4", call.county, input.id,
        input.person, input.role);
}

} // namespace

std::vector<TutorRow> mentors_among(std::vector<TutorRow> const& tutors, TeamId learners)
{
    auto mentors = tutors;
    std::erase_if(mentors, [&](auto const& tutor) {
        bool const is_mentor = tutor.role == TutorRole::theory_mentor || tutor.role == TutorRole::practice_mentor;
        return !is_mentor || (tutor.team && tutor.team != learners);
    });
    return mentors;
}

std::vector<AgreementRow> agreements_in(Call& call, ClassId id)
{
    return call.db.rows<AgreementRow>(
        "SELECT * FROM training_agreements WHERE county = $1 AND class = $2 ORDER BY person, noted_at", call.county, id);
}

std::vector<Agreement> agreements_of(std::vector<AgreementRow> const& rows, PersonId learner)
{
    std::vector<Agreement> own;
    for (auto const& row : rows)
        if (row.person == learner)
            own.push_back({row.role, row.mentor, row.round, row.noted_at});
    return own;
}

std::vector<MentorRole> may_agree_as(
    Call const& call, LedClass const& class_, std::vector<TutorRow> const& mentors, PersonId learner)
{
    std::vector<MentorRole> roles;
    for (auto const role : {MentorRole::theory_mentor, MentorRole::practice_mentor})
        if (mentor_to_speak_for(call, class_, mentors, learner, role))
            roles.push_back(role);
    return roles;
}

Nothing agree(Call& call, OneAgreement const& input)
{
    auto const about = spoken(call, input);
    call.db.hold({about.class_.id.value});
    if (agreement_with(call, input))
        return {};
    auto const round = round_to_agree_to(call, about.class_, input.person);
    auto const fact = fact_of(call, about, input.role);
    auto const entry = ledger::append(call, std::span(&fact, 1)).front().id;
    call.db.insert("training_agreements",
        AgreementRow{call.county, input.id, input.person, input.role, about.mentor, round, entry, call.viewer.person, call.now});
    return {};
}

Nothing take_agreement_back(Call& call, OneAgreement const& input)
{
    spoken(call, input);
    call.db.hold({input.id.value});
    auto const row = agreement_with(call, input);
    if (!row)
        return {};
    ledger::reverse(call, std::span(&row->entry, 1), call.say({"导师撤回同意", "The mentor took the agreement back"}));
    call.db.execute("DELETE FROM training_agreements WHERE county = $1 AND class = $2 AND person = $3 AND role = $4", call.county,
        input.id, input.person, input.role);
    return {};
}

Routes agreement_routes()
{
    using enum Permission;
    return {
        route(Verb::put, "/api/training-classes/{id}/products/{person}/agreements/{role}", signed_in, "training_product_agree",
            "A mentor agrees to the product of a workshop", agree),
        route(Verb::del, "/api/training-classes/{id}/products/{person}/agreements/{role}", signed_in, "training_agreement_remove",
            "Takes a mentor's agreement back", take_agreement_back),
    };
}

} // namespace concentric::programmes
