#include "modules/visits/wishes.hpp"

#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/families/change_requests.hpp"
#include "modules/families/rights.hpp"
#include "modules/visits/campaigns.hpp"
#include "modules/visits/geocoding.hpp"
#include "modules/visits/telling.hpp"

#include <algorithm>

namespace concentric::visits {
namespace {

Place place_of(VisitRow const& visit) { return visit.place.empty() ? Place{} : reflect::from_json<Place>(visit.place); }

void apply(Call& call, OwnedVisit& visit, FamilyWish const& input)
{
    require_open(campaign_of(call, visit.campaign));
    if (visit.state == VisitState::done)
        throw conflict({"这次家访已经完成。", "This visit was made already."});
    visit.wish = input.wish;
    visit.reason = input.reason.value_or(Text<0, 300>{});
    visit.times = Json(to_json(input.times));
    if (input.place)
        visit.place = to_json(*input.place);
    visit.answered_by = call.viewer.person;
    visit.state = input.wish == Wish::not_now ? VisitState::declined : VisitState::wished;
    visit.starts_at = {};
    visit.is_pinned = false;
    visit.left_because.clear();
    note_declined(call, visit);
}

struct VisitorName {
    TeamId team;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(VisitorName, (), (team, name))

std::vector<std::string> visitors_of(Call& call, TeamId team)
{
    static std::string const sql = "SELECT m.team, " + directory::person_name_in("m.county", "m.person")
        + " AS name FROM visit_team_members m WHERE m.county = $1 AND m.team = $2 ORDER BY m.is_leader DESC, m.person";
    std::vector<std::string> names;
    for (auto const& row : call.db.rows<VisitorName>(sql, call.county, team))
        names.push_back(row.name);
    return names;
}

OwnVisit own_view(Call& call, OwnedVisit const& visit)
{
    auto const campaign = campaign_of(call, visit.campaign);
    OwnVisit view;
    view.id = visit.id;
    view.student = {visit.student, visit.student_name};
    view.title = campaign.title;
    view.from = campaign.from_day;
    view.to = campaign.to_day;
    // What is being planned is not said before it is published.
    view.state = visit.state == VisitState::planned ? VisitState::wished : visit.state;
    view.wish = visit.wish;
    view.reason = visit.reason;
    view.times = reflect::from_json<WeeklyTimes>(visit.times);
    view.place = place_of(visit);
    if (is_told(visit.state) || visit.state == VisitState::done) {
        view.visitors = visitors_of(call, visit.team);
        view.starts_at = visit.starts_at;
        view.ends_at = Instant{visit.starts_at.milliseconds + visit.minutes * minute};
    }
    view.proof = visit.proof;
    view.points = points_of(call, visit, visit.student_name);
    view.shows_code = is_told(visit.state) && day_at(visit.starts_at) == call.today();
    view.version = visit.version;
    return view;
}

OwnVisit stored(Call& call, OwnedVisit& visit)
{
    store(call, visit);
    return own_view(call, visit);
}

} // namespace

void check(FamilyWish const& input, Problems& problems)
{
    check_times(input.times, "/times", problems);
    if (input.place)
        check_place(*input.place, "/place", problems);
    if (input.wish == Wish::unknown)
        problems.push_back({"/wish", "required", {"请选择家访方式。", "Say how the family wishes to meet."}});
    if (input.wish == Wish::not_now && input.reason.value_or("").empty())
        problems.push_back({"/reason", "required", {"暂不安排请说明原因。", "Say why not now."}});
}
void check(TypedWish const& input, Problems& problems) { check(static_cast<FamilyWish const&>(input), problems); }
void check(AnswerTime const& input, Problems& problems)
{
    check_times(input.times.value_or(WeeklyTimes{}), "/times", problems);
    if (!input.accepts && input.times.value_or(WeeklyTimes{}).empty())
        problems.push_back({"/times", "required", {"请填写合适的时间。", "Say which times suit better."}});
}
void check(SavePlace const& input, Problems& problems) { check_place(input.place, "/place", problems); }

WholeVisit type_wish(Call& call, TypedWish const& input)
{
    auto visit = held_visit(call, input.id);
    if (input.place && !is_in_team(call, visit.team))
        throw forbidden();
    apply(call, visit, input);
    if (input.priority)
        visit.priority = *input.priority;
    if (input.minutes)
        visit.minutes = *input.minutes;
    store(call, visit);
    return view_again(call, visit.id);
}

PlaceView show_place(Call& call, OneVisit const& input)
{
    auto const visit = team_visit(call, input.id);
    PlaceView view;
    static_cast<Place&>(view) = place_of(visit);
    view.student = {visit.student, visit.student_name};
    view.may_ask_geocoder = geocoder_here() != GeocoderKind::off && campaign_of(call, visit.campaign).asks_geocoder;
    if (view.address.empty()) {
        view.address = Text<0, 200>(families::address_of(call, visit.student, 1));
        view.is_from_roster = !view.address.empty();
    }
    return view;
}

PlaceView save_place(Call& call, SavePlace const& input)
{
    call.db.hold({input.id.value});
    auto visit = team_visit(call, input.id);
    call.require_version(visit.version);
    require_open(campaign_of(call, visit.campaign));
    visit.place = to_json(input.place);
    store(call, visit);
    return show_place(call, {input.id});
}

OwnVisits list_own(Call& call, Nothing const&)
{
    std::vector<std::int64_t> children;
    for (auto const& child : directory::children_shown_to(call, call.viewer.person))
        if (families::may(call, child.id, families::Right::confirm))
            children.push_back(child.id.value);
    static std::string const sql
        = visit_columns() + " WHERE v.county = $1 AND v.student ANY_OF($2) ORDER BY v.campaign DESC, v.id LIMIT 60";
    OwnVisits list;
    for (auto const& visit : call.db.rows<OwnedVisit>(sql, call.county, db::IntegerList{children}))
        list.items.push_back(own_view(call, visit));
    return list;
}

OwnVisit wish(Call& call, FamilyWish const& input)
{
    auto visit = family_visit(call, input.id);
    bool const was_told = is_told(visit.state);
    apply(call, visit, input);
    if (was_told)
        tell_team(call, visit, {"家长修改了家访意愿", "the family changed its wish"});
    return stored(call, visit);
}

OwnVisit answer_time(Call& call, AnswerTime const& input)
{
    auto visit = family_visit(call, input.id);
    if (!is_told(visit.state))
        throw conflict({"现在没有等待确认的时间。", "There is no time to be confirmed."});
    if (input.accepts) {
        visit.state = VisitState::confirmed;
        return stored(call, visit);
    }
    tell_team(call, visit, {"家长希望换个时间", "the family asks for another time"});
    visit.state = VisitState::moved;
    visit.times = Json(to_json(*input.times));
    visit.reason = input.reason.value_or(Text<0, 300>{});
    visit.starts_at = {};
    visit.is_pinned = false;
    return stored(call, visit);
}

VisitCode show_code(Call& call, OneVisit const& input) { return code_of(call, family_visit(call, input.id)); }

OwnVisit confirm_visit(Call& call, OneVisit const& input)
{
    auto visit = family_visit(call, input.id);
    if (visit.state != VisitState::done)
        throw conflict({"老师还没有登记这次家访。", "The visit has not been recorded yet."});
    if (visit.proof == Proof::none) {
        visit.proof = Proof::family;
        visit.proved_at = call.now;
    }
    return stored(call, visit);
}

OwnVisit tick_own_point(Call& call, TickPoint const& input)
{
    auto const visit = family_visit(call, input.id);
    tick(call, visit.id, Side::family, input);
    return own_view(call, visit);
}

} // namespace concentric::visits
