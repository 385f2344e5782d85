// How good and how quick the visit planner is: on a fixed case whose least way is known, or on a made-up large school.
//
//   visit_loop FILE                        prints seconds, metres and the least metres known
//   visit_loop FAMILIES TEAMS DAYS MILLISECONDS    prints seconds, visits planned and families that a plan could hold
#include "lib/visit_cases_for_test.hpp"

#include <cstdio>
#include <exception>

using namespace concentric::lib;

namespace {

constexpr std::int64_t case_rounds = 60'000;

struct Timed {
    VisitPlan plan;
    double seconds = 0;
};

Timed planned(VisitProblem const& problem, SearchLimits const& limits)
{
    auto const from = std::chrono::steady_clock::now();
    auto plan = plan_visits(problem, limits);
    return {std::move(plan), std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count()};
}

void measure_case(std::string const& file)
{
    auto known = visit_cases::read_case(file);
    SearchLimits limits;
    limits.rounds = case_rounds;
    limits.time = std::chrono::seconds(60);
    auto const timed = planned(known.plane.ready(), limits);
    bool const is_whole = static_cast<std::int64_t>(timed.plan.visits.size()) == known.met;
    std::printf("%.3f %lld %lld\n", timed.seconds, is_whole ? static_cast<long long>(timed.plan.metres) : -1LL,
        static_cast<long long>(known.metres));
}

// Distances by the model: a table of them would be larger than a server's memory should be.
void measure_school(int families, int teams, int days, std::int64_t milliseconds)
{
    auto plane = visit_cases::random_school(1, families, teams, days);
    constexpr double metres_a_degree = 111'320;
    for (std::size_t i = 0; i < plane.families.size(); ++i)
        if (plane.problem.families[i].place)
            plane.problem.families[i].place = GeoPoint{30.5 + plane.families[i].y / metres_a_degree,
                104.1 + plane.families[i].x / (metres_a_degree * std::cos(30.5 * 3.14159265358979 / 180))};
    for (auto& team : plane.problem.teams)
        team.base = {30.5, 104.1};
    SearchLimits limits;
    limits.rounds = 2'000'000;
    limits.time = std::chrono::milliseconds(milliseconds);
    auto const timed = planned(plane.problem, limits);
    std::size_t possible = timed.plan.visits.size();
    for (auto const& left : timed.plan.left)
        possible += left.why == Unplanned::no_room;
    std::printf("%.3f %zu %zu\n", timed.seconds, timed.plan.visits.size(), possible);
}

} // namespace

int main(int argc, char** argv)
try {
    if (argc == 2)
        measure_case(argv[1]);
    else if (argc == 5)
        measure_school(std::stoi(argv[1]), std::stoi(argv[2]), std::stoi(argv[3]), std::stoll(argv[4]));
    else
        return 2;
} catch (std::exception const& error) {
    std::fprintf(stderr, "visit_loop: %s\n", error.what());
    return 1;
}
