#include "modules/activities/places.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace concentric::activities {

static constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

Room::Room(std::int64_t capacity, std::map<std::int64_t, std::int64_t> quotas, bool is_released)
    : capacity_(capacity ? capacity : no_limit), quotas_(std::move(quotas)), is_released_(is_released)
{
}

void Room::take(std::int64_t quota, std::int64_t count)
{
    taken_[quotas_.contains(quota) ? quota : 0] += count;
    all_taken_ += count;
}

std::int64_t Room::places_of(std::int64_t quota) const
{
    if (auto const found = quotas_.find(quota); found != quotas_.end())
        return found->second;
    auto left = capacity_;
    for (auto const& [number, places] : quotas_)
        left -= capacity_ == no_limit ? 0 : places;
    return left;
}

bool Room::fits(std::span<std::int64_t const> quotas) const
{
    if (capacity_ - all_taken_ < static_cast<std::int64_t>(quotas.size()))
        return false;
    if (is_whole())
        return true;
    std::map<std::int64_t, std::int64_t> wanted;
    for (auto const quota : quotas)
        ++wanted[quotas_.contains(quota) ? quota : 0];
    return std::ranges::all_of(wanted, [&](auto const& want) {
        auto const taken = taken_.find(want.first);
        return places_of(want.first) - (taken == taken_.end() ? 0 : taken->second) >= want.second;
    });
}

std::vector<std::vector<Waiting>> in_line(std::vector<Waiting> waiting)
{
    std::map<std::int64_t, std::vector<Waiting>> groups;
    for (auto& one : waiting)
        groups[one.together ? one.together : one.number].push_back(one);
    std::vector<std::vector<Waiting>> line;
    for (auto& [together, group] : groups) {
        std::ranges::sort(group, {}, &Waiting::number);
        line.push_back(std::move(group));
    }
    auto const key = [](std::vector<Waiting> const& group) {
        bool const had_turn = std::ranges::any_of(group, &Waiting::had_turn);
        return std::tuple(group.front().rank, had_turn, group.front().number);
    };
    std::ranges::sort(line, {}, key);
    return line;
}

std::vector<Waiting> next_in_line(Room& room, std::vector<Waiting> waiting)
{
    std::vector<Waiting> next;
    for (auto const& group : in_line(std::move(waiting))) {
        std::vector<std::int64_t> quotas;
        for (auto const& one : group)
            quotas.push_back(one.quota);
        if (!room.fits(quotas))
            continue;
        for (auto const& one : group) {
            room.take(one.quota);
            next.push_back(one);
        }
    }
    return next;
}

} // namespace concentric::activities
