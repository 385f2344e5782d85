#pragma once

#include "lib/visit_planner.hpp"

#include <cmath>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

// Schools to plan visits for, for the planner's tests and measurements: those of tests/visits, whose least way is known, and
// made-up ones.
namespace concentric::lib::visit_cases {

// Places as metres in a plane, so that distances are whole and known.
struct Spot {
    int x = 0, y = 0;
};
struct Plane {
    VisitProblem problem;
    std::vector<Spot> families, teams;

    std::int32_t add(Spot spot, std::vector<DayWindow> windows, std::int32_t minutes = 40)
    {
        families.push_back(spot);
        PlannedFamily family;
        family.place = GeoPoint{};
        family.minutes = minutes;
        family.windows = std::move(windows);
        problem.families.push_back(std::move(family));
        return static_cast<std::int32_t>(families.size()) - 1;
    }
    PlannedFamily& operator[](std::int32_t family) { return problem.families[static_cast<std::size_t>(family)]; }
    void add_team(std::vector<DayWindow> hours, std::int32_t most = 4)
    {
        teams.push_back({});
        problem.teams.push_back({{}, std::move(hours), most});
    }
    VisitProblem const& ready()
    {
        auto places = families;
        places.insert(places.end(), teams.begin(), teams.end());
        problem.metres.clear();
        for (auto const from : places)
            for (auto const to : places)
                problem.metres.push_back(static_cast<std::int32_t>(std::lround(1.3 * std::hypot(from.x - to.x, from.y - to.y))));
        return problem;
    }
};

struct Known {
    Plane plane;
    std::int64_t met = 0, metres = 0;
};
inline Known read_case(std::string const& path)
{
    std::ifstream file(path);
    Known known;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string kind;
        words >> kind;
        Spot spot;
        DayWindow window;
        std::int32_t number = 0, team = 0;
        if (kind == "team" && words >> spot.x >> spot.y >> number)
            known.plane.add_team({}, number);
        if (kind == "hours" && words >> window.day >> window.from >> window.until)
            known.plane.problem.teams.back().hours.push_back(window);
        if (kind == "window" && words >> window.day >> window.from >> window.until)
            known.plane.problem.families.back().windows.push_back(window);
        if (kind == "best")
            words >> known.met >> known.metres;
        if (kind == "family" && words >> spot.x >> spot.y >> number >> team) {
            auto const family = known.plane.add(spot, {}, number);
            if (team >= 0)
                known.plane[family].teams = {team};
        }
    }
    return known;
}

// A school like those that exist: each family at home on some evenings and Saturdays, most with a teacher of their own.
inline Plane random_school(unsigned seed, int families, int teams, int days)
{
    std::mt19937 random(seed);
    auto const in = [&](int low, int high) { return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1)); };
    Plane plane;
    for (int team = 0; team < teams; ++team) {
        plane.add_team({}, in(2, 4));
        for (int number = 1; number <= days; ++number)
            if (in(0, 2))
                plane.problem.teams.back().hours.push_back({number, 990, 1200});
    }
    for (int family = 0; family < families; ++family) {
        std::vector<DayWindow> windows;
        for (int number = 1; number <= days; ++number)
            if (in(0, 2) == 0)
                windows.push_back({number, 990 + 30 * in(0, 3), 1200 - 30 * in(0, 2)});
        auto const number = plane.add({in(-4000, 4000), in(-4000, 4000)}, windows, 5 * in(5, 9));
        plane[number].priority = in(0, 9);
        if (in(0, 4))
            plane[number].teams = {family % teams};
        if (in(0, 30) == 0)
            plane[number].place.reset();
    }
    return plane;
}

} // namespace concentric::lib::visit_cases
