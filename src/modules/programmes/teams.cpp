#include "modules/programmes/teams.hpp"

#include "modules/programmes/board.hpp"
#include "modules/programmes/sessions.hpp"
#include "modules/programmes/spreading.hpp"
#include "modules/programmes/tutors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::programmes {
namespace {

constexpr std::size_t most_teams = 40;

std::vector<NamedMember> members_in_order(Call& call, OwnedClass const& class_)
{
    auto members = members_below(call, class_.id, class_.owner_path);
    std::ranges::sort(members, [](auto const& a, auto const& b) {
        return std::tie(a.organisation_path, a.person) < std::tie(b.organisation_path, b.person);
    });
    return members;
}

Teams teams_in(Call& call, OwnedClass const& class_)
{
    Teams view;
    for (auto& row : teams_of(call, class_.id))
        view.teams.push_back({row.id, std::move(row.name)});
    auto const teams = team_by_person(call, class_.id);
    for (auto const& member : members_in_order(call, class_)) {
        auto& learner = view.learners.emplace_back(TeamLearner{{member.person, member.name.value_or("")},
            {member.organisation, directory::OrganisationKind(member.organisation_kind.value_or("")),
                member.organisation_name.value_or("")},
            {}});
        if (auto const found = teams.find(member.person); found != teams.end())
            learner.team = found->second;
    }
    return view;
}

void require_members(Call& call, OwnedClass const& class_, std::vector<SaveTeam> const& teams)
{
    std::set<PersonId> known;
    for (auto const& member : members_below(call, class_.id, class_.owner_path))
        known.insert(member.person);
    Problems problems;
    for (std::size_t i = 0; i < teams.size(); ++i)
        for (std::size_t p = 0; p < teams[i].people.size(); ++p)
            if (!known.contains(teams[i].people[p]))
                problems.push_back({fmt::format("/teams/{}/people/{}", i, p), "not_found",
                    {"此人不在这个班里。", "This person is not in the class."}});
    if (!problems.empty())
        throw invalid(std::move(problems));
}

bool is_kept(std::vector<SaveTeam> const& teams, TeamId id)
{
    return std::ranges::any_of(teams, [&](auto const& team) { return team.id == id; });
}

// A group's own sessions and tutors stay its own.
void require_unused(Call& call, ClassId id, std::vector<SaveTeam> const& teams)
{
    auto const goes = [&](TeamId team) { return team && !is_kept(teams, team); };
    bool const is_used = std::ranges::any_of(sessions_of(call, id), [&](auto const& session) { return goes(session.team); })
        || std::ranges::any_of(tutors_of(call, id), [&](auto const& tutor) { return goes(tutor.team); });
    if (is_used)
        throw conflict({"有小组已安排课次或导师，不能删除，请先调整。",
            "A group has a session or a tutor of its own; change these before it goes."});
}

void require_known(std::vector<TeamRow> const& before, std::vector<SaveTeam> const& teams)
{
    for (std::size_t i = 0; i < teams.size(); ++i)
        if (teams[i].id && std::ranges::find(before, *teams[i].id, &TeamRow::id) == before.end())
            throw invalid(
                fmt::format("/teams/{}/id", i), "not_found", {"这个小组已被移除。", "This group was taken away meanwhile."});
}

} // namespace

void check(SaveTeams const& input, Problems& problems)
{
    if (input.teams.size() > most_teams)
        problems.push_back({"/teams", "length", {"一个班最多 40 个小组。", "A class has at most 40 groups."}});
    std::set<PersonId> seen;
    for (std::size_t i = 0; i < input.teams.size(); ++i)
        for (std::size_t p = 0; p < input.teams[i].people.size(); ++p)
            if (!seen.insert(input.teams[i].people[p]).second)
                problems.push_back({fmt::format("/teams/{}/people/{}", i, p), "double",
                    {"一名学员只能在一个小组。", "A learner is in one group only."}});
}

std::vector<TeamRow> teams_of(Call& call, ClassId id)
{
    return call.db.rows<TeamRow>(
        "SELECT * FROM training_teams WHERE county = $1 AND class = $2 ORDER BY position", call.county, id);
}

std::unordered_map<PersonId, TeamId> team_by_person(Call& call, ClassId id)
{
    std::unordered_map<PersonId, TeamId> teams;
    for (auto const& row :
        call.db.rows<TeamMemberRow>("SELECT * FROM training_team_members WHERE county = $1 AND class = $2", call.county, id))
        teams[row.person] = row.team;
    return teams;
}

Teams list_teams(Call& call, OneLedClass const& input) { return teams_in(call, led_class(call, input.id)); }

Teams save_teams(Call& call, SaveTeams const& input)
{
    auto const class_ = managed_class(call, input.id);
    call.db.hold({class_.id.value});
    require_known(teams_of(call, class_.id), input.teams);
    require_members(call, class_, input.teams);
    require_unused(call, class_.id, input.teams);
    for (auto const table : {"training_teams", "training_team_members"})
        call.db.execute(fmt::format("DELETE FROM {} WHERE county = $1 AND class = $2", table), call.county, class_.id);
    std::int64_t position = 0;
    std::vector<std::int64_t> everybody;
    for (auto const& team : input.teams) {
        TeamRow const row{call.county, class_.id, team.id.value_or(new_id_of<TeamId>()), ++position, std::string(team.name)};
        call.db.insert("training_teams", row);
        for (auto const person : team.people)
            call.db.insert("training_team_members", TeamMemberRow{call.county, class_.id, person, row.id});
    }
    for (auto const& member : members_below(call, class_.id, class_.owner_path))
        everybody.push_back(member.person.value);
    refresh(call, class_, everybody); // a group's sessions are asked of its people
    return teams_in(call, class_);
}

TeamProposal propose_teams(Call& call, ProposeTeams const& input)
{
    auto const class_ = managed_class(call, input.id);
    std::vector<Placed> people;
    for (auto const& member : members_below(call, class_.id, class_.owner_path))
        people.push_back({member.person, member.organisation_path.value_or("")});
    TeamProposal proposal;
    for (auto& team : spread(std::move(people), static_cast<std::size_t>(input.count.value))) {
        auto const number = proposal.teams.size() + 1;
        proposal.teams.push_back({call.say({fmt::format("第{}组", number), fmt::format("Group {}", number)}), std::move(team)});
    }
    return proposal;
}

Routes team_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/training-classes/{id}/teams", signed_in, "training_team_list", "The groups of a training class",
            list_teams)
            .as_personal_file(),
        route(Verb::put, "/api/training-classes/{id}/teams", manage_courses, "training_team_save",
            "Puts the learners of a training class into groups", save_teams),
        route(Verb::get, "/api/training-classes/{id}/team-proposal", manage_courses, "training_team_propose",
            "Learners spread evenly over so many groups", propose_teams),
    };
}

} // namespace concentric::programmes
