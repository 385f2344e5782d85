#pragma once

#include "core/jobs.hpp"
#include "modules/visits/campaigns.hpp"
#include "modules/visits/planning.hpp"

// A visitor's day: the way with its families, and that the team says when it leaves and when it is back. Whoever is not back an
// hour after the last visit should have ended is told to the school's leaders.
namespace concentric::visits {

struct Outing {
    TeamId team;
    std::string names; // who is in the team
    Day day;
    Instant left_at;
    std::optional<Instant> back_at;
    Instant due_back_at; // when the last visit of the day should have ended
    bool is_overdue = false;
};
BOOST_DESCRIBE_STRUCT(Outing, (), (team, names, day, left_at, back_at, due_back_at, is_overdue))
struct OutingList {
    std::vector<Outing> items;
};
BOOST_DESCRIBE_STRUCT(OutingList, (), (items))

struct SayLeft {
    TeamId id;
    Day day;
    std::optional<Instant> at; // now when it is left out; earlier where the phone was off line
};
BOOST_DESCRIBE_STRUCT(SayLeft, (), (id, day, at))
struct SayBack : SayLeft { };
BOOST_DESCRIBE_STRUCT(SayBack, (SayLeft), ())

struct DayStop {
    WholeVisit visit;
    Place place;
};
BOOST_DESCRIBE_STRUCT(DayStop, (), (visit, place))
// What one team does on one day, in the order of its way.
struct DayWay {
    TeamId team;
    std::string campaign_title;
    std::vector<std::string> members; // the leader first
    Place base;
    std::vector<DayStop> stops;
    std::optional<Outing> outing;
};
BOOST_DESCRIBE_STRUCT(DayWay, (), (team, campaign_title, members, base, stops, outing))
struct VisitDay {
    Day day;
    std::vector<DayWay> ways;
};
BOOST_DESCRIBE_STRUCT(VisitDay, (), (day, ways))
struct OneDay {
    Day day;
};
BOOST_DESCRIBE_STRUCT(OneDay, (), (day))

// Of the viewer's own teams; each look is in the audit log, since it says where families live.
VisitDay show_day(Call&, OneDay const&);
// By somebody of the team. Said again, the first time stays: phones of a team may both say it.
Outing say_left(Call&, SayLeft const&);
// 409 where the team has not left.
Outing say_back(Call&, SayBack const&);
// Of today and the days before, the latest first; for whoever leads the school.
OutingList list_outings(Call&, OneCampaign const&);

inline constexpr std::string_view outing_job = "visits.outing";
std::string run_outing_job(Call&, std::string const& input, Progress&);

} // namespace concentric::visits
