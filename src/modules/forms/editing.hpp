#pragma once

#include "modules/directory/posts.hpp"
#include "modules/forms/access.hpp"

// Making a form: drafts that are saved as they are, and publishing, which checks everything.
namespace concentric::forms {

struct FormBrief {
    FormId id;
    directory::OrganisationBrief owner;
    FormPurpose purpose = FormPurpose::survey;
    FormAudience audience = FormAudience::families;
    std::string title;
    FormState state = FormState::draft;
    bool is_anonymous = false, is_over = false, may_manage = false;
    std::optional<Instant> from_at, until_at;
    std::int64_t answers = 0; // or signatures
    std::int64_t version = 0;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(FormBrief, (),
    (id, owner, purpose, audience, title, state, is_anonymous, is_over, may_manage, from_at, until_at, answers, version,
        created_at))

struct FormVersion {
    std::int64_t number = 0;
    std::string title, text_hash;
    Instant published_at;
};
BOOST_DESCRIBE_STRUCT(FormVersion, (), (number, title, text_hash, published_at))

struct FormView : FormBrief {
    FormContent content; // of the draft for whoever manages it, else as it was published
    std::vector<directory::OrganisationBrief> places;
    bool may_change = false; // answers, until the end
    bool is_changed = false; // the draft differs from what is published
    std::vector<FormVersion> versions; // the newest first
    std::optional<FormId> supersedes;
    std::optional<std::int64_t> school_year;
    std::int64_t revision = 1;
};
BOOST_DESCRIBE_STRUCT(FormView, (FormBrief), (content, places, may_change, is_changed, versions, supersedes, school_year, revision))

struct ListForms {
    std::optional<Text<1, 60>> q;
    std::optional<FormPurpose> purpose;
    std::optional<FormState> state;
    std::optional<FormId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListForms, (), (q, purpose, state, after, limit))

struct CreateForm {
    FormPurpose purpose = FormPurpose::survey;
    Text<1, 120> title;
    std::optional<Text<1, 40>> template_; // what it begins with
    std::optional<OrganisationId> owner; // the viewer's organisation when it is left out
};
BOOST_DESCRIBE_STRUCT(CreateForm, (), (purpose, title, template_, owner))

// What is left out stays as it is. Once published, only title, content and the end can change, and the first two count from the
// next publication on.
struct ChangeForm {
    FormId id;
    std::optional<Text<0, 120>> title;
    std::optional<FormContent> content;
    std::optional<FormAudience> audience;
    std::optional<std::vector<OrganisationId>> places;
    std::optional<bool> is_anonymous, may_change;
    std::optional<Instant> from_at, until_at;
};
BOOST_DESCRIBE_STRUCT(ChangeForm, (), (id, title, content, audience, places, is_anonymous, may_change, from_at, until_at))
void check(ChangeForm const&, Problems&);

struct OneForm {
    FormId id;
};
BOOST_DESCRIBE_STRUCT(OneForm, (), (id))

Page<FormBrief> list_forms(Call&, ListForms const&);
FormView show_form(Call&, OneForm const&);
FormView create_form(Call&, CreateForm const&);
FormView change_form(Call&, ChangeForm const&);
// Only what was never published. 409 otherwise.
Nothing delete_form(Call&, OneForm const&);
// A draft of one's own organisation with the same content; of a commitment, next year's that takes the place of this one.
FormView copy_form(Call&, OneForm const&);
// 422 with every fault and its place. The first time everybody who is asked gets a letter.
FormView publish_form(Call&, OneForm const&);
// Before its end. 409 unless it runs. The secret of an anonymous form goes, so that it can never be opened again.
FormView close_form(Call&, OneForm const&);

Routes editing_routes();

} // namespace concentric::forms
