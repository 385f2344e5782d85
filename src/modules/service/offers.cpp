#include "modules/service/offers.hpp"

#include "modules/activities/calendar.hpp"
#include "modules/activities/served.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/service/ratings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::service {
namespace {

std::string kind_name(ServiceKind kind) { return "service." + std::string(reflect::name_of(kind)); }

ActivityId key_of(ActivityId id, ActivityId series) { return series ? series : id; }

void check_ages(std::int64_t from, std::int64_t to, Problems& problems)
{
    if (from > to)
        problems.push_back({"/age_to", "order", {"年龄上限不能小于下限。", "The oldest cannot be younger than the youngest."}});
}

activities::AnnounceActivity event_of(OfferService const& input)
{
    activities::AnnounceActivity event;
    event.organiser = input.organiser;
    event.resource = input.resource;
    event.kind = kind_name(input.kind);
    event.title = input.title;
    event.summary = input.summary;
    event.starts_at = input.starts_at;
    event.ends_at = input.ends_at;
    event.place = Text<0, 200>(std::string(input.place));
    event.audience = activities::Audience::pupils;
    event.invited = input.invited;
    event.capacity = input.capacity;
    event.needs_sign_up = true;
    event.every = input.every;
    event.until = input.until;
    return event;
}

void store_terms(Call& call, OfferRow const& row)
{
    call.db.execute("INSERT INTO service_offers (county, activity, age_from, age_to, needs) VALUES ($1, $2, $3, $4, $5) ON "
                    "CONFLICT (county, activity) DO UPDATE SET age_from = EXCLUDED.age_from, age_to = EXCLUDED.age_to, needs = "
                    "EXCLUDED.needs",
        row.county, row.activity, row.age_from, row.age_to, row.needs);
}

std::map<ActivityId, OfferRow> terms_of(Call& call, std::vector<activities::ActivityBrief> const& briefs)
{
    std::vector<std::int64_t> ids;
    for (auto const& brief : briefs)
        ids.push_back(key_of(brief.id, brief.series.value_or(ActivityId{})).value);
    std::map<ActivityId, OfferRow> found;
    for (auto& row : call.db.rows<OfferRow>(
             "SELECT * FROM service_offers WHERE county = $1 AND activity ANY_OF($2)", call.county, db::IntegerList{ids}))
        found.emplace(row.activity, row);
    return found;
}

activities::ListActivities events_asked(Call const& call, ListOffers const& input)
{
    bool const is_past = input.when == When::past;
    activities::ListActivities events;
    events.kind = input.kind ? kind_name(*input.kind) : std::string("service");
    (is_past ? events.to : events.from) = call.today();
    if (!is_past)
        events.state = activities::ActivityState::announced;
    events.order = is_past ? activities::Order::latest : activities::Order::soonest;
    events.organiser = input.organiser;
    events.is_mine = input.is_mine;
    events.q = input.q;
    events.after = input.after;
    events.limit = input.limit;
    return events;
}

// Children of the viewer who were there.
std::vector<OwnRating> own_ratings(Call& call, activities::ActivityRow const& row)
{
    std::vector<OwnRating> own;
    if (row.state != activities::ActivityState::closed)
        return own;
    for (auto const& child : directory::children_shown_to(call, call.viewer.person)) {
        if (!activities::has_result(call, row.id, child.id))
            continue;
        auto const said = rating_of(call, row.id, child.id);
        own.push_back({child.id, child.name, said ? said->stars : 0, said ? std::string(said->words) : ""});
    }
    return own;
}

OfferPage page_of(Call& call, activities::OwnedActivity const& row)
{
    OfferPage page;
    static_cast<activities::ActivityView&>(page) = activities::view_of(call, row);
    auto const terms = service::terms_of(call, row);
    page.age_from = terms.age_from;
    page.age_to = terms.age_to;
    page.needs = terms.needs;
    if (auto const base = directory::organisation(call.db, call.county, base_of(row)))
        page.base = {base->id, directory::OrganisationKind(base->kind), base->name};
    page.rating = rating_summary(call, base_of(row));
    page.own_ratings = own_ratings(call, row);
    return page;
}

} // namespace

bool is_service(activities::ActivityRow const& row) { return row.kind.starts_with("service."); }

void require_service(activities::ActivityRow const& row)
{
    if (!is_service(row))
        throw not_found(activities::the_activity);
}

OrganisationId base_of(activities::ActivityRow const& row) { return row.resource ? row.resource : row.organiser; }

OfferRow terms_of(Call& call, activities::ActivityRow const& row)
{
    auto const key = key_of(row.id, row.series);
    auto const found = call.db.row<OfferRow>("SELECT * FROM service_offers WHERE county = $1 AND activity = $2", call.county, key);
    return found.value_or(OfferRow{call.county, key, youngest, oldest, ""});
}

void check(OfferService const& input, Problems& problems)
{
    check_ages(input.age_from.value_or(Age{youngest}), input.age_to.value_or(Age{oldest}), problems);
    check(event_of(input), problems);
}

void check(ChangeTerms const& input, Problems& problems) { check_ages(input.age_from, input.age_to, problems); }

OfferPage offer_service(Call& call, OfferService const& input)
{
    auto const organiser = directory::organisation(call.db, call.county, input.organiser.value_or(call.viewer.organisation));
    auto announced = event_of(input);
    if (!announced.resource && organiser && organiser->kind == "resource")
        announced.resource = organiser->id; // it offers what happens at its own place
    auto const event = activities::announce(call, announced);
    store_terms(call,
        {call.county, key_of(event.id, event.series.value_or(ActivityId{})), input.age_from.value_or(Age{youngest}),
            input.age_to.value_or(Age{oldest}), std::string(input.needs.value_or(""))});
    return page_of(call, activities::activity_with(call, event.id).value());
}

OfferPage change_terms(Call& call, ChangeTerms const& input)
{
    auto const row = activities::managed_activity(call, input.id);
    require_service(row);
    activities::require_announced(row);
    store_terms(call, {call.county, key_of(row.id, row.series), input.age_from, input.age_to, std::string(input.needs)});
    return page_of(call, row);
}

Page<OfferView> list_offers(Call& call, ListOffers const& input)
{
    auto events = activities::list_activities(call, events_asked(call, input));
    auto const terms = terms_of(call, events.items);
    Page<OfferView> page;
    page.next = events.next;
    for (auto& brief : events.items) {
        OfferView view;
        auto const found = terms.find(key_of(brief.id, brief.series.value_or(ActivityId{})));
        if (found != terms.end()) {
            view.age_from = found->second.age_from;
            view.age_to = found->second.age_to;
            view.needs = found->second.needs;
        }
        static_cast<activities::ActivityBrief&>(view) = std::move(brief);
        page.items.push_back(std::move(view));
    }
    return page;
}

OfferPage show_offer(Call& call, activities::OneActivity const& input)
{
    auto const row = activities::visible_activity(call, input.id);
    require_service(row);
    return page_of(call, row);
}

void sign_up_asked(Call& call, activities::SignUpAsked const& asked)
{
    if (!is_service(asked.activity))
        return;
    auto const terms = terms_of(call, asked.activity);
    std::int64_t const ids[] = {asked.person.value};
    auto const births = directory::birth_days_of(call.db, call.county, ids);
    auto const birth = births.find(asked.person);
    if (!is_for(terms, birth == births.end() ? std::nullopt : std::optional(birth->second), day_at(asked.activity.starts_at)))
        throw conflict({fmt::format("这次服务面向 {} 到 {} 岁的学生。", terms.age_from, terms.age_to),
            fmt::format("This service is for pupils from {} to {} years of age.", terms.age_from, terms.age_to)});
}

} // namespace concentric::service
