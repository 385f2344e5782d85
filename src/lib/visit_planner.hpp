#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

// Finds the days and routes on which teachers visit families, so that as many as possible are met with the least travel.
namespace concentric::lib {

// Degrees north and east.
struct GeoPoint {
    double latitude = 0, longitude = 0;
    bool operator==(GeoPoint const&) const = default;
};

// How far it is by the streets, reckoned from the straight line, and how fast a team gets on.
struct TravelModel {
    double detour = 1.3; // streets ÷ straight line
    double metres_per_minute = 250; // 15 km/h: an electric bicycle with parking and stairs
};
std::int32_t metres_between(GeoPoint one, GeoPoint other, TravelModel const& model);

// Some minutes of a day; days are any whole numbers of the caller's.
struct DayWindow {
    std::int64_t day = 0;
    std::int32_t from = 0, until = 0; // minutes since midnight
    bool operator==(DayWindow const&) const = default;
};

struct PlannedFamily {
    std::optional<GeoPoint> place; // none: nobody knows where to go
    std::int32_t minutes = 40; // a visit takes so long
    std::int32_t priority = 0; // 0 to 9: who comes first where not everybody can be met
    std::vector<DayWindow> windows; // the whole visit lies in one of them
    std::vector<std::int32_t> teams; // who may come; empty: anybody
    // A visit that stands: nobody moves it, the others are planned around it.
    struct Pin {
        std::int32_t team = 0;
        std::int64_t day = 0;
        std::int32_t start = 0;
    };
    std::optional<Pin> pin;
};

struct VisitingTeam {
    GeoPoint base; // where each tour begins and ends, such as the school
    std::vector<DayWindow> hours; // away from the base within one of them
    std::int32_t most_a_day = 4;
};

struct VisitProblem {
    std::vector<PlannedFamily> families;
    std::vector<VisitingTeam> teams;
    TravelModel travel;
    // Metres between places instead of the model's, row by row: families first, then the teams' bases. Empty: by the model.
    std::vector<std::int32_t> metres;
};

struct PlannedVisit {
    std::int32_t family = 0, team = 0;
    std::int64_t day = 0;
    std::int32_t start = 0; // minutes since midnight
    std::int32_t metres = 0; // from the place before
    bool operator==(PlannedVisit const&) const = default;
};

enum class Unplanned {
    no_place, // nobody knows where the family is to be met
    no_team, // nobody may come
    no_time, // its times and those of the teams do not meet
    no_room, // it could be met, but the days are full
    pin_conflict, // it stands at a time at which it cannot be kept
};

struct VisitPlan {
    std::vector<PlannedVisit> visits; // by team, day and start
    struct Left {
        std::int32_t family = 0;
        Unplanned why = Unplanned::no_room;
        bool operator==(Left const&) const = default;
    };
    std::vector<Left> left; // by family
    std::int64_t metres = 0; // all tours, with the ways back
    std::int64_t rounds = 0; // of the search
};

struct SearchLimits {
    std::uint64_t seed = 1;
    std::int64_t rounds = 200'000; // the same problem, seed and rounds give the same plan
    std::chrono::milliseconds time{2000}; // whatever comes first
    // Told now and then how far it is, from 0 to 1; false ends the search with the best plan so far.
    std::function<bool(double)> go_on;
};

VisitPlan plan_visits(VisitProblem const& problem, SearchLimits const& limits = {});

// What is wrong with visits that somebody laid by hand, in the order of visits; empty: they can be kept.
enum class VisitConflict { twice, wrong_team, outside_family_time, outside_team_time, too_many, too_late };
struct ConflictingVisit {
    std::size_t visit = 0; // index of the list
    VisitConflict what = VisitConflict::twice;
    bool operator==(ConflictingVisit const&) const = default;
};
std::vector<ConflictingVisit> conflicts_of(VisitProblem const& problem, std::span<PlannedVisit const> visits);

} // namespace concentric::lib
