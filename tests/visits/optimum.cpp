// Finds the least way of the fixed cases in this folder, by other means than the planner: where each family has its own teacher, an
// exact one (all sets of families that fit into a day, then all ways to share them out over the days); where any teacher may come, a
// plain annealing that runs for as long as it is told. Nothing of the program is used.
//
//     g++ -std=c++20 -O2 tests/visits/optimum.cpp -o /tmp/optimum
//     /tmp/optimum make own-teacher 1 > tests/visits/case.txt     a new case: own-teacher, villages or any-teacher, and a seed
//     /tmp/optimum solve tests/visits/case.txt [seconds]          prints how many are met and the metres
#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

struct Window { int day, from, until; };
struct Family { int x, y, minutes, team; std::vector<Window> windows; }; // team -1: any
struct Team { int x, y, most; std::vector<Window> hours; };
struct Case { std::vector<Family> families; std::vector<Team> teams; };

constexpr double detour = 1.3, metres_per_minute = 250;
int metres(int ax, int ay, int bx, int by) { return int(std::lround(detour * std::hypot(ax - bx, ay - by))); }
int minutes(int way) { return int(std::ceil(way / metres_per_minute)); }

Case read(std::string const& name)
{
    std::ifstream file(name);
    Case all;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string kind;
        words >> kind;
        if (kind == "team") { Team t{}; words >> t.x >> t.y >> t.most; all.teams.push_back(t); }
        if (kind == "hours") { Window w{}; words >> w.day >> w.from >> w.until; all.teams.back().hours.push_back(w); }
        if (kind == "family") { Family f{}; words >> f.x >> f.y >> f.minutes >> f.team; all.families.push_back(f); }
        if (kind == "window") { Window w{}; words >> w.day >> w.from >> w.until; all.families.back().windows.push_back(w); }
    }
    return all;
}

// The way of these families in this order, or -1.
int way(Case const& c, int team, Window const& hours, std::vector<int> const& order)
{
    auto const& t = c.teams[team];
    int x = t.x, y = t.y, now = hours.from, sum = 0;
    for (int const f : order) {
        auto const& family = c.families[f];
        int const leg = metres(x, y, family.x, family.y), arrival = now + minutes(leg);
        int start = -1;
        for (auto const& w : family.windows)
            if (w.day == hours.day && std::max(arrival, w.from) + family.minutes <= w.until && (start < 0 || std::max(arrival, w.from) < start))
                start = std::max(arrival, w.from);
        if (start < 0)
            return -1;
        sum += leg, x = family.x, y = family.y, now = start + family.minutes;
    }
    int const back = metres(x, y, t.x, t.y);
    return now + minutes(back) > hours.until ? -1 : sum + back;
}

struct Result { int met = 0; long metres = 0; };

// Every set of this teacher's families that fits into the day, grown one by one, with its shortest order.
void sets_of_day(Case const& c, int team, Window const& hours, std::vector<int> const& own, std::size_t first, std::vector<int>& chosen,
    unsigned mask, std::vector<std::pair<unsigned, int>>& found)
{
    for (auto i = first; i < own.size(); ++i) {
        chosen.push_back(own[i]);
        auto order = chosen;
        std::sort(order.begin(), order.end());
        int best = -1;
        do {
            int const length = way(c, team, hours, order);
            if (length >= 0 && (best < 0 || length < best))
                best = length;
        } while (std::next_permutation(order.begin(), order.end()));
        if (best >= 0) {
            found.emplace_back(mask | 1U << i, best);
            if (int(chosen.size()) < c.teams[team].most)
                sets_of_day(c, team, hours, own, i + 1, chosen, mask | 1U << i, found);
        }
        chosen.pop_back();
    }
}

Result exact(Case const& c, int team)
{
    std::vector<int> own;
    for (int f = 0; f < int(c.families.size()); ++f)
        if (c.families[f].team == team)
            own.push_back(f);
    constexpr int never = 1 << 30;
    std::vector<int> least(std::size_t{1} << own.size(), never);
    least[0] = 0;
    for (auto const& hours : c.teams[team].hours) {
        std::vector<std::pair<unsigned, int>> sets;
        std::vector<int> chosen;
        sets_of_day(c, team, hours, own, 0, chosen, 0, sets);
        auto next = least;
        unsigned const all = (1U << own.size()) - 1;
        for (auto const& [set, cost] : sets)
            for (unsigned rest = all & ~set, mask = rest;; mask = (mask - 1) & rest) {
                if (least[mask] + cost < next[mask | set])
                    next[mask | set] = least[mask] + cost;
                if (!mask)
                    break;
            }
        least = std::move(next);
    }
    Result best;
    for (unsigned mask = 0; mask < least.size(); ++mask)
        if (int const met = __builtin_popcount(mask); least[mask] < never && (met > best.met || (met == best.met && least[mask] < best.metres)))
            best = {met, least[mask]};
    return best;
}

// Moves one family at a time to any place of any day, or swaps two, and reckons both tours from the beginning.
Result annealed(Case const& c, double seconds)
{
    struct Tour { int team; Window hours; std::vector<int> order; int length = 0; };
    std::mt19937_64 random(20260901);
    auto const below = [&](std::size_t n) { return std::size_t(random() % n); };
    Result best;
    auto const began = std::chrono::steady_clock::now();
    auto const spent = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count(); };
    for (int start = 0, starts = 10; start < starts; ++start) {
        std::vector<Tour> tours;
        for (int t = 0; t < int(c.teams.size()); ++t)
            for (auto const& h : c.teams[t].hours)
                tours.push_back({t, h, {}});
        std::vector<int> at(c.families.size(), -1);
        int met = 0;
        long sum = 0;
        double const from = seconds * start / starts, until = seconds * (start + 1) / starts;
        for (double now = spent(); now < until; now = spent()) {
            double const heat = 2000 * std::pow(0.5 / 2000, (now - from) / (until - from));
            for (int step = 0; step < 2000; ++step) {
                int const f = int(below(c.families.size()));
                auto const to = below(tours.size());
                if (c.families[f].team >= 0 && c.families[f].team != tours[to].team)
                    continue;
                if (std::none_of(c.families[f].windows.begin(), c.families[f].windows.end(), [&](auto const& w) { return w.day == tours[to].hours.day; }))
                    continue;
                auto target = tours[to].order;
                auto source = at[f] >= 0 ? tours[at[f]].order : std::vector<int>{};
                std::erase(source, f);
                std::erase(target, f);
                int evicted = -1;
                if (!target.empty() && below(2)) {
                    auto const k = below(target.size());
                    evicted = target[k];
                    target[k] = f;
                } else
                    target.insert(target.begin() + long(below(target.size() + 1)), f);
                if (int(target.size()) > c.teams[tours[to].team].most)
                    continue;
                bool const same = at[f] == int(to);
                if (evicted >= 0 && at[f] >= 0 && !same)
                    source.insert(source.begin() + long(below(source.size() + 1)), evicted);
                if (evicted >= 0 && same)
                    target.insert(target.begin() + long(below(target.size() + 1)), evicted);
                int const a = way(c, tours[to].team, tours[to].hours, target);
                int const b = same || at[f] < 0 ? 0 : way(c, tours[at[f]].team, tours[at[f]].hours, source);
                if (a < 0 || b < 0)
                    continue;
                bool const is_new = at[f] < 0 && evicted < 0;
                long const old = tours[to].length + (same || at[f] < 0 ? 0 : tours[at[f]].length);
                long const change = a + b - old - (is_new ? 1'000'000 : 0);
                if (double(change) >= -heat * std::log((double(random() >> 11) + 1) * 0x1.0p-53))
                    continue;
                sum += a + b - old, met += is_new;
                if (!same && at[f] >= 0) {
                    tours[at[f]].order = source, tours[at[f]].length = b;
                    if (evicted >= 0)
                        at[evicted] = at[f];
                } else if (evicted >= 0 && !same)
                    at[evicted] = -1;
                tours[to].order = target, tours[to].length = a, at[f] = int(to);
                if (met > best.met || (met == best.met && sum < best.metres))
                    best = {met, sum};
            }
        }
    }
    return best;
}

// Sixty families around a school, three teachers, the four weeks from 2 March 2026.
void make(std::string const& kind, unsigned seed)
{
    std::mt19937 random(seed);
    auto const in = [&](int low, int high) { return low + int(random() % unsigned(high - low + 1)); };
    for (int team = 0; team < 3; ++team) {
        std::cout << "team 0 0 4\n";
        for (int day = 1; day <= 28; ++day)
            if (day % 7 == 6)
                std::cout << "hours " << day << " 540 1020\n";
            else if (day % 7 != 0 && in(0, 9) < 6)
                std::cout << "hours " << day << " 990 1200\n";
    }
    for (int family = 0; family < 60; ++family) {
        int const hamlet = in(0, 5);
        int const x = kind == "villages" ? (hamlet % 3 - 1) * 4000 + in(-600, 600) : in(-5000, 5000);
        int const y = kind == "villages" ? (hamlet / 3 * 2 - 1) * 3000 + in(-600, 600) : in(-5000, 5000);
        std::cout << "family " << x << ' ' << y << ' ' << in(6, 9) * 5 << ' ' << (kind == "any-teacher" ? -1 : family % 3) << '\n';
        for (int day = 1; day <= 28; ++day)
            if (day % 7 == 6 && in(0, 1))
                std::cout << "window " << day << (in(0, 1) ? " 540 780\n" : " 720 1020\n");
            else if (day % 7 != 0 && day % 7 != 6 && in(0, 9) < 3)
                std::cout << "window " << day << (in(0, 1) ? " 990 1200\n" : " 1080 1200\n");
    }
}

int main(int argc, char** argv)
{
    std::string const what = argc > 2 ? argv[1] : "";
    if (what == "make" && argc > 3)
        return make(argv[2], unsigned(std::stoul(argv[3]))), 0;
    if (what != "solve")
        return std::cerr << "see the first lines of this file\n", 2;
    auto const all = read(argv[2]);
    Result sum;
    if (all.families.front().team < 0)
        sum = annealed(all, argc > 3 ? std::stod(argv[3]) : 600);
    else
        for (int team = 0; team < int(all.teams.size()); ++team) {
            auto const one = exact(all, team);
            sum.met += one.met, sum.metres += one.metres;
        }
    std::cout << "met " << sum.met << " metres " << sum.metres << '\n';
}
