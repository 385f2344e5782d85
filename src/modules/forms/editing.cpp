#include "modules/forms/editing.hpp"

#include "core/crypto.hpp"
#include "lib/pinyin.hpp"
#include "lib/text.hpp"
#include "modules/directory/class_label.hpp"
#include "modules/directory/directory.hpp"
#include "modules/forms/letters.hpp"
#include "modules/forms/templates.hpp"
#include "modules/forms/turnout.hpp"
#include "modules/forms/urns.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::forms {
namespace {

constexpr std::size_t most_places = 200;
constexpr std::int64_t longest_days = 400;

std::optional<Instant> if_set(Instant moment) { return moment.milliseconds ? std::optional(moment) : std::nullopt; }

void fill(Call& call, FormBrief& view, OwnedForm const& form, std::int64_t answers)
{
    view.id = form.id;
    view.owner = {form.owner, directory::OrganisationKind(form.owner_kind), form.owner_name};
    view.purpose = form.purpose;
    view.audience = form.audience;
    view.title = form.title;
    view.state = form.state;
    view.is_anonymous = form.is_anonymous;
    view.is_over = is_over(call, form);
    view.may_manage = may_manage(call, form);
    view.from_at = if_set(form.from_at);
    view.until_at = if_set(form.until_at);
    view.answers = answers;
    view.version = form.version;
    view.created_at = form.created_at;
}

// Whoever sees a part alone is not told of the whole.
std::int64_t answers_seen(Call& call, OwnedForm const& form)
{
    if (!may_manage(call, form))
        return 0;
    return call.db
        .value<std::int64_t>("SELECT CAST(COALESCE((SELECT COUNT(*) FROM form_answers a WHERE a.county = $1 AND a.form = $2), 0) + "
                             "COALESCE((SELECT SUM(u.ballots) FROM form_urns u WHERE u.county = $1 AND u.form = $2), 0) + "
                             "COALESCE((SELECT COUNT(*) FROM form_signatures s WHERE s.county = $1 AND s.form = $2), 0) AS BIGINT) "
                             "AS value",
            call.county, form.id)
        .value_or(0);
}

std::vector<directory::OrganisationBrief> places_shown(Call& call, FormId form)
{
    std::vector<directory::OrganisationBrief> places;
    for (auto const& [id, place] : directory::organisations(call.db, call.county, places_of(call, form)))
        places.push_back({id, directory::OrganisationKind(place.kind), place.name});
    std::ranges::sort(places, {}, &directory::OrganisationBrief::id);
    return places;
}

FormView view_of(Call& call, OwnedForm const& form)
{
    FormView view;
    fill(call, view, form, answers_seen(call, form));
    view.places = places_shown(call, form.id);
    view.may_change = form.may_change;
    auto versions = versions_of(call, form.id);
    for (auto const& [row, content] : versions)
        view.versions.push_back({row.number, row.title, row.text_hash, row.published_at});
    auto const is_draft = view.may_manage || versions.empty();
    view.content = is_draft ? reflect::from_json<FormContent>(form.content) : versions.front().content;
    view.title = is_draft ? form.title : versions.front().row.title;
    view.is_changed = !versions.empty()
        && (to_json(versions.front().content) != to_json(reflect::from_json<FormContent>(form.content))
            || versions.front().row.title != form.title);
    if (form.supersedes)
        view.supersedes = form.supersedes;
    if (form.school_year)
        view.school_year = form.school_year;
    view.revision = form.revision;
    call.version = form.revision;
    return view;
}

FormView view_with(Call& call, FormId id) { return view_of(call, managed_form(call, id)); }

directory::OrganisationRef reached(Call& call, OrganisationId id, std::string const& path)
{
    auto found = directory::organisation(call.db, call.county, id);
    if (!found || !call.viewer.reaches(found->path))
        throw invalid(
            path, "not_found", {"找不到这个机构，或不在您的管理范围内。", "There is no such organisation within your reach."});
    return std::move(*found);
}

FormRow new_row(Call& call, OrganisationId owner, FormPurpose purpose, std::string const& title, FormContent const& content)
{
    FormRow row;
    row.county = call.county;
    row.id = new_id_of<FormId>();
    row.owner = owner;
    row.purpose = purpose;
    row.audience
        = purpose == FormPurpose::commitment || purpose == FormPurpose::consent ? FormAudience::children : FormAudience::families;
    row.title = title;
    row.search = lib::search_key(title);
    row.content = Json(to_json(content));
    row.created_by = call.viewer.person;
    row.created_at = call.now;
    return row;
}

void set_places(Call& call, FormId form, std::vector<OrganisationId> const& places)
{
    std::set<OrganisationId> const once(places.begin(), places.end());
    std::size_t number = 0;
    for (auto const place : places)
        reached(call, place, fmt::format("/places/{}", number++));
    call.db.execute("DELETE FROM form_places WHERE county = $1 AND form = $2", call.county, form);
    for (auto const place : once)
        call.db.insert("form_places", PlaceRow{call.county, form, place});
}

// What people were promised when they were asked stays as it is.
void refuse_once_published(OwnedForm const& form, ChangeForm const& input)
{
    bool const touches = (input.audience && *input.audience != form.audience) || input.places
        || (input.is_anonymous && *input.is_anonymous != form.is_anonymous)
        || (input.may_change && *input.may_change != form.may_change) || (input.from_at && *input.from_at != form.from_at);
    if (touches && form.version > 0)
        throw conflict({"表单已经发布，只能更正题目和延长时间。要换对象或方式，请复制一份。",
            "The form was published: only its questions and its end can change. Copy it to ask others or otherwise."});
}

void store(Call& call, OwnedForm const& form)
{
    call.db.execute("UPDATE forms SET title = $3, search = $4, content = $5, audience = $6, is_anonymous = $7, may_change = $8, "
                    "from_at = $9, until_at = $10, revision = revision + 1 WHERE county = $1 AND id = $2",
        call.county, form.id, form.title, form.search, form.content, form.audience, form.is_anonymous, form.may_change,
        form.from_at, form.until_at);
}

// Everything that stands against publishing besides the questions themselves.
class Publishing {
public:
    Publishing(Call& call, OwnedForm const& form)
        : call_(call), form_(form), content_(reflect::from_json<FormContent>(form.content))
    {
    }

    void run()
    {
        find_faults(content_, form_.purpose, problems_);
        check_title();
        check_time();
        if (form_.version == 0)
            check_promises();
        if (!problems_.empty())
            throw invalid(std::move(problems_));
        write();
    }

private:
    void add(std::string path, std::string code, Words words)
    {
        problems_.push_back({std::move(path), std::move(code), std::move(words)});
    }

    void check_title()
    {
        if (lib::trim(form_.title).empty())
            add("/title", "required", {"请填写标题。", "Please give a title."});
    }

    void check_time()
    {
        if (form_.until_at <= std::max(form_.from_at, call_.now)
            || form_.until_at.milliseconds - call_.now.milliseconds > longest_days * milliseconds::day)
            add("/until_at", "order", {"截止时间要在开始之后、今后 400 天之内。", "It ends after it begins, within 400 days."});
    }

    void check_promises()
    {
        if (form_.purpose == FormPurpose::commitment && (form_.is_anonymous || form_.audience != FormAudience::children))
            add("/audience", "commitment",
                {"承诺书由监护人为每个孩子实名签署。", "A commitment is signed by name, by a guardian for each child."});
        if (form_.purpose == FormPurpose::consent && form_.is_anonymous)
            add("/is_anonymous", "consent", {"知情同意要知道是谁同意的。", "A consent needs a name."});
        if (form_.is_anonymous && form_.may_change)
            add("/may_change", "anonymous",
                {"匿名表单交了就无法再找到，所以不能修改。", "What is anonymous cannot be found again, so it cannot be changed."});
        auto const ranges = asked_ranges(call_, form_.id, call_.viewer.path);
        auto const turns = std::ssize(turns_at(seats_in(call_, form_, ranges)));
        if (turns == 0)
            add("/places", "empty", {"所选范围里没有要填写的人。", "Nobody in these places would be asked."});
        else if (form_.is_anonymous && turns < fewest_ballots)
            add("/places", "too_few",
                {fmt::format("匿名表单至少要发给 {} 人（户），否则认得出是谁。", fewest_ballots),
                    fmt::format("An anonymous form must ask at least {}, or people could be recognised.", fewest_ballots)});
    }

    void write()
    {
        VersionRow const version{call_.county, form_.id, form_.version + 1, form_.title, form_.content,
            crypto::sha256_hex(text_to_sign(form_.title, content_)), call_.viewer.person, call_.now};
        call_.db.insert("form_versions", version);
        auto const is_first = form_.version == 0;
        auto const from = is_first ? std::max(form_.from_at, call_.now) : form_.from_at;
        SealedText const secret = is_first && form_.is_anonymous ? new_turn_secret() : std::string(form_.turn_secret);
        call_.db.execute("UPDATE forms SET state = 'published', version = $3, from_at = $4, turn_secret = $5, school_year = $6, "
                         "published_at = $7, revision = revision + 1 WHERE county = $1 AND id = $2",
            call_.county, form_.id, version.number, from, secret,
            is_first ? directory::school_year_of(call_.today()) : form_.school_year, is_first ? call_.now : form_.published_at);
        if (is_first)
            ask_everybody(call_, form_.id, from);
        end_in_time(call_, form_.id, form_.until_at);
    }

    Call& call_;
    OwnedForm const& form_;
    FormContent const content_;
    Problems problems_;
};

} // namespace

void check(ChangeForm const& input, Problems& problems)
{
    if (input.content)
        check_size(*input.content, problems);
    if (input.places && input.places->size() > most_places)
        problems.push_back({"/places", "too_many", {"最多选 200 个机构。", "200 organisations at most."}});
}

Page<FormBrief> list_forms(Call& call, ListForms const& input)
{
    static std::string const sql = form_columns() + owner_join() + " WHERE f.county = $1 AND " + watched_condition
        + " AND (f.purpose = $5 OR $5 IS NULL) AND (f.state = $6 OR $6 IS NULL) AND (f.search LIKE $7 ESCAPE '\\' OR $7 IS NULL) "
          "AND "
          "(f.id < $8 OR $8 IS NULL) ORDER BY f.id DESC LIMIT $9";
    auto const branch = own_branch(call);
    auto const limit = input.limit ? input.limit->value : 30;
    auto const pattern = input.q ? std::optional(directory::contains_pattern(lib::search_fold(*input.q))) : std::nullopt;
    Page<FormBrief> page;
    if (call.viewer.path.empty())
        return page;
    auto const rows = call.db.rows<OwnedForm>(sql, call.county, call.viewer.path, call.viewer.path_end(), db::IntegerList{branch},
        input.purpose, input.state, pattern, input.after, limit + 1);
    for (auto const& form : rows) {
        if (static_cast<std::int64_t>(page.items.size()) == limit) {
            page.next = std::to_string(page.items.back().id.value);
            break;
        }
        fill(call, page.items.emplace_back(), form, answers_seen(call, form));
    }
    return page;
}

FormView show_form(Call& call, OneForm const& input) { return view_of(call, watched_form(call, input.id)); }

FormView create_form(Call& call, CreateForm const& input)
{
    auto const owner = reached(call, input.owner.value_or(call.viewer.organisation), "/owner");
    FormContent content;
    if (input.template_) {
        auto found = template_content(call, *input.template_);
        if (!found)
            throw invalid("/template", "unknown", {"没有这个模板。", "There is no such template."});
        content = std::move(*found);
    }
    auto const row = new_row(call, owner.id, input.purpose, input.title, content);
    call.db.insert("forms", row);
    call.db.insert("form_places", PlaceRow{call.county, row.id, owner.id});
    return view_with(call, row.id);
}

FormView change_form(Call& call, ChangeForm const& input)
{
    auto form = held_form(call, input.id);
    call.require_version(form.revision);
    if (form.state == FormState::closed)
        throw conflict({"表单已经结束。", "The form is closed."});
    refuse_once_published(form, input);
    form.title = input.title ? std::string(*input.title) : form.title;
    form.search = lib::search_key(form.title);
    if (input.content)
        form.content = Json(to_json(*input.content));
    form.audience = input.audience.value_or(form.audience);
    form.is_anonymous = input.is_anonymous.value_or(form.is_anonymous);
    form.may_change = input.may_change.value_or(form.may_change);
    form.from_at = input.from_at.value_or(form.from_at);
    if (input.until_at && form.version > 0 && (is_over(call, form) || *input.until_at <= call.now))
        throw invalid("/until_at", "order", {"只能在结束之前改到今后的时间。", "Only before its end, and to a time to come."});
    form.until_at = input.until_at.value_or(form.until_at);
    store(call, form);
    if (input.places)
        set_places(call, form.id, *input.places);
    if (input.until_at && form.version > 0)
        end_in_time(call, form.id, form.until_at);
    return view_with(call, form.id);
}

Nothing delete_form(Call& call, OneForm const& input)
{
    auto const form = held_form(call, input.id);
    if (form.version > 0)
        throw conflict({"发布过的表单不能删除。", "What was published cannot be deleted."});
    for (auto const* const statement :
        {"DELETE FROM form_places WHERE county = $1 AND form = $2", "DELETE FROM forms WHERE county = $1 AND id = $2"})
        call.db.execute(statement, call.county, form.id);
    return {};
}

FormView copy_form(Call& call, OneForm const& input)
{
    auto const form = watched_form(call, input.id);
    auto const view = view_of(call, form);
    auto const owner = may_manage(call, form) ? form.owner : call.viewer.organisation;
    auto row = new_row(call, owner, form.purpose, view.title, view.content);
    row.audience = form.audience;
    row.is_anonymous = form.is_anonymous;
    row.may_change = form.may_change;
    if (form.purpose == FormPurpose::commitment && form.version > 0 && may_manage(call, form))
        row.supersedes = form.id;
    call.db.insert("forms", row);
    if (!may_manage(call, form))
        call.db.insert("form_places", PlaceRow{call.county, row.id, owner});
    else
        call.db.execute(
            "INSERT INTO form_places (county, form, organisation) SELECT county, $3, organisation FROM form_places WHERE "
            "county = $1 AND form = $2",
            call.county, form.id, row.id);
    call.version.reset();
    return view_with(call, row.id);
}

FormView publish_form(Call& call, OneForm const& input)
{
    auto const form = held_form(call, input.id);
    call.require_version(form.revision);
    if (is_over(call, form))
        throw conflict({"表单已经结束。", "The form is over."});
    Publishing(call, form).run();
    return view_with(call, form.id);
}

FormView close_form(Call& call, OneForm const& input)
{
    auto const form = held_form(call, input.id);
    if (form.state != FormState::published)
        throw conflict({"表单没有在进行。", "The form does not run."});
    end_now(call, form.id);
    return view_with(call, form.id);
}

Routes editing_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/forms", send_notices, "form_list", "Forms made within reach, or asking people there", list_forms),
        route(Verb::get, "/api/form-templates", send_notices, "form_template_list", "What a form can begin with", list_templates),
        route(Verb::post, "/api/forms", send_notices, "form_create", "Begins a form", create_form),
        route(Verb::get, "/api/forms/{id}", send_notices, "form_show", "A form with its draft and its versions", show_form),
        route(Verb::patch, "/api/forms/{id}", send_notices, "form_change", "Saves a draft", change_form),
        route(Verb::del, "/api/forms/{id}", send_notices, "form_delete", "Throws a draft away", delete_form),
        route(Verb::post, "/api/forms/{id}/copies", send_notices, "form_copy",
            "Begins a form like this one; of a commitment, next year's", copy_form),
        route(Verb::put, "/api/forms/{id}/publication", send_notices, "form_publish",
            "Checks everything and publishes the draft, or a correction as a new version", publish_form),
        route(Verb::put, "/api/forms/{id}/closing", send_notices, "form_close", "Ends a form before its time", close_form),
    };
}

} // namespace concentric::forms
