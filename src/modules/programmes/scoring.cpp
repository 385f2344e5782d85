#include "modules/programmes/scoring.hpp"

#include <cmath>
#include <numeric>

namespace concentric::programmes {

static double plain_mean(std::span<std::int64_t const> scores)
{
    return static_cast<double>(std::accumulate(scores.begin(), scores.end(), std::int64_t{0})) / static_cast<double>(scores.size());
}

std::int64_t score_of(std::span<std::int64_t const> levels, std::span<std::int64_t const> counts)
{
    double sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i)
        sum += static_cast<double>(counts[i] - 1 - levels[i]) / static_cast<double>(counts[i] - 1);
    return std::lround(100 * sum / static_cast<double>(counts.size()));
}

std::optional<std::int64_t> mean_of(std::span<std::int64_t const> scores)
{
    return scores.empty() ? std::nullopt : std::optional<std::int64_t>(std::lround(plain_mean(scores)));
}

std::optional<std::int64_t> result_of(std::span<TaskScore const> tasks)
{
    double sum = 0;
    std::int64_t weights = 0;
    for (auto const& task : tasks) {
        if (task.scores.empty())
            return std::nullopt;
        sum += static_cast<double>(task.weight) * plain_mean(task.scores);
        weights += task.weight;
    }
    return weights == 0 ? std::nullopt : std::optional<std::int64_t>(std::lround(sum / static_cast<double>(weights)));
}

} // namespace concentric::programmes
