#include "modules/forms/access.hpp"

#include "modules/directory/directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace concentric::forms {

std::string const& form_columns()
{
    static std::string const sql = "SELECT f.*, o.name AS owner_name, o.kind AS owner_kind, o.path AS owner_path FROM forms f ";
    return sql;
}

std::string const& owner_join()
{
    static std::string const sql = directory::joined_organisation("o", "f.county", "f.owner");
    return sql;
}

std::string const watched_condition
    = "((o.path >= $2 AND o.path < $3) OR (f.state <> 'draft' AND EXISTS (SELECT 1 FROM form_places p JOIN organisations a ON "
      "a.county = p.county AND a.id = p.organisation WHERE p.county = f.county AND p.form = f.id AND (p.organisation ANY_OF($4) OR "
      "(a.path >= $2 AND a.path < $3)))))";

std::vector<std::int64_t> own_branch(Call const& call) { return directory::ids_in(call.viewer.path); }

std::vector<OwnedForm> forms_with(Call& call, std::vector<std::int64_t> const& ids)
{
    static std::string const sql = form_columns() + owner_join() + " WHERE f.county = $1 AND f.id ANY_OF($2)";
    return call.db.rows<OwnedForm>(sql, call.county, db::IntegerList{ids});
}

static std::optional<OwnedForm> form_with(Call& call, FormId id)
{
    auto found = forms_with(call, {id.value});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

bool may_manage(Call const& call, OwnedForm const& form)
{
    return call.viewer.may(Permission::send_notices) && call.viewer.reaches(form.owner_path);
}

OwnedForm managed_form(Call& call, FormId id)
{
    auto form = form_with(call, id);
    if (!form || !may_manage(call, *form))
        throw not_found(the_form);
    mark(call, id);
    return std::move(*form);
}

OwnedForm held_form(Call& call, FormId id)
{
    call.db.hold({id.value});
    return managed_form(call, id);
}

std::optional<OwnedForm> form_in_sight(Call& call, FormId id)
{
    if (call.viewer.path.empty())
        return {};
    static std::string const sql = form_columns() + owner_join() + " WHERE f.county = $1 AND f.id = $5 AND " + watched_condition;
    auto const branch = own_branch(call);
    return call.db.row<OwnedForm>(sql, call.county, call.viewer.path, call.viewer.path_end(), db::IntegerList{branch}, id);
}

OwnedForm watched_form(Call& call, FormId id)
{
    auto form = form_in_sight(call, id);
    if (!form)
        throw not_found(the_form);
    mark(call, id);
    return std::move(*form);
}

OwnForm own_form(Call& call, FormId id)
{
    auto form = form_with(call, id);
    if (!form)
        throw not_found(the_form);
    require_begun(call, *form);
    auto turns = own_turns(call, *form, places_of(call, id));
    if (turns.empty())
        throw not_found(the_form);
    return {std::move(*form), std::move(turns)};
}

void require_begun(Call const& call, FormRow const& form)
{
    if (form.state == FormState::draft || form.from_at > call.now)
        throw not_found(the_form);
}

OwnTurn const& turn_for(std::vector<OwnTurn> const& turns, std::optional<PersonId> student)
{
    if (!student && turns.size() == 1)
        return turns.front();
    if (!student)
        throw invalid("/student", "required", {"请选择是为哪个孩子填写。", "Say for which child this is."});
    auto const found = std::ranges::find(turns, *student, &OwnTurn::student);
    if (found == turns.end())
        throw not_found({"学生", "pupil"});
    return *found;
}

Published version_of(Call& call, FormId id, std::int64_t number)
{
    auto row = call.db.row<VersionRow>(
        "SELECT * FROM form_versions WHERE county = $1 AND form = $2 AND number = $3", call.county, id, number);
    if (!row)
        throw std::logic_error("a form without the version that it names");
    auto content = reflect::from_json<FormContent>(row->content);
    return {std::move(*row), std::move(content)};
}

std::vector<Published> versions_of(Call& call, FormId id)
{
    std::vector<Published> versions;
    for (auto& row : call.db.rows<VersionRow>(
             "SELECT * FROM form_versions WHERE county = $1 AND form = $2 ORDER BY number DESC", call.county, id)) {
        auto content = reflect::from_json<FormContent>(row.content);
        versions.push_back({std::move(row), std::move(content)});
    }
    return versions;
}

bool is_over(Call const& call, FormRow const& form)
{
    return form.state == FormState::closed || (form.state == FormState::published && form.until_at <= call.now);
}

bool is_open(Call const& call, FormRow const& form)
{
    return form.state == FormState::published && form.from_at <= call.now && call.now < form.until_at;
}

void require_open(Call const& call, FormRow const& form)
{
    if (!is_open(call, form))
        throw conflict({"现在不在填写时间内。", "The form cannot be filled in now."});
}

void require_version(FormRow const& form, std::int64_t version)
{
    if (version != form.version)
        throw conflict({"表单刚刚更正过，请重新打开。", "The form was corrected meanwhile; please open it again."});
}

void require_named(FormRow const& form)
{
    if (form.is_anonymous)
        throw conflict({"这份表单不记名，请匿名提交。", "This form is anonymous; cast a ballot."});
    if (form.purpose == FormPurpose::commitment)
        throw conflict({"承诺书需要签署。", "A commitment is signed."});
}

std::string audit_subject_of(FormId id) { return fmt::format("form:{}", id.value); }

void mark(Call& call, FormId id) { call.audit_subject = audit_subject_of(id); }

} // namespace concentric::forms
