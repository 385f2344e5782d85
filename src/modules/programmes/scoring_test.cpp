#include "modules/programmes/scoring.hpp"

#include <gtest/gtest.h>

namespace concentric::programmes {
namespace {

using Numbers = std::vector<std::int64_t>;

std::int64_t score(Numbers const& levels, Numbers const& counts) { return score_of(levels, counts); }
std::optional<std::int64_t> result(std::vector<TaskScore> const& tasks) { return result_of(tasks); }

TEST(Scoring, the_best_levels_are_a_hundred_the_last_nothing_and_steps_between_are_equal)
{
    EXPECT_EQ(score({0, 0}, {4, 3}), 100);
    EXPECT_EQ(score({3, 2}, {4, 3}), 0);
    EXPECT_EQ(score({1, 1}, {4, 3}), 58); // (2/3 + 1/2) / 2 = 0.5833
}

TEST(Scoring, several_experts_are_averaged_and_tasks_weigh_as_they_should)
{
    EXPECT_EQ(result({{1, {80, 91}}, {3, {60}}}), 66); // (85.5 + 180) / 4 = 66.375
    EXPECT_EQ(result({{1, {80, 91}}}), 86); // 85.5
}

TEST(Scoring, there_is_no_result_while_a_task_has_no_mark)
{
    EXPECT_EQ(result({{1, {80}}, {1, {}}}), std::nullopt);
    EXPECT_EQ(result({}), std::nullopt);
    EXPECT_EQ(mean_of({}), std::nullopt);
}

} // namespace
} // namespace concentric::programmes
