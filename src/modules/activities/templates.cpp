#include "modules/activities/templates.hpp"

#include "lib/pinyin.hpp"
#include "lib/text.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"

#include <fmt/format.h>

namespace concentric::activities {
namespace {

struct OwnedTemplate : TemplateRow {
    std::string owner_name, owner_kind, owner_path;
};
BOOST_DESCRIBE_STRUCT(OwnedTemplate, (TemplateRow), (owner_name, owner_kind, owner_path))

// Those of the organisations above the viewer's, and of all that the post reaches.
std::string const& template_statement()
{
    static std::string const sql = "SELECT t.*, o.name AS owner_name, o.kind AS owner_kind, o.path AS owner_path FROM "
                                   "activity_templates t "
        + directory::joined_organisation("o", "t.county", "t.owner")
        + " WHERE t.county = $1 AND (t.owner ANY_OF($2) OR (o.path >= $3 AND o.path < $4))";
    return sql;
}

template <class... More> auto templates_shown(Call& call, std::string const& condition, More const&... more)
{
    return call.db.rows<OwnedTemplate>(template_statement() + condition, call.county,
        db::IntegerList{directory::ids_in(call.viewer.path)}, call.viewer.path, call.viewer.path_end(), more...);
}

TemplateBrief brief_of(Call const& call, OwnedTemplate const& row)
{
    return {row.id, row.title, row.kind, call.say(words_of(row.kind)),
        {row.owner, directory::OrganisationKind(row.owner_kind), row.owner_name}, row.changed_at,
        call.viewer.reaches(row.owner_path)};
}

OwnedTemplate template_with(Call& call, TemplateId id)
{
    auto rows = templates_shown(call, " AND t.id = $5", id);
    if (rows.empty())
        throw not_found({"活动模板", "template of an event"});
    call.audit_subject = fmt::format("activity_template:{}", id.value);
    return std::move(rows.front());
}

TemplateView view_of(Call& call, OwnedTemplate const& row)
{
    TemplateView view;
    static_cast<TemplateBrief&>(view) = brief_of(call, row);
    view.content = reflect::from_json<KeptContent>(row.content);
    call.version = view.version = row.version;
    return view;
}

OwnedTemplate own_template(Call& call, TemplateId id)
{
    call.db.hold({id.value});
    auto row = template_with(call, id);
    if (!call.viewer.reaches(row.owner_path))
        throw forbidden();
    return row;
}

AnnounceActivity content_of(Call& call, OwnedActivity const& activity)
{
    AnnounceActivity content;
    content.kind = Text<1, 40>(activity.kind);
    content.title = Text<1, 120>(activity.title);
    content.summary = Text<0, 10'000>(activity.summary);
    content.starts_at = activity.starts_at;
    content.ends_at = activity.ends_at;
    content.place = Text<0, 200>(activity.place);
    content.link = Text<0, 500>(activity.link);
    content.audience = activity.audience;
    content.capacity = Capacity{activity.capacity};
    content.needs_sign_up = activity.needs_sign_up;
    content.remind_minutes = ReminderMinutes{activity.remind_minutes};
    content.travel = travel_of(call, activity.id);
    if (auto const budget = budget_of(call, activity.id))
        content.budget = PlannedBudget{Fen{budget->planned}, Text<0, 200>(budget->source)};
    return content;
}

AnnounceActivity content_in(Call& call, TemplateContent const& input)
{
    auto content = input.from ? content_of(call, watched_activity(call, *input.from)) : *input.content;
    if (!find_kind(content.kind))
        throw invalid("/content/kind", "unknown", {"没有这种活动。", "There is no such kind of event."});
    content.organiser = {};
    content.resource = {};
    content.until = {};
    content.every = {};
    content.invited.clear();
    content.partners.clear();
    content.leaders.clear();
    content.skipped.clear();
    if (content.travel)
        content.travel->insurance = {}; // each journey has its own policy
    return content;
}

} // namespace

void check(TemplateContent const& input, Problems& problems)
{
    if (input.content.has_value() == input.from.has_value())
        problems.push_back({"/content", "required", {"请给出模板内容，或选择一次活动。", "Give what it holds, or an event."}});
}

Templates list_templates(Call& call, ListTemplates const& input)
{
    Templates list;
    for (auto const& row :
        templates_shown(call, " AND (t.kind = $5 OR $5 = '') AND t.search LIKE $6 ESCAPE '\\' ORDER BY t.id DESC LIMIT 200",
            input.kind.value_or(""), input.q ? directory::contains_pattern(lib::search_fold(*input.q)) : "%"))
        list.items.push_back(brief_of(call, row));
    return list;
}

TemplateView show_template(Call& call, OneTemplate const& input) { return view_of(call, template_with(call, input.id)); }

TemplateView add_template(Call& call, AddTemplate const& input)
{
    auto const owner = directory::organisation(call.db, call.county, input.owner.value_or(call.viewer.organisation));
    if (!owner || !call.viewer.reaches(owner->path))
        throw invalid(
            "/owner", "not_found", {"找不到这个机构，或不在您的管理范围内。", "There is no such organisation within your reach."});
    auto const content = content_in(call, input);
    TemplateRow const row{call.county, new_id_of<TemplateId>(), owner->id, input.title, lib::search_key(input.title), content.kind,
        reflect::to_json(content), call.viewer.person, call.now, 1};
    call.db.insert("activity_templates", row);
    return show_template(call, {row.id});
}

TemplateView save_template(Call& call, SaveTemplate const& input)
{
    auto const row = own_template(call, input.id);
    call.require_version(row.version);
    auto const content = content_in(call, input);
    auto const text = reflect::to_json(content);
    call.db.execute("UPDATE activity_templates SET title = $3, search = $4, kind = $5, content = $6, changed_at = $7, version = "
                    "version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, input.title, lib::search_key(input.title), content.kind, sealed(text), call.now);
    return show_template(call, {row.id});
}

Nothing remove_template(Call& call, OneTemplate const& input)
{
    auto const row = own_template(call, input.id);
    call.db.execute("DELETE FROM activity_templates WHERE county = $1 AND id = $2", call.county, row.id);
    return {};
}

} // namespace concentric::activities
