#include "modules/coursework/papers.hpp"

#include <gmock/gmock.h>

#include <map>

namespace concentric::coursework {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

constexpr QuestionId one{1}, two{2}, three{3}, four{4};

// Always the highest side.
std::size_t highest(std::size_t sides) { return sides - 1; }

TEST(Papers, so_many_are_drawn_as_are_wanted_and_there_are_and_none_twice)
{
    EXPECT_THAT(draw({one, two, three, four}, 2, highest), ElementsAre(four, one));
    EXPECT_THAT(draw({one, two}, 5, highest), UnorderedElementsAre(one, two));
    EXPECT_THAT(draw({}, 3, highest), ElementsAre());
}

TEST(Papers, every_question_is_drawn_about_as_often_as_any_other)
{
    auto const dice = unforeseeable();
    std::map<std::int64_t, int> times;
    for (int i = 0; i < 4000; ++i)
        for (auto const id : draw({one, two, three, four}, 1, dice))
            ++times[id.value];

    // 1,000 each; the standard deviation is 27, so 200 off is chance once in 10^13.
    for (auto const id : {one, two, three, four})
        EXPECT_NEAR(times[id.value], 1000, 200);
}

TEST(Papers, choices_change_places_but_true_stays_before_false)
{
    EXPECT_THAT(order_of(QuestionKind::single, 3, true, highest), ElementsAre(2, 0, 1));
    EXPECT_THAT(order_of(QuestionKind::single, 3, false, highest), ElementsAre(0, 1, 2));
    EXPECT_THAT(order_of(QuestionKind::truth, 2, true, highest), ElementsAre(0, 1));
}

TEST(Papers, what_was_ticked_is_what_was_meant_in_whatever_order_it_was_shown)
{
    PaperItem const item{one, {2, 0, 1}};

    EXPECT_THAT(meant(item, {0, 2}), ElementsAre(1, 2));
    EXPECT_THAT(meant(item, {1, 1, 7}), ElementsAre(0));
    EXPECT_THAT(shown(item, {1, 2}), ElementsAre(0, 2));
}

TEST(Papers, a_question_that_the_strong_get_right_and_the_weak_wrong_tells_much)
{
    // Five people right with 1000 per mille elsewhere, five wrong with 0: as one as can be.
    ItemSums const telling{10, 5, 5'000, 5'000'000, 5'000};
    // Right or wrong, all have 500 elsewhere on average, 0 and 1000 in turns: nothing.
    ItemSums const idle{12, 6, 6'000, 6'000'000, 3'000};
    // The other way round.
    ItemSums const misleading{10, 5, 5'000, 5'000'000, 0};

    EXPECT_NEAR(discrimination(telling).value(), 1, 1e-9);
    EXPECT_NEAR(discrimination(idle).value(), 0, 1e-9);
    EXPECT_NEAR(discrimination(misleading).value(), -1, 1e-9);
}

TEST(Papers, few_answers_or_all_alike_tell_nothing)
{
    EXPECT_EQ(discrimination({9, 5, 5'000, 5'000'000, 5'000}), std::nullopt);
    EXPECT_EQ(discrimination({10, 10, 5'000, 5'000'000, 5'000}), std::nullopt);
    EXPECT_EQ(discrimination({10, 5, 5'000, 2'500'000, 2'500}), std::nullopt);
}

} // namespace
} // namespace concentric::coursework
