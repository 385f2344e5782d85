#pragma once

#include "modules/safety/drills.hpp"

#include <map>

// How the schools within reach stand with drills, hazards and cards: for the county's bureau and for each school's leaders.
namespace concentric::safety {

struct SchoolSafety {
    SchoolBrief school;
    std::optional<DrillStanding> drills; // none where the plan asks for none now
    std::int64_t overdue_drills = 0, running_drills = 0;
    std::int64_t open_tasks = 0, overdue_tasks = 0, open_hazards = 0, overdue_hazards = 0, alarms = 0;
    bool has_card = false;
};
BOOST_DESCRIBE_STRUCT(SchoolSafety, (),
    (school, drills, overdue_drills, running_drills, open_tasks, overdue_tasks, open_hazards, overdue_hazards, alarms, has_card))

struct SafetyOverview {
    std::vector<SchoolSafety> items; // by name
};
BOOST_DESCRIBE_STRUCT(SafetyOverview, (), (items))

SafetyOverview show_overview(Call&, Nothing const&);
Download overview_sheet(Call&, Nothing const&);

// Where schools stand with the obligation of the plan that counts drills, as the tally says it; by school.
std::map<std::int64_t, DrillStanding> standings_of(Call&, std::vector<std::int64_t> const& schools);

} // namespace concentric::safety
