#include "modules/forms/paper.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/posts.hpp"
#include "modules/forms/answering.hpp"
#include "modules/forms/letters.hpp"
#include "modules/forms/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::forms {
namespace {

OwnedForm printed_form(Call& call, FormId id)
{
    auto form = watched_form(call, id);
    if (form.state == FormState::draft)
        throw conflict({"表单还没有发布。", "The form was not published yet."});
    if (form.audience == FormAudience::staff)
        throw conflict({"纸质单只用于家庭填写的表单。", "Sheets are for forms that families fill in."});
    if (form.is_anonymous)
        throw conflict({"不记名表单不能用纸质填写：录入的人会知道是谁答的。",
            "An anonymous form is not asked on paper: whoever types an answer in would know whose it is."});
    return form;
}

// Answers are typed in by name; commitments are signed.
OwnedForm typed_form(Call& call, FormId id)
{
    auto form = printed_form(call, id);
    if (form.purpose == FormPurpose::commitment)
        throw conflict({"承诺书需要签署。", "A commitment is signed."});
    return form;
}

Asked turn_of(Call& call, FormRow const& form, PersonId student, std::optional<Household> household)
{
    auto const turns = turns_of_pupil(call, form, student);
    if (!household && turns.size() == 1)
        return turns.front();
    if (!household)
        throw invalid("/household", "required", {"请选择是孩子的哪个家。", "Say which of the child's homes this is."});
    auto const found = std::ranges::find(turns, household->value, [](auto const& one) { return one.turn.household; });
    if (found == turns.end())
        throw not_found({"孩子的这个家", "home of the child"});
    return *found;
}

struct Held {
    PersonId entered_by;
};
BOOST_DESCRIBE_STRUCT(Held, (), (entered_by))

std::optional<Held> answer_held(Call& call, FormId form, Turn const& turn)
{
    call.db.hold({turn.subject});
    return call.db.row<Held>(
        "SELECT entered_by FROM form_answers WHERE county = $1 AND form = $2 AND subject = $3 AND household = $4", call.county,
        form, turn.subject, turn.household);
}

void mark_pupil(Call& call, PersonId student) { call.audit_subject = fmt::format("person:{}", student.value); }

struct TypedRow {
    TypedId id;
    std::int64_t household = 0;
    PersonId student;
    OrganisationId unit;
    PersonId entered_by;
    Instant changed_at;
    SealedJson answers;
};
BOOST_DESCRIBE_STRUCT(TypedRow, (), (id, household, student, unit, entered_by, changed_at, answers))

} // namespace

void check(TypeAnswer const& input, Problems& problems)
{
    if (input.answers.size() > most_answers)
        problems.push_back({"/answers", "too_many", {"最多 100 个回答。", "100 answers at most."}});
}

FormSheet show_sheet(Call& call, OneSheet const& input)
{
    auto const form = printed_form(call, input.id);
    auto const version = version_of(call, form.id, form.version);
    return {version.row.title, version.row.number, version.content};
}

Download print_sheet(Call& call, OneSheet const& input)
{
    auto const form = printed_form(call, input.id);
    return draw_sheet(call, form, version_of(call, form.id, form.version));
}

TypedAnswer type_answer(Call& call, TypeAnswer const& input)
{
    auto const form = typed_form(call, input.id);
    auto const asked = turn_of(call, form, input.student, input.household);
    mark_pupil(call, input.student);
    require_open(call, form);
    if (input.version != form.version)
        throw conflict({"表单更正过，请按新的纸质单录入。", "The form was corrected; type in from the new sheet."});
    auto const held = answer_held(call, form.id, asked.turn);
    if (held && !held->entered_by)
        throw conflict({"家长已经自己填写，以其填写为准。", "The family answered on its own; that counts."});
    auto const kept = checked_answers(version_of(call, form.id, form.version).content, input.answers);
    store_answers(call,
        {{call.county, form.id, asked.turn.subject, asked.turn.household, form.version, {}, asked.unit, call.now,
            SealedJson(to_json(kept)), new_id(), call.viewer.person, input.student}});
    settle_letter(call, form, {asked.turn, asked.person, {}, {}, {}, {}, false});
    return {input.student, asked.name, asked.unit_name, asked.turn.household,
        directory::person_name(call, call.viewer.person).value_or(""), call.now, kept.items};
}

Nothing take_typed_back(Call& call, OneTypedAnswer const& input)
{
    auto const form = typed_form(call, input.id);
    auto const turn = turn_of(call, form, input.student, input.household).turn;
    mark_pupil(call, input.student);
    require_open(call, form);
    auto const held = answer_held(call, form.id, turn);
    if (!held || !held->entered_by)
        throw conflict({"这不是纸质录入的回答。", "This answer did not come on paper."});
    call.db.execute("DELETE FROM form_answers WHERE county = $1 AND form = $2 AND subject = $3 AND household = $4", call.county,
        form.id, turn.subject, turn.household);
    return {};
}

Page<TypedAnswer> list_typed(Call& call, ListTyped const& input)
{
    auto const form = typed_form(call, input.id);
    auto const limit = static_cast<std::size_t>(input.limit.value_or(Limit{60}).value);
    auto rows = call.db.rows<TypedRow>(
        "SELECT a.id, a.household, a.student, a.unit, a.entered_by, a.changed_at, a.answers FROM form_answers a JOIN "
        "organisations o ON o.county = a.county AND o.id = a.unit WHERE a.county = $1 AND a.form = $2 AND a.entered_by <> 0 AND "
        "o.path >= $3 AND o.path < $4 AND (a.id < $5 OR $5 = 0) ORDER BY a.id DESC LIMIT $6",
        call.county, form.id, call.viewer.path, call.viewer.path_end(), input.after.value_or(TypedId{}),
        static_cast<std::int64_t>(limit + 1));
    Page<TypedAnswer> page;
    if (rows.size() > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    std::vector<std::int64_t> ids;
    for (auto const& row : rows)
        ids.insert(ids.end(), {row.student.value, row.unit.value, row.entered_by.value});
    auto const names = directory::names_of(call, ids);
    auto const name = [&](std::int64_t id) { return names.contains(id) ? names.at(id) : std::string(); };
    for (auto const& row : rows)
        page.items.push_back({row.student, name(row.student.value), name(row.unit.value), row.household, name(row.entered_by.value),
            row.changed_at, reflect::from_json<FormAnswers>(row.answers).items});
    return page;
}

Routes paper_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/forms/{id}/sheet", send_notices, "form_sheet_show", "What stands on a form's sheet of paper",
            show_sheet),
        route(Verb::get, "/api/forms/{id}/sheet.pdf", send_notices, "form_sheet_export", "A form to be filled in by hand",
            print_sheet)
            .as_personal_file(),
        route(Verb::get, "/api/forms/{id}/paper-answers", send_notices, "form_paper_list",
            "Answers that were typed in from paper, the latest first", list_typed)
            .as_personal_file(),
        route(Verb::put, "/api/forms/{id}/paper-answers/{student}", send_notices, "form_paper_enter",
            "Types in what a family answered on paper", type_answer),
        route(Verb::del, "/api/forms/{id}/paper-answers/{student}", send_notices, "form_paper_remove",
            "Takes back what was typed in by mistake", take_typed_back),
    };
}

} // namespace concentric::forms
