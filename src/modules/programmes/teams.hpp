#pragma once

#include "core/route.hpp"
#include "modules/directory/words.hpp"
#include "modules/programmes/access.hpp"
#include "modules/programmes/classroom_tables.hpp"

#include <unordered_map>

// The groups (小组) of a training class; a learner is in one at most.
namespace concentric::programmes {

struct Team {
    TeamId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Team, (), (id, name))
struct TeamLearner {
    directory::PersonBrief person;
    directory::OrganisationBrief organisation;
    std::optional<TeamId> team;
};
BOOST_DESCRIBE_STRUCT(TeamLearner, (), (person, organisation, team))
struct Teams {
    std::vector<Team> teams;
    std::vector<TeamLearner> learners; // everybody in the class, by organisation
};
BOOST_DESCRIBE_STRUCT(Teams, (), (teams, learners))

struct SaveTeam {
    std::optional<TeamId> id; // none: a new one
    Text<1, 40> name;
    std::vector<PersonId> people;
};
BOOST_DESCRIBE_STRUCT(SaveTeam, (), (id, name, people))
struct SaveTeams {
    ClassId id;
    std::vector<SaveTeam> teams; // all of them: who is in none of these is in none
};
BOOST_DESCRIBE_STRUCT(SaveTeams, (), (id, teams))
// At most 40, nobody in two.
void check(SaveTeams const&, Problems&);

struct ProposeTeams {
    ClassId id;
    Within<1, 40> count;
};
BOOST_DESCRIBE_STRUCT(ProposeTeams, (), (id, count))
struct ProposedTeam {
    std::string name;
    std::vector<PersonId> people;
};
BOOST_DESCRIBE_STRUCT(ProposedTeam, (), (name, people))
struct TeamProposal {
    std::vector<ProposedTeam> teams;
};
BOOST_DESCRIBE_STRUCT(TeamProposal, (), (teams))

struct OneLedClass {
    ClassId id;
};
BOOST_DESCRIBE_STRUCT(OneLedClass, (), (id))

std::vector<TeamRow> teams_of(Call&, ClassId);
std::unordered_map<PersonId, TeamId> team_by_person(Call&, ClassId);

Teams list_teams(Call&, OneLedClass const&);
// 409 for a group that goes while a session or a tutor is its own.
Teams save_teams(Call&, SaveTeams const&);
TeamProposal propose_teams(Call&, ProposeTeams const&);

Routes team_routes();

} // namespace concentric::programmes
