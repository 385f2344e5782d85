#pragma once

#include "lib/visit_planner.hpp"

// The tours of a plan of visits while it is being sought: who is met on which, at what time, and whether one more fits in.
namespace concentric::lib::visiting {

using Number = std::int32_t; // of a family, a team or a tour
inline std::size_t index(Number number) { return static_cast<std::size_t>(number); }
inline constexpr Number nobody = -1;

// Places are families first, then the teams' bases.
class Geography {
public:
    explicit Geography(VisitProblem const& problem);
    Number metres(Number from, Number to) const;
    Number minutes(Number from, Number to) const; // rounded up

private:
    struct Point {
        double x = 0, y = 0; // metres by the streets, as if they led straight
    };
    VisitProblem const& problem_;
    std::vector<Point> points_;
    double minutes_per_metre_;
};

struct Stop {
    Number family = nobody;
    Number start = 0; // as early as it goes
    Number latest = 0; // whoever arrives no later keeps all that follows: the slack that makes a check of one more cheap
};

// One team's way on one day within one of its windows, from the base and back.
struct Tour {
    Number team = 0, base = 0, slot = 0; // slot: of the team and day, which share a bound
    std::int64_t day = 0;
    Number from = 0, until = 0;
    std::vector<Stop> stops;
    std::int64_t metres = 0;
};

struct Gap {
    Number tour = nobody;
    std::size_t position = 0;
    std::int64_t metres = 0; // that it adds
};

class Tours {
public:
    explicit Tours(VisitProblem const& problem);

    Geography const& geography() const { return geography_; }
    std::vector<Tour> const& all() const { return tours_; }
    Number families() const { return static_cast<Number>(tour_of_.size()); }
    Number tour_of(Number family) const { return tour_of_[static_cast<std::size_t>(family)]; }
    // The tours that the family could be met on if nobody else were.
    std::vector<Number> const& choices(Number family) const { return choices_[static_cast<std::size_t>(family)]; }
    bool may_visit(Number team, Number family) const;
    // Metres of all tours, and for each family that is not met but could be, more than any way is long.
    std::int64_t cost() const { return cost_; }
    bool has_room(Tour const& tour) const;
    // Whether so many of another tour may change over to this one.
    bool has_room_for(Number to, Number from, std::size_t count) const;

    // The gap of this tour that costs least; `passes` says for each whether it is passed over.
    template <class Passes> Gap best_gap(Number tour, Number family, Passes&& passes) const;
    void insert(Number family, Gap const& gap);
    void remove(Number family);
    // The metres of the tour if it were made in this order; nothing where somebody would be met outside of their times.
    std::optional<std::int64_t> metres_of(Tour const& tour, std::span<Number const> order) const;
    // A possible order, whoever was on it before; those who are on it now are on no other.
    void set(Number tour, std::span<Number const> order);
    std::vector<Number> order_of(Number tour) const;

    // What is changed from here on can be taken back.
    void begin() { touched_.clear(); }
    void roll_back();
    std::vector<std::pair<Number, Tour>> const& touched() const { return touched_; } // as they were

private:
    std::vector<DayWindow> const& windows(Number family) const { return windows_[static_cast<std::size_t>(family)]; }
    Number start_at(Number family, std::int64_t day, Number arrival) const;
    Number latest_at(Number family, std::int64_t day, Number latest_start) const;
    Number duration(Number family) const { return problem_.families[static_cast<std::size_t>(family)].minutes; }
    std::int64_t price(Number family) const;
    void make_tours();
    void find_choices(Number family);
    Tour& touch(Number tour);
    void reckon(Tour& tour);

    VisitProblem const& problem_;
    Geography geography_;
    std::vector<Tour> tours_;
    std::vector<std::vector<DayWindow>> windows_; // of each family, in order
    std::vector<std::vector<Number>> choices_;
    std::vector<Number> tour_of_, load_, most_; // of each family; of each slot
    std::int64_t cost_ = 0;
    std::vector<std::pair<Number, Tour>> touched_;
};

template <class Passes> Gap Tours::best_gap(Number number, Number family, Passes&& passes) const
{
    auto const& tour = tours_[static_cast<std::size_t>(number)];
    Gap best;
    if (!has_room(tour))
        return best;
    Number before = tour.base, ready = tour.from;
    for (std::size_t i = 0; i <= tour.stops.size(); ++i) {
        auto const start = start_at(family, tour.day, ready + geography_.minutes(before, family));
        if (start == nobody)
            break; // later ones are only later
        bool const is_last = i == tour.stops.size();
        auto const after = is_last ? tour.base : tour.stops[i].family;
        auto const latest = is_last ? tour.until : tour.stops[i].latest;
        if (start + duration(family) + geography_.minutes(family, after) <= latest && !passes()) {
            auto const added = std::int64_t{geography_.metres(before, family)} + geography_.metres(family, after)
                - geography_.metres(before, after);
            if (best.tour == nobody || added < best.metres)
                best = {number, i, added};
        }
        if (!is_last) {
            before = tour.stops[i].family;
            ready = tour.stops[i].start + duration(before);
        }
    }
    return best;
}

} // namespace concentric::lib::visiting
