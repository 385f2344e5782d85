#include "modules/activities/place_rules.hpp"

#include "modules/activities/quotas.hpp"
#include "modules/activities/views.hpp"
#include "modules/activities/waiting.hpp"
#include "modules/directory/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::activities {
namespace {

bool says_nothing(QuotaContent const& quota) { return !quota.unit && !quota.stage && !quota.role && !quota.kind; }

Instant shifted(std::optional<Instant> at, std::int64_t shift)
{
    return at && at->milliseconds ? Instant{at->milliseconds + shift} : Instant{};
}

std::optional<Instant> unless_never(Instant at) { return at.milliseconds ? std::optional(at) : std::nullopt; }

// Within reach, or among those invited: a community keeps places for schools around it.
void require_units(Call& call, ActivityId id, std::vector<QuotaContent> const& quotas)
{
    auto const invited = parties_of(call, id, Part::audience);
    for (std::size_t i = 0; i < quotas.size(); ++i) {
        if (!quotas[i].unit)
            continue;
        auto const found = directory::organisation(call.db, call.county, *quotas[i].unit);
        if (!found || !(call.viewer.reaches(found->path) || is_below_any(found->path, invited)))
            throw invalid(fmt::format("/places/quotas/{}/unit", i), "not_found",
                {"找不到这个机构，或不在您的管理范围内。", "There is no such organisation within your reach."});
    }
}

QuotaRow row_of(Call const& call, ActivityId id, std::size_t place, QuotaContent const& quota)
{
    return {call.county, id, static_cast<std::int64_t>(place + 1), quota.unit.value_or(OrganisationId{}),
        quota.stage.value_or(directory::StageName()), quota.role ? std::string(name_of(*quota.role)) : std::string(),
        quota.kind.value_or(directory::OrganisationKind()), quota.places.value};
}

void store(Call& call, PlaceRulesRow const& row)
{
    call.db.execute(
        "INSERT INTO activity_place_rules (county, activity, opens_at, closes_at, closed_at, waiting, offer_minutes, release_at, "
        "is_released) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (county, activity) DO UPDATE SET opens_at = "
        "EXCLUDED.opens_at, closes_at = EXCLUDED.closes_at, closed_at = EXCLUDED.closed_at, waiting = EXCLUDED.waiting, "
        "offer_minutes = EXCLUDED.offer_minutes, release_at = EXCLUDED.release_at, is_released = EXCLUDED.is_released",
        row.county, row.activity, row.opens_at, row.closes_at, row.closed_at, row.waiting, row.offer_minutes, row.release_at,
        row.is_released);
}

Words words_for(ComingAs role)
{
    switch (role) {
    case ComingAs::carer: return {"家长", "Carers"};
    case ComingAs::pupil: return {"学生", "Pupils"};
    case ComingAs::staff: break;
    }
    return {"教职工", "Staff"};
}

QuotaView view_of(Call& call, QuotaRow const& row)
{
    QuotaView view{row.number, {}, {}, {}, reflect::value_named<ComingAs>(row.role), {}, row.places, 0};
    std::vector<std::string> words;
    if (auto const unit = row.unit ? directory::organisation(call.db, call.county, row.unit) : std::nullopt) {
        view.unit = directory::OrganisationBrief{unit->id, directory::OrganisationKind(unit->kind), unit->name};
        words.push_back(unit->name);
    }
    if (!row.stage.empty()) {
        view.stage = row.stage;
        words.push_back(call.say(directory::words_of(directory::stages(), row.stage)));
    }
    if (!row.kind.empty()) {
        view.kind = row.kind;
        words.push_back(call.say(directory::words_of(directory::organisation_kinds(), row.kind)));
    }
    if (view.role)
        words.push_back(call.say(words_for(*view.role)));
    view.name = fmt::format("{}", fmt::join(words, " · "));
    return view;
}

ActivityView set_closed(Call& call, ActivityId id, bool is_closed)
{
    auto const activity = managed_activity(call, id);
    require_before_start(call, activity);
    auto rules = place_rules_of(call, id);
    if (is_closed != (rules.closed_at.milliseconds > 0)) {
        rules.closed_at = is_closed ? call.now : Instant{};
        store(call, rules);
    }
    return view_again(call, id);
}

} // namespace

void check(PlaceRules const& input, std::int64_t capacity, Problems& problems)
{
    if (input.opens_at && input.closes_at && *input.closes_at <= *input.opens_at)
        problems.push_back({"/places/closes_at", "order", {"截止时间要晚于开始报名的时间。", "Sign-up closes after it opens."}});
    if (input.release_at && input.quotas.empty())
        problems.push_back({"/places/release_at", "no_quotas",
            {"没有分配名额，也就没有可释放的名额。", "There are no quotas whose places could be released."}});
    if (input.quotas.size() > most_quotas)
        problems.push_back({"/places/quotas", "length", {"最多分 40 组名额。", "At most 40 quotas."}});
    std::int64_t places = 0;
    for (std::size_t i = 0; i < input.quotas.size(); ++i) {
        places += input.quotas[i].places.value;
        if (says_nothing(input.quotas[i]))
            problems.push_back(
                {fmt::format("/places/quotas/{}", i), "required", {"请写明这组名额给谁。", "Please say whose places these are."}});
    }
    if (capacity > 0 && places > capacity)
        problems.push_back(
            {"/places/quotas", "capacity", {"各组名额之和超过了总名额。", "The quotas together have more places than there are."}});
}

PlaceRulesRow place_rules_of(Call& call, ActivityId id)
{
    PlaceRulesRow usual;
    usual.county = call.county;
    usual.activity = id;
    return call.db.row<PlaceRulesRow>("SELECT * FROM activity_place_rules WHERE county = $1 AND activity = $2", call.county, id)
        .value_or(usual);
}

std::vector<QuotaRow> quotas_of(Call& call, ActivityId id)
{
    return call.db.rows<QuotaRow>(
        "SELECT * FROM activity_quotas WHERE county = $1 AND activity = $2 ORDER BY number", call.county, id);
}

PlacesView places_view(Call& call, ActivityRow const& activity)
{
    auto const rules = place_rules_of(call, activity.id);
    PlacesView view{unless_never(rules.opens_at), unless_never(rules.closes_at), unless_never(rules.release_at), rules.waiting,
        rules.offer_minutes, rules.closed_at.milliseconds > 0, false, rules.is_released, {}};
    view.is_open = activity.state == ActivityState::announced && activity.starts_at > call.now && !view.is_closed
        && rules.opens_at <= call.now && (!view.closes_at || *view.closes_at > call.now);
    auto const quotas = quotas_of(call, activity.id);
    if (quotas.empty())
        return view;
    auto const taken = taken_by_quota(call, activity.id);
    for (auto const& row : quotas) {
        view.quotas.push_back(view_of(call, row));
        if (auto const found = taken.find(row.number); found != taken.end())
            view.quotas.back().taken = found->second;
    }
    return view;
}

void set_place_rules(Call& call, OwnedActivity const& activity, PlaceRules const& input, std::int64_t shift)
{
    require_units(call, activity.id, input.quotas);
    auto row = place_rules_of(call, activity.id);
    row.opens_at = shifted(input.opens_at, shift);
    row.closes_at = shifted(input.closes_at, shift);
    row.release_at = shifted(input.release_at, shift);
    row.is_released = false;
    row.waiting = input.waiting.value_or(WaitingRule::automatic);
    row.offer_minutes = input.offer_minutes.value_or(OfferMinutes{usual_offer}).value;
    store(call, row);
    call.db.execute("DELETE FROM activity_quotas WHERE county = $1 AND activity = $2", call.county, activity.id);
    std::vector<QuotaRow> quotas;
    for (std::size_t i = 0; i < input.quotas.size(); ++i)
        quotas.push_back(row_of(call, activity.id, i, input.quotas[i]));
    call.db.load("activity_quotas", quotas);
    assign_quotas(call, activity.id, quotas);
}

void move_place_rules(Call& call, ActivityId id, std::int64_t shift)
{
    call.db.execute(
        "UPDATE activity_place_rules SET opens_at = CASE WHEN opens_at = 0 THEN 0 ELSE opens_at + $3 END, closes_at = CASE WHEN "
        "closes_at = 0 THEN 0 ELSE closes_at + $3 END, release_at = CASE WHEN release_at = 0 THEN 0 ELSE release_at + $3 END "
        "WHERE county = $1 AND activity = $2",
        call.county, id, shift);
}

void require_room_for_quotas(Call& call, ActivityRow const& activity)
{
    std::int64_t places = 0;
    for (auto const& quota : quotas_of(call, activity.id))
        places += quota.places;
    if (activity.capacity > 0 && places > activity.capacity)
        throw invalid("/capacity", "quotas",
            {"总名额少于各组名额之和，请先调整分组名额。", "The quotas need more places than that; please change them first."});
}

void require_before_start(Call const& call, ActivityRow const& activity)
{
    require_announced(activity);
    if (activity.starts_at <= call.now)
        throw conflict({"活动已经开始，不能再报名或取消。", "The event has begun: nobody signs up or withdraws any more."});
}

void require_open(Call const& call, ActivityRow const& activity, PlaceRulesRow const& rules)
{
    require_before_start(call, activity);
    if (rules.closed_at.milliseconds)
        throw conflict({"主办方已关闭报名。", "The organiser has closed sign-up."});
    if (rules.opens_at > call.now)
        throw conflict({"还没有到开始报名的时间。", "Sign-up has not opened yet."});
    if (rules.closes_at.milliseconds && rules.closes_at <= call.now)
        throw conflict({"报名已经截止。", "Sign-up has closed."});
}

ActivityView close_sign_up(Call& call, OneActivity const& input) { return set_closed(call, input.id, true); }
ActivityView reopen_sign_up(Call& call, OneActivity const& input) { return set_closed(call, input.id, false); }

} // namespace concentric::activities
