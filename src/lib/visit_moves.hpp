#pragma once

#include "lib/visit_tours.hpp"

#include <random>

// Steps that make a plan of visits shorter: each is taken only when it does.
namespace concentric::lib::visiting {

// The nearest other families of each, nearest first.
using Neighbours = std::vector<std::vector<Number>>;
Neighbours neighbours_of(Tours const& tours, std::size_t most);

using Random = std::mt19937_64; // its numbers are the same everywhere
inline std::size_t drawn(Random& random, std::size_t below) { return static_cast<std::size_t>(random() % below); }
inline double drawn_share(Random& random) { return static_cast<double>(random() >> 11) * 0x1.0p-53; }

// The gap that costs least among all tours; `passes` as in Tours::best_gap.
template <class Passes> Gap best_gap(Tours const& tours, Number family, Passes&& passes)
{
    Gap best;
    for (auto const number : tours.choices(family))
        if (auto const gap = tours.best_gap(number, family, passes); gap.tour != nobody)
            if (best.tour == nobody || gap.metres < best.metres)
                best = gap;
    return best;
}
inline bool passes_none() { return false; }

// Puts in everybody who is not met, one after the other: of those of the highest priority, whoever would lose most by waiting comes
// first (regret of the second-best tour).
void insert_by_regret(Tours& tours, VisitProblem const& problem);

// Relocates, exchanges, moves neighbours together (or-opt), turns stretches round (2-opt) until nothing of that helps or `go_on`
// says no.
void descend(Tours& tours, Neighbours const& neighbours, std::function<bool()> const& go_on);

} // namespace concentric::lib::visiting
