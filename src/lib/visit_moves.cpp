#include "lib/visit_moves.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace concentric::lib::visiting {
namespace {

constexpr std::size_t pool = 64; // families that are compared at a time
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max() / 4;

// One who waits, with what each of the possible tours would cost.
class Waiting {
public:
    Waiting(Tours const& tours, Number family) : tours_(&tours), family_(family), costs_(tours.choices(family).size())
    {
        for (std::size_t i = 0; i < costs_.size(); ++i)
            costs_[i] = cost_on(i);
    }

    void look_again(Number tour)
    {
        auto const& choices = tours_->choices(family_);
        auto const slot = tours_->all()[index(tour)].slot;
        for (std::size_t i = 0; i < choices.size(); ++i)
            if (tours_->all()[index(choices[i])].slot == slot)
                costs_[i] = cost_on(i);
    }
    // What waiting may cost: the second-best tour's metres beyond the best one's.
    std::int64_t regret() const
    {
        std::int64_t best = never, second = never;
        for (auto const cost : costs_) {
            if (cost < best)
                second = std::exchange(best, cost);
            else
                second = std::min(second, cost);
        }
        return best == never ? -1 : second - best;
    }
    Number family() const { return family_; }
    Gap gap() const
    {
        auto const best = std::ranges::min_element(costs_);
        auto const number = tours_->choices(family_)[static_cast<std::size_t>(best - costs_.begin())];
        return tours_->best_gap(number, family_, passes_none);
    }

private:
    std::int64_t cost_on(std::size_t choice) const
    {
        auto const gap = tours_->best_gap(tours_->choices(family_)[choice], family_, passes_none);
        return gap.tour == nobody ? never : gap.metres;
    }

    Tours const* tours_;
    Number family_;
    std::vector<std::int64_t> costs_;
};

bool shortens(Tours& tours, std::int64_t before)
{
    if (tours.cost() < before)
        return true;
    tours.roll_back();
    return false;
}

bool relocate(Tours& tours, Number family)
{
    auto const before = tours.cost();
    tours.begin();
    tours.remove(family);
    if (auto const gap = best_gap(tours, family, passes_none); gap.tour != nobody)
        tours.insert(family, gap);
    return shortens(tours, before);
}

bool may_be_on(Tours const& tours, Number family, Number tour) { return std::ranges::binary_search(tours.choices(family), tour); }

bool set_if_shorter(Tours& tours, Number one, std::vector<Number> const& first, Number other, std::vector<Number> const& second)
{
    auto const &a = tours.all()[index(one)], &b = tours.all()[index(other)];
    auto const new_a = tours.metres_of(a, first);
    if (!new_a || *new_a >= a.metres + b.metres)
        return false;
    auto const new_b = tours.metres_of(b, second);
    if (!new_b || *new_a + *new_b >= a.metres + b.metres)
        return false;
    tours.begin();
    tours.set(one, first);
    tours.set(other, second);
    return true;
}

bool exchange(Tours& tours, Number family, Number other)
{
    auto const one_tour = tours.tour_of(family), other_tour = tours.tour_of(other);
    if (other_tour == nobody || one_tour == other_tour || !may_be_on(tours, family, other_tour)
        || !may_be_on(tours, other, one_tour))
        return false;
    auto first = tours.order_of(one_tour), second = tours.order_of(other_tour);
    std::ranges::replace(first, family, other);
    std::ranges::replace(second, other, family);
    return set_if_shorter(tours, one_tour, first, other_tour, second);
}

// Two in a row, as they are or turned round, to another tour beside `other`.
bool move_pair(Tours& tours, Number family, Number other)
{
    auto const from = tours.tour_of(family), to = tours.tour_of(other);
    if (to == nobody || from == to)
        return false;
    auto first = tours.order_of(from);
    auto const at = std::ranges::find(first, family);
    if (at + 1 == first.end() || !may_be_on(tours, *at, to) || !may_be_on(tours, *(at + 1), to))
        return false;
    std::vector<Number> pair(at, at + 2);
    first.erase(at, at + 2);
    for (int turn = 0; turn < 2; ++turn, std::ranges::reverse(pair)) {
        auto second = tours.order_of(to);
        second.insert(std::ranges::find(second, other) + 1, pair.begin(), pair.end());
        if (tours.has_room_for(to, from, pair.size()) && set_if_shorter(tours, from, first, to, second))
            return true;
    }
    return false;
}

bool turn_round(Tours& tours, Number number)
{
    auto const& tour = tours.all()[index(number)];
    for (std::size_t from = 0; from + 1 < tour.stops.size(); ++from)
        for (auto until = from + 2; until <= tour.stops.size(); ++until) {
            auto order = tours.order_of(number);
            std::reverse(order.begin() + static_cast<std::ptrdiff_t>(from), order.begin() + static_cast<std::ptrdiff_t>(until));
            if (auto const metres = tours.metres_of(tour, order); metres && *metres < tour.metres) {
                tours.begin();
                tours.set(number, order);
                return true;
            }
        }
    return false;
}

bool improve(Tours& tours, Number family, std::vector<Number> const& near)
{
    if (tours.tour_of(family) == nobody)
        return false;
    if (relocate(tours, family) || turn_round(tours, tours.tour_of(family)))
        return true;
    return std::ranges::any_of(
        near, [&](auto const other) { return exchange(tours, family, other) || move_pair(tours, family, other); });
}

} // namespace

Neighbours neighbours_of(Tours const& tours, std::size_t most)
{
    std::vector<Number> possible;
    for (Number family = 0; family < tours.families(); ++family)
        if (!tours.choices(family).empty())
            possible.push_back(family);
    Neighbours all(static_cast<std::size_t>(tours.families()));
    for (auto const family : possible) {
        std::vector<std::pair<Number, Number>> others;
        for (auto const other : possible)
            if (other != family)
                others.emplace_back(tours.geography().metres(family, other), other);
        auto const count = std::min(most, others.size());
        std::ranges::partial_sort(others, others.begin() + static_cast<std::ptrdiff_t>(count));
        for (std::size_t i = 0; i < count; ++i)
            all[index(family)].push_back(others[i].second);
    }
    return all;
}

void insert_by_regret(Tours& tours, VisitProblem const& problem)
{
    std::vector<Number> order;
    for (Number family = 0; family < tours.families(); ++family)
        if (tours.tour_of(family) == nobody && !tours.choices(family).empty())
            order.push_back(family);
    auto const rank = [&](Number family) {
        auto const& wanted = problem.families[index(family)];
        return std::tuple(!wanted.pin, -wanted.priority, tours.choices(family).size());
    };
    std::ranges::stable_sort(order, std::greater{}, rank); // the first ones at the end
    std::vector<Waiting> waiting;
    while (!order.empty() || !waiting.empty()) {
        for (; waiting.size() < pool && !order.empty(); order.pop_back())
            waiting.emplace_back(tours, order.back());
        auto const next = std::ranges::max_element(waiting, {},
            [&](auto const& one) { return std::tuple(problem.families[index(one.family())].pin.has_value(), one.regret()); });
        if (next->regret() >= 0) {
            auto const gap = next->gap();
            tours.begin();
            tours.insert(next->family(), gap);
            waiting.erase(next);
            for (auto& one : waiting)
                one.look_again(gap.tour);
        } else if (problem.families[index(next->family())].pin) {
            waiting.erase(next);
        } else {
            waiting.clear(); // the greatest regret is of one who fits nowhere: so are all
        }
    }
}

void descend(Tours& tours, Neighbours const& neighbours, std::function<bool()> const& go_on)
{
    for (bool helps = true; helps;) {
        helps = false;
        for (Number family = 0; family < tours.families(); ++family) {
            if (!go_on())
                return;
            helps = improve(tours, family, neighbours[index(family)]) || helps;
        }
    }
}

} // namespace concentric::lib::visiting
