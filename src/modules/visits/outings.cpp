#include "modules/visits/outings.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/visits/telling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::visits {
namespace {

using milliseconds::hour;
constexpr std::int64_t oldest = 7 * 24 * hour; // that a phone off line may still tell

struct JobInput {
    TeamId team;
    Day day;
};
BOOST_DESCRIBE_STRUCT(JobInput, (), (team, day))

CampaignRow campaign_of_team(Call& call, TeamId team)
{
    auto found = call.db.row<CampaignRow>("SELECT c.* FROM visit_campaigns c JOIN visit_teams t ON t.county = c.county AND "
                                          "t.campaign = c.id WHERE c.county = $1 AND t.id = $2",
        call.county, team);
    if (!found)
        throw not_found(the_team);
    return std::move(*found);
}

struct Named {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Named, (), (name))
std::vector<std::string> names_in(Call& call, TeamId team)
{
    static std::string const sql = "SELECT " + directory::person_name_in("m.county", "m.person")
        + " AS name FROM visit_team_members m WHERE m.county = $1 AND m.team = $2 ORDER BY m.is_leader DESC, m.person";
    std::vector<std::string> names;
    for (auto const& row : call.db.rows<Named>(sql, call.county, team))
        names.push_back(row.name);
    return names;
}

std::string joined_names(Call& call, TeamId team) { return fmt::format("{}", fmt::join(names_in(call, team), "、")); }

std::optional<OutingRow> outing_with(Call& call, TeamId team, Day day)
{
    return call.db.row<OutingRow>(
        "SELECT * FROM visit_outings WHERE county = $1 AND team = $2 AND day = $3", call.county, team, day);
}

// When the last visit of the day ends by plan; where none is planned any more, an hour after the team left.
Instant due_back(Call& call, OutingRow const& row)
{
    auto const last = call.db.value<std::int64_t>(
        "SELECT MAX(starts_at + minutes * 60000) AS value FROM visits WHERE county = $1 AND team = $2 AND starts_at >= $3 AND "
        "starts_at < $4 AND state IN ('planned', 'published', 'confirmed', 'done') HAVING count(*) > 0",
        call.county, row.team, start_of(row.day), start_of(plus_days(row.day, 1)));
    return {std::max(last.value_or(0), row.left_at.milliseconds + hour)};
}

Outing view_of(Call& call, OutingRow const& row)
{
    Outing view{row.team, joined_names(call, row.team), row.day, row.left_at, {}, due_back(call, row), false};
    if (row.back_at.milliseconds)
        view.back_at = row.back_at;
    view.is_overdue = !view.back_at && call.now.milliseconds >= view.due_back_at.milliseconds + hour;
    return view;
}

// Somebody of the team, on a day that is not to come.
Instant said_at(Call& call, SayLeft const& input)
{
    if (!is_in_team(call, input.id))
        throw not_found(the_team);
    auto const at = input.at.value_or(call.now);
    if (input.day > call.today() || at.milliseconds > call.now.milliseconds + 2 * minute
        || call.now.milliseconds - at.milliseconds > oldest)
        throw invalid("/at", "time", {"时间不能在今后，也不能早于七天之前。", "A time within the last seven days, please."});
    if (day_at(at) != input.day)
        throw invalid("/at", "day", {"时间要在这一天之内。", "A time on that day, please."});
    call.audit_subject = fmt::format("visit_team:{}", input.id.value);
    call.db.hold({input.id.value});
    return std::min(at, call.now);
}

void look_later(Call& call, OutingRow const& row)
{
    call.jobs.add_at(call, outing_job, to_json(JobInput{row.team, row.day}), Instant{due_back(call, row).milliseconds + hour});
}

void tell_that_it_is_out(Call& call, OutingRow const& row)
{
    auto const names = joined_names(call, row.team);
    auto const left = text_of(row.left_at).substr(11, 5);
    auto const campaign = campaign_of_team(call, row.team);
    tell_leaders(call, campaign, row.team,
        {inbox::LetterKind::family,
            {fmt::format("家访小组还没有报平安：{}", names), fmt::format("A visiting team is not back yet: {}", names)},
            {fmt::format("{} 出发，最后一次家访已结束一小时以上。请联系确认。", left),
                fmt::format("Left at {}; the last visit ended more than an hour ago. Please call them.", left)},
            fmt::format("/visit-campaigns/{}?tab=outings", campaign.id.value), true});
}

std::vector<TeamId> teams_on(Call& call, Day day)
{
    auto const own = directory::kept_record(call, call.viewer.person);
    return call.db.values<TeamId>(
        "SELECT DISTINCT m.team AS value FROM visit_team_members m JOIN visits v ON v.county = m.county AND v.team = m.team WHERE "
        "m.county = $1 AND m.person = $2 AND v.starts_at >= $3 AND v.starts_at < $4 ORDER BY m.team",
        call.county, own, start_of(day), start_of(plus_days(day, 1)));
}

DayWay way_of(Call& call, TeamId team, Day day)
{
    DayWay way;
    way.team = team;
    way.campaign_title = campaign_of_team(call, team).title;
    way.members = names_in(call, team);
    auto route = show_route(call, {team, day});
    way.base = std::move(route.base);
    for (auto& stop : route.stops)
        way.stops.push_back({view_again(call, stop.visit.id), std::move(stop.place)});
    if (auto const row = outing_with(call, team, day))
        way.outing = view_of(call, *row);
    return way;
}

} // namespace

VisitDay show_day(Call& call, OneDay const& input)
{
    VisitDay day{input.day, {}};
    for (auto const team : teams_on(call, input.day))
        day.ways.push_back(way_of(call, team, input.day));
    call.audit_subject = fmt::format("visit_day:{}", text_of(input.day));
    return day;
}

Outing say_left(Call& call, SayLeft const& input)
{
    auto const at = said_at(call, input);
    if (auto const known = outing_with(call, input.id, input.day))
        return view_of(call, *known);
    OutingRow row;
    row.county = call.county;
    row.team = input.id;
    row.day = input.day;
    row.left_at = at;
    row.left_by = call.viewer.person;
    call.db.insert("visit_outings", row);
    look_later(call, row);
    return view_of(call, row);
}

Outing say_back(Call& call, SayBack const& input)
{
    auto const at = said_at(call, input);
    auto row = outing_with(call, input.id, input.day);
    if (!row)
        throw conflict({"小组还没有登记出发。", "The team has not said that it left."});
    if (!row->back_at.milliseconds) {
        row->back_at = std::max(at, row->left_at);
        row->back_by = call.viewer.person;
        call.db.execute("UPDATE visit_outings SET back_at = $4, back_by = $5 WHERE county = $1 AND team = $2 AND day = $3",
            call.county, row->team, row->day, row->back_at, row->back_by);
    }
    return view_of(call, *row);
}

OutingList list_outings(Call& call, OneCampaign const& input)
{
    auto const campaign = seen_campaign(call, input.id);
    if (!call.viewer.reaches(campaign.school_path))
        throw not_found(the_campaign);
    OutingList list;
    for (auto const& row : call.db.rows<OutingRow>(
             "SELECT o.* FROM visit_outings o JOIN visit_teams t ON t.county = o.county AND t.id = o.team WHERE o.county = $1 AND "
             "t.campaign = $2 ORDER BY o.day DESC, o.left_at DESC LIMIT 100",
             call.county, campaign.id))
        list.items.push_back(view_of(call, row));
    return list;
}

std::string run_outing_job(Call& call, std::string const& input, Progress&)
{
    auto const about = reflect::from_json<JobInput>(input);
    db::Transaction transaction(call.db);
    call.db.hold({about.team.value});
    auto const row = outing_with(call, about.team, about.day);
    if (row && !row->back_at.milliseconds && !row->told_at.milliseconds) {
        if (view_of(call, *row).is_overdue) {
            call.db.execute("UPDATE visit_outings SET told_at = $4 WHERE county = $1 AND team = $2 AND day = $3", call.county,
                row->team, row->day, call.now);
            tell_that_it_is_out(call, *row);
        } else {
            look_later(call, *row); // a visit was added or moved meanwhile
        }
    }
    transaction.commit();
    return "{}";
}

} // namespace concentric::visits
