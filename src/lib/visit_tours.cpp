#include "lib/visit_tours.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace concentric::lib::visiting {
namespace {

constexpr double earth_metres = 6'371'008.8; // mean radius (IUGG)
constexpr std::int64_t unmet = 1'000'000; // metres: longer than any day's way
constexpr std::int64_t unkept = 1'000'000'000;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

} // namespace

Geography::Geography(VisitProblem const& problem) : problem_(problem), minutes_per_metre_(1 / problem.travel.metres_per_minute)
{
    double const across = problem.teams.empty() ? 1 : std::cos(radians(problem.teams.front().base.latitude));
    auto const scale = earth_metres * problem.travel.detour;
    auto const add = [&](GeoPoint place) {
        points_.push_back({radians(place.longitude) * across * scale, radians(place.latitude) * scale});
    };
    for (auto const& family : problem.families)
        add(family.place.value_or(GeoPoint{}));
    for (auto const& team : problem.teams)
        add(team.base);
}

Number Geography::metres(Number from, Number to) const
{
    if (!problem_.metres.empty())
        return problem_.metres[index(from) * points_.size() + index(to)];
    auto const &one = points_[index(from)], &other = points_[index(to)];
    auto const x = one.x - other.x, y = one.y - other.y;
    return static_cast<Number>(std::sqrt(x * x + y * y) + 0.5);
}

Number Geography::minutes(Number from, Number to) const
{
    return static_cast<Number>(std::ceil(metres(from, to) * minutes_per_metre_));
}

Tours::Tours(VisitProblem const& problem)
    : problem_(problem), geography_(problem), choices_(problem.families.size()), tour_of_(problem.families.size(), nobody)
{
    make_tours();
    for (auto const& family : problem.families) {
        auto& windows = windows_.emplace_back(family.windows);
        if (family.pin)
            windows = {{family.pin->day, family.pin->start, family.pin->start + family.minutes}};
        std::ranges::sort(windows, {}, [](auto const& window) { return std::pair(window.day, window.from); });
    }
    for (Number family = 0; family < families(); ++family) {
        find_choices(family);
        if (!choices(family).empty())
            cost_ += price(family);
    }
}

void Tours::make_tours()
{
    std::map<std::pair<Number, std::int64_t>, Number> slots;
    auto const bases = static_cast<Number>(problem_.families.size());
    for (Number team = 0; team < static_cast<Number>(problem_.teams.size()); ++team)
        for (auto const& hours : problem_.teams[index(team)].hours) {
            auto const slot = slots.try_emplace({team, hours.day}, static_cast<Number>(slots.size())).first->second;
            tours_.push_back({team, bases + team, slot, hours.day, hours.from, hours.until, {}, 0});
        }
    std::ranges::stable_sort(tours_, {}, &Tour::day);
    load_.assign(slots.size(), 0);
    most_.resize(slots.size());
    for (auto const& [key, slot] : slots)
        most_[index(slot)] = problem_.teams[index(key.first)].most_a_day;
}

bool Tours::may_visit(Number team, Number family) const
{
    auto const& wanted = problem_.families[index(family)];
    if (wanted.pin)
        return wanted.pin->team == team;
    return wanted.teams.empty() || std::ranges::find(wanted.teams, team) != wanted.teams.end();
}

void Tours::find_choices(Number family)
{
    if (!problem_.families[index(family)].place)
        return;
    for (Number number = 0; number < static_cast<Number>(tours_.size()); ++number)
        if (may_visit(tours_[index(number)].team, family) && metres_of(tours_[index(number)], std::span(&family, 1)))
            choices_[index(family)].push_back(number);
}

// Families' windows of one day are few: they are walked.
Number Tours::start_at(Number family, std::int64_t day, Number arrival) const
{
    auto const& all = windows(family);
    for (auto it = std::ranges::lower_bound(all, day, {}, &DayWindow::day); it != all.end() && it->day == day; ++it)
        if (std::max(arrival, it->from) + duration(family) <= it->until)
            return std::max(arrival, it->from);
    return nobody;
}

Number Tours::latest_at(Number family, std::int64_t day, Number latest_start) const
{
    auto const& all = windows(family);
    Number latest = nobody;
    for (auto it = std::ranges::lower_bound(all, day, {}, &DayWindow::day); it != all.end() && it->day == day; ++it)
        if (auto const last = std::min(latest_start, it->until - duration(family)); last >= it->from)
            latest = last;
    return latest;
}

std::int64_t Tours::price(Number family) const
{
    auto const& wanted = problem_.families[index(family)];
    return wanted.pin ? unkept : unmet * (1 + wanted.priority);
}

bool Tours::has_room(Tour const& tour) const { return load_[index(tour.slot)] < most_[index(tour.slot)]; }

bool Tours::has_room_for(Number to, Number from, std::size_t count) const
{
    auto const slot = index(tours_[index(to)].slot);
    return slot == index(tours_[index(from)].slot) || load_[slot] + static_cast<Number>(count) <= most_[slot];
}

Tour& Tours::touch(Number number)
{
    auto& tour = tours_[index(number)];
    if (std::ranges::find(touched_, number, &std::pair<Number, Tour>::first) == touched_.end())
        touched_.emplace_back(number, tour);
    return tour;
}

// From the front the earliest starts, from the back the slack.
void Tours::reckon(Tour& tour)
{
    std::int64_t metres = 0;
    Number before = tour.base, ready = tour.from;
    for (auto& stop : tour.stops) {
        metres += geography_.metres(before, stop.family);
        stop.start = start_at(stop.family, tour.day, ready + geography_.minutes(before, stop.family));
        before = stop.family;
        ready = stop.start + duration(before);
    }
    metres += geography_.metres(before, tour.base);
    Number after = tour.base, latest = tour.until;
    for (auto i = tour.stops.size(); i-- > 0;) {
        auto& stop = tour.stops[i];
        stop.latest = latest_at(stop.family, tour.day, latest - geography_.minutes(stop.family, after) - duration(stop.family));
        after = stop.family;
        latest = stop.latest;
    }
    cost_ += metres - tour.metres;
    tour.metres = metres;
}

void Tours::insert(Number family, Gap const& gap)
{
    auto& tour = touch(gap.tour);
    tour.stops.insert(tour.stops.begin() + static_cast<std::ptrdiff_t>(gap.position), Stop{family});
    tour_of_[index(family)] = gap.tour;
    ++load_[index(tour.slot)];
    cost_ -= price(family);
    reckon(tour);
}

void Tours::remove(Number family)
{
    auto& tour = touch(tour_of(family));
    std::erase_if(tour.stops, [&](auto const& stop) { return stop.family == family; });
    tour_of_[index(family)] = nobody;
    --load_[index(tour.slot)];
    cost_ += price(family);
    reckon(tour);
}

std::optional<std::int64_t> Tours::metres_of(Tour const& tour, std::span<Number const> order) const
{
    std::int64_t metres = 0;
    Number before = tour.base, ready = tour.from;
    for (auto const family : order) {
        auto const start = start_at(family, tour.day, ready + geography_.minutes(before, family));
        if (start == nobody)
            return std::nullopt;
        metres += geography_.metres(before, family);
        before = family;
        ready = start + duration(family);
    }
    if (ready + geography_.minutes(before, tour.base) > tour.until)
        return std::nullopt;
    return metres + geography_.metres(before, tour.base);
}

std::vector<Number> Tours::order_of(Number number) const
{
    std::vector<Number> order;
    for (auto const& stop : tours_[index(number)].stops)
        order.push_back(stop.family);
    return order;
}

void Tours::set(Number number, std::span<Number const> order)
{
    auto& tour = touch(number);
    load_[index(tour.slot)] += static_cast<Number>(order.size()) - static_cast<Number>(tour.stops.size());
    for (auto const& stop : tour.stops) {
        cost_ += price(stop.family);
        if (tour_of(stop.family) == number)
            tour_of_[index(stop.family)] = nobody;
    }
    tour.stops.clear();
    for (auto const family : order) {
        tour.stops.push_back({family});
        tour_of_[index(family)] = number;
        cost_ -= price(family);
    }
    reckon(tour);
}

void Tours::roll_back()
{
    for (auto const& [number, before] : touched_) {
        auto& tour = tours_[index(number)];
        load_[index(tour.slot)] += static_cast<Number>(before.stops.size()) - static_cast<Number>(tour.stops.size());
        cost_ += before.metres - tour.metres;
        for (auto const& stop : tour.stops) {
            cost_ += price(stop.family);
            tour_of_[index(stop.family)] = nobody;
        }
    }
    for (auto& [number, before] : touched_) {
        for (auto const& stop : before.stops) {
            cost_ -= price(stop.family);
            tour_of_[index(stop.family)] = number;
        }
        tours_[index(number)] = std::move(before);
    }
    touched_.clear();
}

} // namespace concentric::lib::visiting
