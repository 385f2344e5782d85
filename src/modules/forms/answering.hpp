#pragma once

#include "modules/forms/access.hpp"
#include "modules/forms/filling.hpp"

// What somebody is asked, and answers: for a child, for the family, or for themselves.
namespace concentric::forms {

enum class FormTurnState { open, drafted, done, missed };
BOOST_DESCRIBE_ENUM(FormTurnState, open, drafted, done, missed)

struct OwnTurnView {
    std::optional<PersonId> student; // left out: somebody of the staff
    std::string name, unit_name;
    FormTurnState state = FormTurnState::open;
    bool may_sign = false; // commitments: guardians alone
    std::optional<Instant> done_at; // never of an anonymous form
    std::optional<std::string> signer_name;
};
BOOST_DESCRIBE_STRUCT(OwnTurnView, (), (student, name, unit_name, state, may_sign, done_at, signer_name))

struct OwnFormBrief {
    FormId id;
    FormPurpose purpose = FormPurpose::survey;
    FormAudience audience = FormAudience::families;
    std::string title, owner_name;
    bool is_anonymous = false, is_open = false, may_change = false;
    Instant from_at, until_at;
    std::vector<OwnTurnView> turns;
};
BOOST_DESCRIBE_STRUCT(
    OwnFormBrief, (), (id, purpose, audience, title, owner_name, is_anonymous, is_open, may_change, from_at, until_at, turns))
struct OwnForms {
    std::vector<OwnFormBrief> items; // those that wait first, then what ends soonest; ended ones of the last 90 days
};
BOOST_DESCRIBE_STRUCT(OwnForms, (), (items))

struct ShowOwnForm {
    FormId id;
    std::optional<PersonId> student;
};
BOOST_DESCRIBE_STRUCT(ShowOwnForm, (), (id, student))

struct OwnFormView : OwnFormBrief {
    std::int64_t version = 0; // that the answers go with
    FormContent content;
    std::optional<PersonId> student; // for whom the answers below are
    FormAnswers answers; // given, or kept as a draft
    std::optional<std::string> text_hash; // of a commitment
    bool has_read = false; // this version of a commitment, to its end
};
BOOST_DESCRIBE_STRUCT(OwnFormView, (OwnFormBrief), (version, content, student, answers, text_hash, has_read))

struct FillForm {
    FormId id;
    std::optional<PersonId> student;
    std::int64_t version = 0;
    std::vector<FormAnswer> answers;
};
BOOST_DESCRIBE_STRUCT(FillForm, (), (id, student, version, answers))
void check(FillForm const&, Problems&);

OwnForms own_forms(Call&, Nothing const&);
// `student` chooses whose answers come along.
OwnFormView show_own_form(Call&, ShowOwnForm const&);
// Kept until it is sent. 409 for an anonymous form, whose drafts stay on the device.
Nothing save_form_draft(Call&, FillForm const&);
// With a name. 409 where it was answered and may not change, for another version, and for an anonymous form.
OwnFormView answer_form(Call&, FillForm const&);
// The same for all that wait at one moment, in a handful of statements.
void answer_forms(Call&, std::span<BatchItem>);
// Without a name: no audit line, nothing that leads back. 409 where the turn was taken, and for a form with names.
Nothing cast_form_ballot(Call&, FillForm const&);

// For answers on paper too. The answers that count; 422 for what is missing or wrong.
FormAnswers checked_answers(FormContent const&, std::vector<FormAnswer> const&);
// In place of the turns' earlier ones.
void store_answers(Call&, std::vector<AnswerRow> const&);
// A turn whose state is open, and a form that was answered just now but for its turns and answers.
OwnTurnView shown(OwnTurn const&);
OwnFormView answered_view(Call const&, OwnedForm const&, Published const&);
inline constexpr std::size_t most_answers = 100;

Routes answering_routes();

} // namespace concentric::forms
