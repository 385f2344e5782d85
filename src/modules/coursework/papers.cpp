#include "modules/coursework/papers.hpp"

#include "lib/each_once.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace concentric::coursework {

Dice unforeseeable()
{
    return [](std::size_t sides) {
        static thread_local std::random_device source;
        return std::uniform_int_distribution<std::size_t>(0, sides - 1)(source);
    };
}

// Fisher and Yates: the first `count` places are drawn.
template <class T> static void shuffle(std::vector<T>& list, std::size_t count, Dice const& dice)
{
    for (std::size_t i = 0; i < count && i + 1 < list.size(); ++i)
        std::swap(list[i], list[i + dice(list.size() - i)]);
}

std::vector<QuestionId> draw(std::vector<QuestionId> from, std::size_t count, Dice const& dice)
{
    shuffle(from, count, dice);
    from.resize(std::min(count, from.size()));
    return from;
}

std::vector<std::int64_t> order_of(QuestionKind kind, std::size_t choices, bool is_shuffled, Dice const& dice)
{
    std::vector<std::int64_t> order(choices);
    std::iota(order.begin(), order.end(), 0);
    if (is_shuffled && kind != QuestionKind::truth)
        shuffle(order, order.size(), dice);
    return order;
}

std::vector<std::int64_t> meant(PaperItem const& item, std::vector<std::int64_t> const& shown)
{
    std::vector<std::int64_t> places;
    for (auto const place : shown)
        if (place >= 0 && place < static_cast<std::int64_t>(item.order.size()))
            places.push_back(item.order[static_cast<std::size_t>(place)]);
    return lib::each_once(std::move(places));
}

std::vector<std::int64_t> shown(PaperItem const& item, std::vector<std::int64_t> const& meant)
{
    std::vector<std::int64_t> places;
    for (std::size_t i = 0; i < item.order.size(); ++i)
        if (std::ranges::count(meant, item.order[i]) > 0)
            places.push_back(static_cast<std::int64_t>(i));
    return places;
}

std::optional<double> discrimination(ItemSums const& sums)
{
    constexpr std::int64_t fewest = 10;
    if (sums.answers < fewest)
        return std::nullopt;
    auto const n = static_cast<double>(sums.answers);
    auto const right = static_cast<double>(sums.right) / n, rest = static_cast<double>(sums.rest) / n;
    auto const spread_right = right * (1 - right), spread_rest = static_cast<double>(sums.rest_squared) / n - rest * rest;
    if (spread_right <= 0 || spread_rest <= 1e-9)
        return std::nullopt;
    auto const together = static_cast<double>(sums.rest_of_right) / n - right * rest;
    return std::clamp(together / std::sqrt(spread_right * spread_rest), -1.0, 1.0);
}

} // namespace concentric::coursework
