#include "lib/visit_tours.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace concentric::lib {
namespace {

using visiting::Geography;

bool holds(DayWindow const& window, PlannedVisit const& visit, std::int32_t minutes)
{
    return window.day == visit.day && window.from <= visit.start && visit.start + minutes <= window.until;
}

class Checking {
public:
    Checking(VisitProblem const& problem, std::span<PlannedVisit const> visits)
        : problem_(problem), geography_(problem), visits_(visits)
    {
    }

    std::vector<ConflictingVisit> run()
    {
        for (std::size_t i = 0; i < visits_.size(); ++i) {
            alone(i);
            days_[{visits_[i].team, visits_[i].day}].push_back(i);
        }
        for (auto& [day, indexes] : days_)
            together(indexes);
        std::ranges::sort(found_, {}, [](auto const& one) { return std::pair(one.visit, one.what); });
        return std::move(found_);
    }

private:
    PlannedFamily const& family(std::size_t i) const { return problem_.families[static_cast<std::size_t>(visits_[i].family)]; }
    VisitingTeam const& team(std::size_t i) const { return problem_.teams[static_cast<std::size_t>(visits_[i].team)]; }
    std::int32_t base(std::size_t i) const { return static_cast<std::int32_t>(problem_.families.size()) + visits_[i].team; }
    std::int32_t end(std::size_t i) const { return visits_[i].start + family(i).minutes; }

    void alone(std::size_t i)
    {
        auto const& visit = visits_[i];
        if (!met_.insert(visit.family).second)
            found_.push_back({i, VisitConflict::twice});
        auto const& teams = family(i).teams;
        if (!teams.empty() && std::ranges::find(teams, visit.team) == teams.end())
            found_.push_back({i, VisitConflict::wrong_team});
        if (std::ranges::none_of(family(i).windows, [&](auto const& window) { return holds(window, visit, family(i).minutes); }))
            found_.push_back({i, VisitConflict::outside_family_time});
    }

    // The visits of one team on one day, in the order in which they are made.
    void together(std::vector<std::size_t>& indexes)
    {
        std::ranges::stable_sort(indexes, {}, [&](auto const i) { return visits_[i].start; });
        for (std::size_t k = 0; k < indexes.size(); ++k) {
            auto const i = indexes[k];
            if (static_cast<std::int32_t>(k) >= team(i).most_a_day)
                found_.push_back({i, VisitConflict::too_many});
            auto const* const hours = hours_of(i);
            if (!hours) {
                found_.push_back({i, VisitConflict::outside_team_time});
                continue;
            }
            if (is_late(*hours, i, k ? std::optional(indexes[k - 1]) : std::nullopt)
                || (is_last_of(*hours, indexes, k) && is_back_late(*hours, i)))
                found_.push_back({i, VisitConflict::too_late});
        }
    }

    DayWindow const* hours_of(std::size_t i) const
    {
        auto const& hours = team(i).hours;
        auto const found
            = std::ranges::find_if(hours, [&](auto const& window) { return holds(window, visits_[i], family(i).minutes); });
        return found == hours.end() ? nullptr : &*found;
    }

    bool is_late(DayWindow const& hours, std::size_t i, std::optional<std::size_t> before) const
    {
        auto const to = visits_[i].family;
        if (before && visits_[*before].start >= hours.from)
            return end(*before) + geography_.minutes(visits_[*before].family, to) > visits_[i].start;
        return hours.from + geography_.minutes(base(i), to) > visits_[i].start;
    }
    bool is_last_of(DayWindow const& hours, std::vector<std::size_t> const& indexes, std::size_t k) const
    {
        return k + 1 == indexes.size() || visits_[indexes[k + 1]].start >= hours.until;
    }
    bool is_back_late(DayWindow const& hours, std::size_t i) const
    {
        return end(i) + geography_.minutes(visits_[i].family, base(i)) > hours.until;
    }

    VisitProblem const& problem_;
    Geography const geography_;
    std::span<PlannedVisit const> visits_;
    std::set<std::int32_t> met_;
    std::map<std::pair<std::int32_t, std::int64_t>, std::vector<std::size_t>> days_;
    std::vector<ConflictingVisit> found_;
};

} // namespace

std::vector<ConflictingVisit> conflicts_of(VisitProblem const& problem, std::span<PlannedVisit const> visits)
{
    return Checking(problem, visits).run();
}

} // namespace concentric::lib
