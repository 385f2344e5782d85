#include "lib/visit_planner.hpp"

#include "lib/visit_moves.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace concentric::lib {
namespace {

using namespace visiting;
using Time = std::chrono::steady_clock;

constexpr std::size_t near_ones = 30;
constexpr double usually_removed = 8; // families a round
constexpr std::size_t longest_string = 10;
constexpr double passed_over = 0.1; // gaps, so that the same ones are not always filled alike
constexpr double first_heat = 1, last_heat = 0.01; // shares of the way to one family

// Ruin and recreate: strings of neighbouring visits are taken out of several tours and put in again, which is kept when it is
// shorter, or by chance a little longer, the less so the later. Source: J. Christiaens, G. Vanden Berghe, Slack Induction by String
// Removals for Vehicle Routing Problems, Transportation Science 54(2), 2020.
class Search {
public:
    Search(VisitProblem const& problem, SearchLimits const& limits)
        : problem_(problem), limits_(limits), tours_(problem), random_(limits.seed), rounds_(limits.rounds)
    {
        for (Number family = 0; family < tours_.families(); ++family)
            if (!tours_.choices(family).empty())
                possible_.push_back(family);
    }

    VisitPlan run()
    {
        neighbours_ = neighbours_of(tours_, near_ones);
        insert_by_regret(tours_, problem_);
        descend(tours_, neighbours_, [this] { return has_time(); });
        keep_all();
        if (!possible_.empty())
            anneal();
        restore();
        descend(tours_, neighbours_, [this] { return has_time(); });
        return written();
    }

private:
    double spent() const
    {
        return std::chrono::duration<double>(Time::now() - began_) / std::chrono::duration<double>(limits_.time);
    }
    bool has_time() { return ++looks_ % 64 != 0 || spent() < 1; }

    void anneal()
    {
        auto const leg = std::max(1.0, static_cast<double>(metres()) / static_cast<double>(possible_.size()));
        for (; round_ < rounds_; ++round_) {
            if (round_ % 256 == 255 && !goes_on())
                break;
            auto const share = static_cast<double>(round_) / static_cast<double>(rounds_);
            auto const heat = leg * first_heat * std::pow(last_heat / first_heat, share);
            auto const before = tours_.cost();
            tours_.begin();
            recreate(ruin());
            auto const bound = static_cast<double>(before) - heat * std::log(std::max(1e-300, drawn_share(random_)));
            if (static_cast<double>(tours_.cost()) >= bound)
                tours_.roll_back();
            note_changes();
            if (tours_.cost() < best_cost_)
                keep_changed();
        }
    }

    // Where the time is too short for all rounds, there are fewer, so that the end is reached all the same.
    bool goes_on()
    {
        auto const share = spent();
        auto const done = static_cast<double>(round_ + 1);
        if (share > 0)
            rounds_ = std::max(round_ + 2, std::min(limits_.rounds, static_cast<std::int64_t>(done / share)));
        if (share >= 1)
            return false;
        auto const far = std::max(share, done / static_cast<double>(rounds_));
        return round_ % 4096 != 4095 || !limits_.go_on || limits_.go_on(far);
    }

    std::vector<Number> ruin()
    {
        auto const stops = possible_.size() - absent_.size();
        auto const mean = used_ ? static_cast<double>(stops) / static_cast<double>(used_) : 1;
        auto const longest = std::min(static_cast<double>(longest_string), mean);
        auto const strings = static_cast<std::size_t>((4 * usually_removed / (1 + longest) - 1) * drawn_share(random_) + 1);
        std::vector<Number> removed, ruined;
        auto const seed = possible_[drawn(random_, possible_.size())];
        take_string(seed, longest, removed, ruined);
        for (auto const near : neighbours_[index(seed)]) {
            if (ruined.size() >= strings)
                break;
            take_string(near, longest, removed, ruined);
        }
        take_absent(removed);
        return removed;
    }

    void take_string(Number around, double longest, std::vector<Number>& removed, std::vector<Number>& ruined)
    {
        auto const tour = tours_.tour_of(around);
        if (tour == nobody || std::ranges::find(ruined, tour) != ruined.end())
            return;
        ruined.push_back(tour);
        auto const order = tours_.order_of(tour);
        auto const at = static_cast<std::size_t>(std::ranges::find(order, around) - order.begin());
        auto const most = std::min(order.size(), static_cast<std::size_t>(std::ceil(longest)));
        auto const length = 1 + drawn(random_, most);
        auto const first_possible = at + 1 >= length ? at + 1 - length : 0, last_possible = std::min(at, order.size() - length);
        auto const first = first_possible + drawn(random_, last_possible - first_possible + 1);
        for (auto i = first; i < first + length; ++i)
            if (!problem_.families[index(order[i])].pin) {
                tours_.remove(order[i]);
                removed.push_back(order[i]);
            }
    }

    void take_absent(std::vector<Number>& removed)
    {
        for (int i = 0; i < 4 && !absent_.empty(); ++i)
            if (auto const one = absent_[drawn(random_, absent_.size())]; std::ranges::find(removed, one) == removed.end())
                removed.push_back(one);
    }

    void recreate(std::vector<Number> removed)
    {
        sort(removed);
        auto const passes = [this] { return drawn_share(random_) < passed_over; };
        for (auto const family : removed)
            if (auto const gap = best_gap(tours_, family, passes); gap.tour != nobody)
                tours_.insert(family, gap);
    }

    void sort(std::vector<Number>& removed)
    {
        for (auto i = removed.size(); i > 1; --i)
            std::swap(removed[i - 1], removed[drawn(random_, i)]);
        auto const far = [&](Number family) {
            return tours_.geography().metres(tours_.all()[index(tours_.choices(family).front())].base, family);
        };
        switch (drawn(random_, 10)) {
        case 0:
        case 1: std::ranges::stable_sort(removed, std::greater{}, far); break;
        case 2: std::ranges::stable_sort(removed, {}, far); break;
        case 3:
        case 4: std::ranges::stable_sort(removed, {}, [&](auto const one) { return tours_.choices(one).size(); }); break;
        case 5:
            std::ranges::stable_sort(
                removed, std::greater{}, [&](auto const one) { return problem_.families[index(one)].priority; });
            break;
        default: break;
        }
    }

    std::int64_t metres() const
    {
        std::int64_t sum = 0;
        for (auto const& tour : tours_.all())
            sum += tour.metres;
        return sum;
    }

    void note_changes()
    {
        for (auto const& [number, before] : tours_.touched()) {
            used_ += static_cast<int>(!tours_.all()[index(number)].stops.empty()) - static_cast<int>(!before.stops.empty());
            if (!differs_[index(number)])
                changed_.push_back(number);
            differs_[index(number)] = true;
        }
        if (!tours_.touched().empty())
            find_absent();
    }

    void find_absent()
    {
        if (absent_.empty() && !may_be_absent_)
            return;
        absent_.clear();
        for (auto const family : possible_)
            if (tours_.tour_of(family) == nobody)
                absent_.push_back(family);
    }

    void keep_all()
    {
        differs_.assign(tours_.all().size(), false);
        best_.resize(tours_.all().size());
        for (Number number = 0; number < static_cast<Number>(best_.size()); ++number) {
            best_[index(number)] = tours_.order_of(number);
            used_ += static_cast<int>(!best_[index(number)].empty());
        }
        best_cost_ = tours_.cost();
        may_be_absent_ = true;
        find_absent();
        may_be_absent_ = !absent_.empty();
    }

    void keep_changed()
    {
        for (auto const number : changed_) {
            best_[index(number)] = tours_.order_of(number);
            differs_[index(number)] = false;
        }
        changed_.clear();
        best_cost_ = tours_.cost();
    }

    void restore()
    {
        tours_.begin();
        for (auto const number : changed_)
            tours_.set(number, {});
        for (auto const number : changed_)
            tours_.set(number, best_[index(number)]);
    }

    VisitPlan written() const
    {
        VisitPlan plan;
        for (auto const& tour : tours_.all()) {
            auto before = tour.base;
            for (auto const& stop : tour.stops) {
                plan.visits.push_back(
                    {stop.family, tour.team, tour.day, stop.start, tours_.geography().metres(before, stop.family)});
                before = stop.family;
            }
        }
        std::ranges::sort(plan.visits, {}, [](auto const& one) { return std::tuple(one.team, one.day, one.start); });
        for (Number family = 0; family < tours_.families(); ++family)
            if (tours_.tour_of(family) == nobody)
                plan.left.push_back({family, why_left(family)});
        plan.metres = metres();
        plan.rounds = round_;
        return plan;
    }

    Unplanned why_left(Number family) const
    {
        auto const& wanted = problem_.families[index(family)];
        if (!wanted.place)
            return Unplanned::no_place;
        if (wanted.pin)
            return Unplanned::pin_conflict;
        if (!tours_.choices(family).empty())
            return Unplanned::no_room;
        bool const somebody
            = std::ranges::any_of(tours_.all(), [&](auto const& tour) { return tours_.may_visit(tour.team, family); });
        return somebody ? Unplanned::no_time : Unplanned::no_team;
    }

    VisitProblem const& problem_;
    SearchLimits const& limits_;
    Tours tours_;
    Random random_;
    Neighbours neighbours_;
    std::vector<Number> possible_, absent_;
    std::vector<std::vector<Number>> best_;
    std::vector<Number> changed_; // since the best one
    std::vector<char> differs_;
    std::int64_t best_cost_ = 0, round_ = 0, rounds_, looks_ = 0;
    std::int64_t used_ = 0; // tours that somebody is on
    bool may_be_absent_ = false;
    Time::time_point const began_ = Time::now();
};

} // namespace

VisitPlan plan_visits(VisitProblem const& problem, SearchLimits const& limits) { return Search(problem, limits).run(); }

} // namespace concentric::lib
