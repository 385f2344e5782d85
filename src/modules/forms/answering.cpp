#include "modules/forms/answering.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/forms/commitments.hpp"
#include "modules/forms/own_turns.hpp"
#include "modules/forms/urns.hpp"

#include <algorithm>

namespace concentric::forms {
namespace {

constexpr std::int64_t shown_after_end = 90LL * 24 * 60 * 60 * 1000;

std::optional<AnswerRow> answer_of(Call& call, FormId form, Turn const& turn)
{
    return call.db.row<AnswerRow>("SELECT * FROM form_answers WHERE county = $1 AND form = $2 AND subject = $3 AND household = $4",
        call.county, form, turn.subject, turn.household);
}

std::optional<FormDraftRow> draft_of(Call& call, FormId form, Turn const& turn)
{
    return call.db.row<FormDraftRow>(
        "SELECT * FROM form_drafts WHERE county = $1 AND person = $2 AND form = $3 AND subject = $4 AND household = $5",
        call.county, call.viewer.person, form, turn.subject, turn.household);
}

FormTurnState state_without_answer(Call& call, FormRow const& form, Turn const& turn)
{
    if (!is_open(call, form))
        return FormTurnState::missed;
    return !form.is_anonymous && draft_of(call, form.id, turn) ? FormTurnState::drafted : FormTurnState::open;
}

void add_signature(Call& call, FormRow const& form, OwnTurn const& own, OwnTurnView& view)
{
    auto const signature = signature_of(call, form.id, own.student);
    if (!signature)
        return;
    view.state = FormTurnState::done;
    view.done_at = signature->signed_at;
    view.signer_name = signature->signer_name;
}

// Once an anonymous form is over, its secret is gone and nobody can tell any more who took part.
void add_turn_taken(Call& call, FormRow const& form, OwnTurn const& own, OwnTurnView& view)
{
    if (form.is_anonymous) {
        if (!form.turn_secret.empty() && took_turn(call, form, own.turn.subject, own.turn.household))
            view.state = FormTurnState::done;
    } else if (auto const answer = answer_of(call, form.id, own.turn)) {
        view.state = FormTurnState::done;
        view.done_at = answer->changed_at;
    }
}

OwnTurnView turn_view(Call& call, FormRow const& form, OwnTurn const& own)
{
    auto view = shown(own);
    view.state = state_without_answer(call, form, own.turn);
    if (form.purpose == FormPurpose::commitment)
        add_signature(call, form, own, view);
    else
        add_turn_taken(call, form, own, view);
    return view;
}

void fill_head(Call const& call, OwnFormBrief& view, OwnedForm const& form, std::string const& title)
{
    view.id = form.id;
    view.purpose = form.purpose;
    view.audience = form.audience;
    view.title = title;
    view.owner_name = form.owner_name;
    view.is_anonymous = form.is_anonymous;
    view.is_open = is_open(call, form);
    view.may_change = form.may_change;
    view.from_at = form.from_at;
    view.until_at = form.until_at;
}

void fill_brief(Call& call, OwnFormBrief& view, OwnForm const& own, std::string const& title)
{
    fill_head(call, view, own.form, title);
    for (auto const& turn : own.turns)
        view.turns.push_back(turn_view(call, own.form, turn));
}

struct OfferedForm : OwnedForm {
    std::string published_title;
};
BOOST_DESCRIBE_STRUCT(OfferedForm, (OwnedForm), (published_title))

std::vector<OfferedForm> forms_around(Call& call)
{
    static std::string const sql = "SELECT f.*, o.name AS owner_name, o.kind AS owner_kind, o.path AS owner_path, v.title AS "
                                   "published_title FROM forms f JOIN form_versions v ON v.county = f.county AND v.form = f.id AND "
                                   "v.number = f.version "
        + owner_join()
        + " WHERE f.county = $1 AND f.id IN (SELECT p.form FROM form_places p WHERE p.county = $1 AND p.organisation ANY_OF($2)) "
          "AND "
          "f.state <> 'draft' AND f.from_at <= $3 AND f.until_at > $4 ORDER BY f.until_at, f.id";
    std::vector<std::int64_t> branch;
    for (auto const& child : directory::children_shown_to(call, call.viewer.person))
        for (auto const id : directory::ids_in(child.path))
            branch.push_back(id);
    for (auto const& post : directory::posts_of(call, call.viewer.person, call.today()))
        for (auto const id : directory::ids_in(post.path))
            branch.push_back(id);
    return call.db.rows<OfferedForm>(
        sql, call.county, db::IntegerList{branch}, call.now, Instant{call.now.milliseconds - shown_after_end});
}

bool waits(OwnFormBrief const& form)
{
    return form.is_open && std::ranges::any_of(form.turns, [&](auto const& turn) {
        return turn.state == FormTurnState::open || turn.state == FormTurnState::drafted;
    });
}

OwnForm own_named(Call& call, FormId id)
{
    auto own = own_form(call, id);
    require_named(own.form);
    return own;
}

// The school of somebody's class or post, so that results by school are possible and by class are not.
OrganisationId school_of(Call& call, OwnTurn const& own)
{
    auto const school = directory::schools_above(call, {own.path}).front();
    return school.id ? school.id : own.unit;
}

// The form at one of its turns, with what was answered or begun there.
OwnFormView view_of(Call& call, OwnForm const& own, OwnTurn const& turn)
{
    auto const answer = own.form.is_anonymous || own.form.purpose == FormPurpose::commitment
        ? std::nullopt
        : answer_of(call, own.form.id, turn.turn);
    // Whoever answered an earlier version sees that one, until they may and do answer anew.
    bool const is_settled = answer && !(own.form.may_change && is_open(call, own.form));
    auto const version = version_of(call, own.form.id, is_settled ? answer->version : own.form.version);
    OwnFormView view;
    fill_brief(call, view, own, version.row.title);
    view.version = version.row.number;
    view.content = version.content;
    if (turn.student)
        view.student = turn.student;
    if (auto const draft = own.form.is_anonymous ? std::nullopt : draft_of(call, own.form.id, turn.turn))
        view.answers = reflect::from_json<FormAnswers>(draft->answers);
    else if (answer)
        view.answers = reflect::from_json<FormAnswers>(answer->answers);
    if (own.form.purpose == FormPurpose::commitment) {
        view.text_hash = version.row.text_hash;
        view.has_read = reading_of(call, own.form.id, version.row.number).has_value();
    }
    return view;
}

} // namespace

OwnTurnView shown(OwnTurn const& own)
{
    OwnTurnView view;
    if (own.student)
        view.student = own.student;
    view.name = own.name;
    view.unit_name = own.unit_name;
    view.may_sign = own.may_sign;
    return view;
}

OwnFormView answered_view(Call const& call, OwnedForm const& form, Published const& version)
{
    OwnFormView view;
    fill_head(call, view, form, version.row.title);
    view.version = version.row.number;
    view.content = version.content;
    return view;
}

FormAnswers checked_answers(FormContent const& content, std::vector<FormAnswer> const& answers)
{
    Problems problems;
    auto kept = taken(content, FormAnswers{answers}, problems);
    if (!problems.empty())
        throw invalid(std::move(problems));
    return kept;
}

void store_answers(Call& call, std::vector<AnswerRow> const& rows)
{
    db::Batch batch;
    for (auto const& row : rows)
        batch.add(row.county, row.form, row.subject, row.household, row.version, row.answered_by, row.unit, row.changed_at,
            row.answers, row.id, row.entered_by, row.student);
    batch.run(call.db,
        "INSERT INTO form_answers (county, form, subject, household, version, answered_by, unit, changed_at, answers, id, "
        "entered_by, student) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (county, form, subject, "
        "household) DO UPDATE SET version = EXCLUDED.version, answered_by = EXCLUDED.answered_by, unit = EXCLUDED.unit, "
        "changed_at = EXCLUDED.changed_at, answers = EXCLUDED.answers, entered_by = EXCLUDED.entered_by, student = "
        "EXCLUDED.student");
}

void check(FillForm const& input, Problems& problems)
{
    if (input.answers.size() > most_answers)
        problems.push_back({"/answers", "too_many", {"最多 100 个回答。", "100 answers at most."}});
}

OwnForms own_forms(Call& call, Nothing const&)
{
    OwnForms list;
    auto const person = call.viewer.person;
    Answerers const answerers(call, {person.value});
    for (auto& form : forms_around(call)) {
        auto const title = form.published_title;
        OwnForm own{form, answerers.turns(form, places_of(call, form.id), person, call.language)};
        if (!own.turns.empty())
            fill_brief(call, list.items.emplace_back(), own, title);
    }
    std::ranges::stable_sort(list.items, [](auto const& a, auto const& b) { return waits(a) > waits(b); });
    return list;
}

OwnFormView show_own_form(Call& call, ShowOwnForm const& input)
{
    auto const own = own_form(call, input.id);
    return view_of(call, own, input.student || own.turns.size() == 1 ? turn_for(own.turns, input.student) : own.turns.front());
}

Nothing save_form_draft(Call& call, FillForm const& input)
{
    auto const own = own_named(call, input.id);
    require_open(call, own.form);
    auto const turn = turn_for(own.turns, input.student).turn;
    FormDraftRow const row{call.county, call.viewer.person, input.id, turn.subject, turn.household,
        SealedJson(to_json(FormAnswers{input.answers})), call.now, new_id()};
    call.db.execute(
        "INSERT INTO form_drafts (county, person, form, subject, household, answers, saved_at, id) VALUES ($1, $2, $3, $4, $5, "
        "$6, $7, $8) ON CONFLICT (county, person, form, subject, household) DO UPDATE SET answers = EXCLUDED.answers, saved_at "
        "= EXCLUDED.saved_at",
        row.county, row.person, row.form, row.subject, row.household, row.answers, row.saved_at, row.id);
    return {};
}

Nothing cast_form_ballot(Call& call, FillForm const& input)
{
    auto const own = own_form(call, input.id);
    if (!own.form.is_anonymous)
        throw conflict({"这份表单是实名的。", "This form is answered by name."});
    require_open(call, own.form);
    require_version(own.form, input.version);
    auto const& turn = turn_for(own.turns, input.student);
    cast_ballot(call, own.form, turn.turn.subject, turn.turn.household,
        {own.form.version, school_of(call, turn),
            checked_answers(version_of(call, own.form.id, own.form.version).content, input.answers)});
    return {};
}

Routes answering_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/own-forms", signed_in, "own_form_list", "What the viewer is asked to fill in or sign", own_forms),
        route(Verb::get, "/api/own-forms/{id}", signed_in, "own_form_show", "A form that the viewer is asked to fill in",
            show_own_form),
        route(Verb::put, "/api/own-forms/{id}/draft", signed_in, "form_draft_save", "Keeps what was filled in so far",
            save_form_draft)
            .unlisted(),
        route(Verb::put, "/api/own-forms/{id}/answer", signed_in, "form_answer", "Answers a form by name", answer_form)
            .batched(answer_forms),
        route(Verb::post, "/api/own-forms/{id}/ballot", signed_in, "form_ballot_cast",
            "Answers an anonymous form: nothing leads back to whoever sent it", cast_form_ballot)
            .unlisted(),
    };
}

} // namespace concentric::forms
