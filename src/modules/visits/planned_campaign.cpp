#include "modules/visits/planned_campaign.hpp"

#include <algorithm>

namespace concentric::visits {
namespace {

std::int64_t weekday_of(std::int64_t day) { return (day + 3) % 7 + 1; } // 1970 began on a Thursday

std::int32_t minute_of_day(Instant at)
{
    return static_cast<std::int32_t>((at.milliseconds - start_of(day_at(at)).milliseconds) / minute);
}

lib::GeoPoint point_of(Place const& place) { return {place.latitude.value_or(0), place.longitude.value_or(0)}; }

} // namespace

WeeklyTimes common_times(WeeklyTimes const& one, WeeklyTimes const& other)
{
    WeeklyTimes both;
    for (auto const& a : one)
        for (auto const& b : other) {
            auto const from = std::max(a.from_minute.value, b.from_minute.value);
            auto const until = std::min(a.until_minute.value, b.until_minute.value);
            if (a.weekday == b.weekday && from < until)
                both.push_back({a.weekday, {from}, {until}});
        }
    return both;
}

PlannedCampaign::PlannedCampaign(Call& call, CampaignRow const& campaign, Day first)
    : campaign_(campaign), base_(point_of(reflect::from_json<Place>(campaign.base))), from_(std::max(campaign.from_day, first)),
      until_(campaign.to_day)
{
    problem_.travel.metres_per_minute = static_cast<double>(campaign.metres_per_minute);
    teams_ = teams_of(call, campaign.id);
    for (auto const& team : teams_)
        add_team(team);
    for (auto const& visit :
        call.db.rows<VisitRow>("SELECT * FROM visits WHERE county = $1 AND campaign = $2 AND state IN ('wished', 'planned', "
                               "'published', 'confirmed', 'moved') ORDER BY id",
            call.county, campaign.id))
        add_family(visit, call.now);
}

void PlannedCampaign::add_team(TeamView const& team)
{
    lib::VisitingTeam planned;
    planned.base = base_;
    planned.most_a_day = static_cast<std::int32_t>(campaign_.most_a_day);
    if (!team.members.empty()) {
        auto hours = team.members.front().hours;
        for (auto const& member : team.members)
            hours = common_times(hours, member.hours);
        planned.hours = windows_of(hours);
    }
    problem_.teams.push_back(std::move(planned));
}

// Who is met at school or on line is met from the school: nobody travels.
void PlannedCampaign::add_family(VisitRow const& visit, Instant now)
{
    if (is_told(visit.state) && day_at(visit.starts_at) < from_)
        return; // made, or missed: whoever went says so
    lib::PlannedFamily family;
    bool const is_away = visit.wish == Wish::home || visit.wish == Wish::neutral;
    auto const place = visit.place.empty() ? Place{} : reflect::from_json<Place>(visit.place);
    if (!is_away)
        family.place = base_;
    else if (place.latitude)
        family.place = point_of(place);
    family.minutes = static_cast<std::int32_t>(visit.minutes);
    family.priority = static_cast<std::int32_t>(visit.priority);
    auto const times = reflect::from_json<WeeklyTimes>(visit.times);
    family.windows = windows_of(times.empty() ? WeeklyTimes{{{1}, {0}, {1440}}, {{2}, {0}, {1440}}, {{3}, {0}, {1440}},
                                    {{4}, {0}, {1440}}, {{5}, {0}, {1440}}, {{6}, {0}, {1440}}, {{7}, {0}, {1440}}}
                                              : times);
    family.teams = {-1}; // nobody, where the class has no team
    for (std::size_t i = 0; i < teams_.size(); ++i)
        if (!teams_[i].class_ || teams_[i].class_->id.value == visit.class_.value)
            family.teams.push_back(static_cast<std::int32_t>(i));
    auto const team = std::ranges::find(teams_, visit.team, &TeamView::id);
    bool const stands = visit.starts_at > now && team != teams_.end();
    if (stands && (visit.is_pinned || is_told(visit.state)))
        family.pin = lib::PlannedFamily::Pin{static_cast<std::int32_t>(team - teams_.begin()),
            days_since_1970(day_at(visit.starts_at)), minute_of_day(visit.starts_at)};
    problem_.families.push_back(std::move(family));
    visits_.push_back(visit);
}

std::vector<lib::DayWindow> PlannedCampaign::windows_of(WeeklyTimes const& times) const
{
    std::vector<lib::DayWindow> windows;
    for (auto day = days_since_1970(from_); day <= days_since_1970(until_); ++day)
        for (auto const& time : times)
            if (time.weekday == weekday_of(day))
                windows.push_back({day, static_cast<std::int32_t>(time.from_minute), static_cast<std::int32_t>(time.until_minute)});
    return windows;
}

Instant PlannedCampaign::moment(lib::PlannedVisit const& visit) const
{
    return {start_of(day_from(visit.day)).milliseconds + visit.start * minute};
}

std::vector<lib::PlannedVisit> PlannedCampaign::laid() const
{
    std::vector<lib::PlannedVisit> all;
    for (std::size_t i = 0; i < visits_.size(); ++i) {
        auto const team = std::ranges::find(teams_, visits_[i].team, &TeamView::id);
        if (visits_[i].starts_at.milliseconds && team != teams_.end())
            all.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(team - teams_.begin()),
                days_since_1970(day_at(visits_[i].starts_at)), minute_of_day(visits_[i].starts_at), 0});
    }
    return all;
}

} // namespace concentric::visits
