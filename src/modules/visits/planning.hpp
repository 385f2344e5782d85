#pragma once

#include "core/jobs.hpp"
#include "modules/visits/campaigns.hpp"
#include "modules/visits/views.hpp"

// Days and routes of a campaign: proposed by a job, moved by hand, published to the families.
namespace concentric::visits {

struct PlanOutcome {
    std::int64_t planned = 0, left = 0, unanswered = 0, metres = 0;
};
BOOST_DESCRIBE_STRUCT(PlanOutcome, (), (planned, left, unanswered, metres))

struct StartedPlanning {
    JobId job;
};
BOOST_DESCRIBE_STRUCT(StartedPlanning, (), (job))

struct MoveVisit {
    VisitId id;
    TeamId team;
    Instant starts_at;
};
BOOST_DESCRIBE_STRUCT(MoveVisit, (), (id, team, starts_at))

struct Board {
    std::vector<TeamView> teams;
    std::vector<VisitView> visits; // planned and told, by time, with what is wrong with each
};
BOOST_DESCRIBE_STRUCT(Board, (), (teams, visits))

struct Published {
    std::int64_t told = 0; // families
};
BOOST_DESCRIBE_STRUCT(Published, (), (told))

// A stop of the team's way on one day.
struct RouteStop {
    VisitView visit;
    Place place;
};
BOOST_DESCRIBE_STRUCT(RouteStop, (), (visit, place))
struct DayRoute {
    Place base;
    std::vector<RouteStop> stops;
};
BOOST_DESCRIBE_STRUCT(DayRoute, (), (base, stops))
struct OneRoute {
    TeamId id;
    Day day;
};
BOOST_DESCRIBE_STRUCT(OneRoute, (), (id, day))

// Plans all that is wished and neither laid by hand nor told to a family yet; whoever has not answered is not planned.
StartedPlanning start_planning(Call&, OneCampaign const&);
Board show_board(Call&, OneCampaign const&);
// Laid by hand it stays where it is, whatever the planner would do; what is wrong with it is said and not forbidden.
WholeVisit move_visit(Call&, MoveVisit const&);
// The planner may move it again, or it is to be planned again where it stood nowhere else.
WholeVisit release_visit(Call&, OneVisit const&);
// Tells the families of all planned visits when and who.
Published publish(Call&, OneCampaign const&);
// For the team alone; each look is in the audit log.
DayRoute show_route(Call&, OneRoute const&);

// The same within the caller's transaction, by so many rounds of the search however long they take: for the demo county.
PlanOutcome plan_at_once(Call&, CampaignId, std::int64_t rounds);

inline constexpr std::string_view plan_job = "visits.plan";
std::string run_plan_job(Call&, std::string const& input, Progress&);

} // namespace concentric::visits
