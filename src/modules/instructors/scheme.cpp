#include "modules/instructors/scheme.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/instructors/certificates.hpp"

#include <algorithm>

namespace concentric::instructors {
namespace {

struct TeamCount {
    Team team = Team::expert;
    std::int64_t members = 0, due = 0, applications = 0;
};
BOOST_DESCRIBE_STRUCT(TeamCount, (), (team, members, due, applications))

std::vector<TeamCount> counts_of(Call& call, TeamRow const& team)
{
    return call.db.rows<TeamCount>(
        "SELECT team, CAST(COALESCE(SUM(CASE WHEN state = 'active' AND to_day >= $3 THEN 1 ELSE 0 END), 0) AS BIGINT) AS members, "
        "CAST(COALESCE(SUM(CASE WHEN state = 'active' AND to_day <= $4 THEN 1 ELSE 0 END), 0) AS BIGINT) AS due, "
        "CAST(COALESCE(SUM(CASE WHEN state = "
        "'applied' THEN 1 ELSE 0 END), 0) AS BIGINT) AS applications FROM instructor_memberships WHERE county = $1 AND team = $2 "
        "AND state IN "
        "('applied', 'active') GROUP BY team",
        call.county, team.team, call.today(), plus_days(call.today(), team.review_days));
}

std::int64_t count(Call& call, std::string_view sql) { return call.db.value<std::int64_t>(sql, call.county).value_or(0); }

} // namespace

SchemeRow scheme_of(Call& call)
{
    auto row = call.db.row<SchemeRow>("SELECT * FROM instructor_schemes WHERE county = $1", call.county);
    SchemeRow usual;
    usual.county = call.county;
    return row.value_or(usual);
}

std::vector<TeamRow> teams_of(Call& call)
{
    std::vector<TeamRow> teams{{call.county, Team::expert}, {call.county, Team::teacher}, {call.county, Team::parent}};
    for (auto const& row : call.db.rows<TeamRow>("SELECT * FROM instructor_teams WHERE county = $1", call.county))
        *std::ranges::find(teams, row.team, &TeamRow::team) = row;
    return teams;
}

OrganisationId county_unit(Call& call)
{
    return call.db
        .value<OrganisationId>(
            "SELECT id AS value FROM organisations WHERE county = $1 AND kind = 'county' ORDER BY id LIMIT 1", call.county)
        .value_or(OrganisationId{});
}

bool may_manage(Call& call)
{
    if (!call.viewer.may(Permission::manage_instructors))
        return false;
    auto const own = directory::organisation(call.db, call.county, call.viewer.organisation);
    return call.viewer.path == "/" || (own && (own->kind == "county" || own->kind == "bureau" || own->kind == "department"));
}

void require_manager(Call& call)
{
    if (!may_manage(call))
        throw not_found({"页面", "page"});
}

SchemeView show_scheme(Call& call, Nothing const&)
{
    auto const scheme = scheme_of(call);
    SchemeView view{scheme.certificate_years, scheme.notice_hours, scheme.publishes_at_once, {}, 0, 0, scheme.version};
    for (auto const& team : teams_of(call)) {
        auto& shown = view.teams.emplace_back(TeamView{team.team, {team.term_years}, {team.review_days}});
        for (auto const& counted : counts_of(call, team)) {
            shown.members = counted.members;
            shown.due = counted.due;
            shown.applications = counted.applications;
        }
    }
    view.items_waiting = count(call, "SELECT count(*) AS value FROM instructor_items WHERE county = $1 AND state = 'waiting'");
    view.bookings_open = count(
        call, "SELECT count(*) AS value FROM instructor_bookings WHERE county = $1 AND state IN ('asked', 'proposed', 'accepted')");
    call.version = scheme.version;
    return view;
}

SchemeView change_scheme(Call& call, ChangeScheme const& input)
{
    require_manager(call);
    auto const before = scheme_of(call);
    call.require_version(before.version);
    SchemeRow const row{call.county, input.certificate_years, input.notice_hours, input.publishes_at_once, before.version + 1};
    call.db.execute("DELETE FROM instructor_schemes WHERE county = $1", call.county);
    call.db.insert("instructor_schemes", row);
    for (auto const& team : input.teams)
        call.db.execute("INSERT INTO instructor_teams (county, team, term_years, review_days) VALUES ($1, $2, $3, $4) ON CONFLICT "
                        "(county, team) DO UPDATE SET term_years = EXCLUDED.term_years, review_days = EXCLUDED.review_days",
            call.county, team.team, team.term_years, team.review_days);
    if (row.certificate_years != before.certificate_years)
        refresh_all(call);
    return show_scheme(call, {});
}

} // namespace concentric::instructors
