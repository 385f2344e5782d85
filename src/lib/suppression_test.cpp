#include "lib/suppression.hpp"

#include <gtest/gtest.h>

#include <random>

namespace concentric::lib {

using Table = std::vector<CountedUnit>;
using Blank = std::vector<bool>;

TEST(suppression, a_table_of_large_figures_is_shown_whole)
{
    Table const table{{20, 10}, {30, 0}, {25, 25}};

    EXPECT_EQ(suppressed(table, 5), (Blank{false, false, false}));
}

TEST(suppression, one_small_unit_takes_the_next_smallest_with_it_since_the_sum_is_shown)
{
    Table const table{{40, 20}, {3, 0}, {30, 15}};

    EXPECT_EQ(suppressed(table, 5), (Blank{false, true, true}));
}

TEST(suppression, a_remainder_of_two_is_as_telling_as_a_group_of_two)
{
    Table const table{{40, 38}, {60, 30}, {50, 25}};

    EXPECT_EQ(suppressed(table, 5), (Blank{true, false, true}));
}

TEST(suppression, several_blanks_whose_sum_is_small_need_one_more)
{
    Table const table{{2, 0}, {2, 0}, {50, 20}, {60, 30}};

    EXPECT_EQ(suppressed(table, 5), (Blank{true, true, true, false}));
}

TEST(suppression, empty_units_tell_nothing_and_hide_nothing)
{
    Table const table{{0, 0}, {3, 0}, {30, 15}};

    EXPECT_EQ(suppressed(table, 5), (Blank{false, true, true}));
}

TEST(suppression, two_who_are_excused_are_as_telling_as_two_who_are_covered)
{
    Table const table{{40, 20, 2}, {60, 30, 0}, {50, 25, 10}};

    EXPECT_EQ(suppressed(table, 5), (Blank{true, false, true}));
}

TEST(suppression, a_small_county_shows_nothing)
{
    Table const table{{2, 1}, {1, 0}};

    EXPECT_EQ(suppressed(table, 5), (Blank{true, true}));
}

TEST(suppression, whatever_the_table_the_blanks_cannot_be_worked_out)
{
    std::mt19937 random(7);
    for (int round = 0; round < 5000; ++round) {
        Table table(1 + random() % 8);
        for (auto& unit : table) {
            unit.total = static_cast<std::int64_t>(random() % 40);
            unit.covered = unit.total ? static_cast<std::int64_t>(random() % (unit.total + 1)) : 0;
        }
        auto const blank = suppressed(table, 5);

        CountedUnit hidden;
        std::size_t blanks = 0;
        auto const small = [](std::int64_t count) { return count > 0 && count < 5; };
        for (std::size_t i = 0; i < table.size(); ++i) {
            if (blank[i]) {
                ++blanks;
                hidden.total += table[i].total;
                hidden.covered += table[i].covered;
            } else {
                EXPECT_FALSE(small(table[i].total) || small(table[i].covered) || small(table[i].total - table[i].covered));
            }
        }
        bool const all_hidden = blanks == table.size();
        if (blanks && !all_hidden) {
            EXPECT_GT(blanks, 1U);
            EXPECT_FALSE(small(hidden.total) || small(hidden.covered) || small(hidden.total - hidden.covered));
        }
    }
}

} // namespace concentric::lib
