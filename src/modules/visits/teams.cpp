#include "modules/directory/lookup.hpp"
#include "modules/visits/campaigns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::visits {
namespace {

struct MemberNamed : MemberRow {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(MemberNamed, (MemberRow), (name))
struct TeamNamed : TeamRow {
    std::optional<std::string> class_name;
};
BOOST_DESCRIBE_STRUCT(TeamNamed, (TeamRow), (class_name))

// Whoever the viewer's post reaches; and those of other organisations, such as volunteers, whom somebody with a wider reach put in.
void require_known(Call& call, TeamId team, std::vector<MemberInput> const& members)
{
    auto known = call.db.values<PersonId>(
        "SELECT person AS value FROM visit_team_members WHERE county = $1 AND team = $2", call.county, team);
    std::vector<std::int64_t> people;
    for (auto const& one : members)
        people.push_back(one.person.value);
    for (auto const& post : directory::posts_of(call, people, call.today()))
        if (call.viewer.reaches(post.path))
            known.push_back(post.person);
    for (std::size_t i = 0; i < members.size(); ++i)
        if (std::ranges::find(known, members[i].person) == known.end())
            throw invalid(fmt::format("/members/{}/person", i), "not_found",
                {"请选择本校在岗的人员；社区志愿者由教育局添加。",
                    "Choose somebody with a post at the school; volunteers of communities are added by the county."});
}

void put_members(Call& call, TeamId team, std::vector<MemberInput> const& members)
{
    require_known(call, team, members);
    call.db.execute("DELETE FROM visit_team_members WHERE county = $1 AND team = $2", call.county, team);
    for (auto const& one : members)
        call.db.insert("visit_team_members", MemberRow{call.county, team, one.person, one.is_leader, Json(to_json(one.hours))});
}

CampaignId campaign_with_team(Call& call, TeamId team)
{
    auto const found
        = call.db.value<CampaignId>("SELECT campaign AS value FROM visit_teams WHERE county = $1 AND id = $2", call.county, team);
    if (!found)
        throw not_found(the_team);
    return *found;
}

void check_members(std::vector<MemberInput> const& members, Problems& problems)
{
    std::set<PersonId> different;
    for (std::size_t i = 0; i < members.size(); ++i) {
        different.insert(members[i].person);
        check_times(members[i].hours, fmt::format("/members/{}/hours", i), problems);
    }
    if (members.empty() || members.size() > 6 || different.size() != members.size()
        || std::ranges::count(members, true, &MemberInput::is_leader) != 1)
        problems.push_back({"/members", "team",
            {"小组有 1 至 6 名不同的成员，其中一人带队。", "One to six different people, of whom one leads."}});
}

} // namespace

void check(AddTeam const& input, Problems& problems) { check_members(input.members, problems); }
void check(ChangeTeam const& input, Problems& problems) { check_members(input.members, problems); }

std::vector<TeamView> teams_of(Call& call, CampaignId id)
{
    static std::string const sql = "SELECT t.*, o.name AS class_name FROM visit_teams t "
        + directory::joined_organisation("o", "t.county", "t.class")
        + " WHERE t.county = $1 AND t.campaign = $2 ORDER BY o.path, t.id";
    static std::string const of_members = "SELECT m.*, " + directory::person_name_in("m.county", "m.person")
        + " AS name FROM visit_team_members m JOIN visit_teams t ON t.county = m.county AND t.id = m.team WHERE t.county = $1 AND "
          "t.campaign = $2 ORDER BY m.is_leader DESC, m.person";
    std::vector<TeamView> teams;
    for (auto const& row : call.db.rows<TeamNamed>(sql, call.county, id)) {
        TeamView team{row.id, {}, {}};
        if (row.class_)
            team.class_ = directory::PersonBrief{{row.class_.value}, row.class_name.value_or("")};
        teams.push_back(std::move(team));
    }
    for (auto const& row : call.db.rows<MemberNamed>(of_members, call.county, id))
        std::ranges::find(teams, row.team, &TeamView::id)
            ->members.push_back({{row.person, row.name}, row.is_leader, reflect::from_json<WeeklyTimes>(row.hours)});
    return teams;
}

CampaignView add_team(Call& call, AddTeam const& input)
{
    auto const row = held_campaign(call, input.campaign);
    require_open(row);
    auto const unit = input.class_ ? directory::organisation(call.db, call.county, *input.class_) : std::nullopt;
    if (input.class_ && (!unit || unit->kind != "class" || !unit->path.starts_with(row.school_path)))
        throw invalid("/class", "not_found", {"请选择本校的班级。", "Choose a class of the school."});
    TeamRow const team{call.county, new_id_of<TeamId>(), row.id, input.class_.value_or(OrganisationId{})};
    call.db.insert("visit_teams", team);
    put_members(call, team.id, input.members);
    call.db.execute("UPDATE visits SET team = $3, version = version + 1 WHERE county = $1 AND campaign = $2 AND team = 0 AND "
                    "(class = $4 OR $4 = 0)",
        call.county, row.id, team.id, team.class_);
    return show_campaign(call, {row.id});
}

CampaignView change_team(Call& call, ChangeTeam const& input)
{
    auto const row = held_campaign(call, campaign_with_team(call, input.id));
    require_open(row);
    put_members(call, input.id, input.members);
    return show_campaign(call, {row.id});
}

CampaignView remove_team(Call& call, OneTeam const& input)
{
    auto const row = held_campaign(call, campaign_with_team(call, input.id));
    require_open(row);
    if (call.db.value<bool>(
            "SELECT TRUE AS value FROM visits WHERE county = $1 AND team = $2 AND starts_at <> 0 LIMIT 1", call.county, input.id))
        throw conflict({"这个小组还有安排好的家访，请先改派。", "The team has visits; give them to another one first."});
    call.db.execute("UPDATE visits SET team = 0, version = version + 1 WHERE county = $1 AND team = $2", call.county, input.id);
    call.db.execute("DELETE FROM visit_team_members WHERE county = $1 AND team = $2", call.county, input.id);
    call.db.execute("DELETE FROM visit_teams WHERE county = $1 AND id = $2", call.county, input.id);
    return show_campaign(call, {row.id});
}

} // namespace concentric::visits
