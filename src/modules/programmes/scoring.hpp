#pragma once

#include "core/fields.hpp"

#include <optional>
#include <span>
#include <vector>

// What marks by a rubric come to: the rule, without a database.
namespace concentric::programmes {

// 0 to 100. Each criterion counts alike; its best level (place 0) is worth 100, its last one nothing, those between equal steps.
// `levels` are the places chosen, `counts` how many levels each criterion has (two at least).
std::int64_t score_of(std::span<std::int64_t const> levels, std::span<std::int64_t const> counts);

struct TaskScore {
    std::int64_t weight = 1;
    std::vector<std::int64_t> scores; // of each expert who marked it
};
// The mean of the tasks by their weights, each task the mean of its experts, to the nearest whole number; nothing while a task has
// no mark, or where there is no task.
std::optional<std::int64_t> result_of(std::span<TaskScore const> tasks);
// The mean of the experts to the nearest whole number; nothing without marks.
std::optional<std::int64_t> mean_of(std::span<std::int64_t const> scores);

} // namespace concentric::programmes
