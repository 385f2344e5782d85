#pragma once

#include "modules/forms/audience.hpp"

// Who may make a form, look at what it brought in, and answer it.
namespace concentric::forms {

// A form with its owner.
struct OwnedForm : FormRow {
    std::string owner_name, owner_kind, owner_path;
};
BOOST_DESCRIBE_STRUCT(OwnedForm, (FormRow), (owner_name, owner_kind, owner_path))

// Pieces of a statement that gives OwnedForm rows: SELECT … FROM forms f … o.
std::string const& form_columns();
std::string const& owner_join();
// The condition that a form is there for a viewer who may send forms: made within their reach, or asking people there. Parameters:
// $1 county, $2 and $3 Viewer::path and path_end, $4 the organisations at and above the viewer's own.
extern std::string const watched_condition;
std::vector<std::int64_t> own_branch(Call const&);

// Made within the viewer's reach; 404 otherwise.
bool may_manage(Call const&, OwnedForm const&);
OwnedForm managed_form(Call&, FormId);
// The same; others who change it wait.
OwnedForm held_form(Call&, FormId);
// Managed, or published and asking people within the viewer's reach. The latter see their own people's part alone.
OwnedForm watched_form(Call&, FormId);
std::optional<OwnedForm> form_in_sight(Call&, FormId); // the same, or nothing
// Published or closed, and asking the viewer; 404 otherwise. With the turns that the viewer has, at least one.
struct OwnForm {
    OwnedForm form;
    std::vector<OwnTurn> turns;
};
OwnForm own_form(Call&, FormId);
// Drafts, and what begins later, are not there for those who will be asked; 404.
void require_begun(Call const&, FormRow const&);
// The turn for that child, or the only one; 422 where it must be said.
OwnTurn const& turn_for(std::vector<OwnTurn> const&, std::optional<PersonId> student);
// Those that there are.
std::vector<OwnedForm> forms_with(Call&, std::vector<std::int64_t> const& ids);

struct Published {
    VersionRow row;
    FormContent content;
};
// A published version. Throws std::logic_error where there is none.
Published version_of(Call&, FormId, std::int64_t number);
std::vector<Published> versions_of(Call&, FormId);

bool is_open(Call const&, FormRow const&); // may be answered now
bool is_over(Call const&, FormRow const&); // closed, or past its end
// 409 unless it may be answered now.
void require_open(Call const&, FormRow const&);

// 409 for another version than the published one.
void require_version(FormRow const&, std::int64_t version);
// 409 for a form that is not answered by name.
void require_named(FormRow const&);

std::string audit_subject_of(FormId);
void mark(Call&, FormId);

} // namespace concentric::forms
