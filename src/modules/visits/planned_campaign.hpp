#pragma once

#include "lib/visit_planner.hpp"
#include "modules/visits/campaigns.hpp"

#include <map>

// A campaign's visits as the planner's problem: families with their times and places, teams with the hours that all members have.
namespace concentric::visits {

class PlannedCampaign {
public:
    // From that day on; what families were told for days before it is left out.
    PlannedCampaign(Call&, CampaignRow const&, Day first);

    lib::VisitProblem const& problem() const { return problem_; }
    VisitRow const& visit(std::int32_t family) const { return visits_[static_cast<std::size_t>(family)]; }
    TeamId team(std::int32_t number) const { return teams_[static_cast<std::size_t>(number)].id; }
    Instant moment(lib::PlannedVisit const&) const;
    // Laid by hand or told to the family: the planner leaves it.
    bool is_pinned(std::int32_t family) const { return problem_.families[static_cast<std::size_t>(family)].pin.has_value(); }
    // The visits that stand at present, as the planner would give them.
    std::vector<lib::PlannedVisit> laid() const;

private:
    void add_team(TeamView const&);
    void add_family(VisitRow const&, Instant now);
    std::vector<lib::DayWindow> windows_of(WeeklyTimes const&) const;

    CampaignRow const& campaign_;
    lib::GeoPoint base_;
    Day from_, until_;
    std::vector<TeamView> teams_;
    std::vector<VisitRow> visits_;
    lib::VisitProblem problem_;
};

// The times that both have.
WeeklyTimes common_times(WeeklyTimes const& one, WeeklyTimes const& other);

} // namespace concentric::visits
