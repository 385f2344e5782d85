#include "lib/suppression.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <set>

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

// Parts: 0 left behind only, 1 in need only, 2 both.
Parts const left_behind{0b101}, either{0b111};

TEST(suppression, two_tables_that_differ_by_few_children_are_not_both_shown)
{
    // Left behind or in need: 23, 40, 31. Left behind: 20, 30, 20; the first school has 3 who are in need only.
    std::vector<PartsTable> const wide{{either, {{23, 0}, {40, 0}, {31, 0}}}};

    EXPECT_EQ(suppressed_beside({left_behind, {{20, 0}, {30, 0}, {20, 0}}}, wide, 5), (Blank{true, true, false}))
        << "the second school too, or the sum tells of the first";
    EXPECT_EQ(suppressed_beside({left_behind, {{18, 0}, {30, 0}, {20, 0}}}, wide, 5), (Blank{false, false, false}));
}

TEST(suppression, covered_children_are_subtracted_only_where_they_are_counted_alike)
{
    // 10 are in need only; 2 of them are covered, if both tables count the same visits.
    PartsTable const narrow{left_behind, {{20, 10}, {30, 10}}};
    PartsTable wide{either, {{30, 12}, {50, 20}}};

    EXPECT_EQ(suppressed_beside(narrow, std::span(&wide, 1), 5), (Blank{false, false}));
    wide.counts_alike = true;
    EXPECT_EQ(suppressed_beside(narrow, std::span(&wide, 1), 5), (Blank{true, true}));
}

TEST(suppression, three_tables_tell_of_those_in_both_groups)
{
    // 20 + 13 − 30: 3 children are left behind and in need.
    std::vector<PartsTable> const others{{either, {{30, 0}}}, {left_behind, {{20, 0}}}};

    EXPECT_EQ(suppressed_beside({Parts{0b110}, {{13, 0}}}, others, 5), (Blank{true}));
    EXPECT_EQ(suppressed_beside({Parts{0b110}, {{13, 0}}}, std::span(others).last(1), 5), (Blank{false}))
        << "two groups alone do not tell how they overlap";
}

// Whoever has all that is shown, and solves it as a system of equations: rows of the echelon form, one for each leading unknown.
class Attacker {
public:
    explicit Attacker(std::size_t unknowns) : unknowns_(unknowns) { }

    void learn(std::vector<double> equation, double value)
    {
        equation.push_back(value);
        reduce(equation);
        auto const lead = leading(equation);
        if (lead == unknowns_)
            return;
        auto const by = equation[lead];
        for (auto& factor : equation)
            factor /= by;
        for (auto& [other, row] : rows_)
            subtract(row, equation, row[lead]);
        rows_.emplace(lead, std::move(equation));
    }
    // The value of a sum of unknowns, if it follows from what was learnt.
    std::optional<double> value_of(std::vector<double> question) const
    {
        question.push_back(0);
        reduce(question);
        return leading(question) == unknowns_ ? std::optional(-question.back()) : std::nullopt;
    }

private:
    std::size_t leading(std::vector<double> const& row) const
    {
        std::size_t at = 0;
        while (at < unknowns_ && std::abs(row[at]) < 1e-7)
            ++at;
        return at;
    }
    static void subtract(std::vector<double>& from, std::vector<double> const& row, double times)
    {
        for (std::size_t i = 0; i < row.size(); ++i)
            from[i] -= times * row[i];
    }
    void reduce(std::vector<double>& row) const
    {
        for (auto const& [lead, known] : rows_)
            subtract(row, known, row[lead]);
    }

    std::size_t unknowns_;
    std::map<std::size_t, std::vector<double>> rows_;
};

// Three groups, so seven parts of children; each table counts those of some groups, in a few schools and in their sum.
struct County {
    static constexpr std::size_t parts = 7;

    explicit County(std::mt19937& random) : schools(2 + random() % 3, std::vector<std::int64_t>(parts))
    {
        for (auto& school : schools)
            for (auto& children : school)
                children = random() % 3 ? static_cast<std::int64_t>(random() % 14) : 0;
        std::set<unsigned> chosen;
        while (chosen.size() < 2 + random() % 4)
            chosen.insert(1 + random() % 7);
        for (auto const groups : chosen) {
            PartsTable table;
            for (unsigned part = 0; part < parts; ++part)
                table.parts[part] = ((part + 1) & groups) != 0;
            for (auto const& school : schools)
                table.units.push_back({in(school, table.parts), 0, 0});
            tables.push_back(std::move(table));
        }
        std::ranges::stable_sort(
            tables, [](auto const& one, auto const& other) { return one.parts.count() > other.parts.count(); });
    }

    static std::int64_t in(std::vector<std::int64_t> const& school, Parts const& which)
    {
        std::int64_t sum = 0;
        for (std::size_t part = 0; part < parts; ++part)
            sum += which[part] ? school[part] : 0;
        return sum;
    }
    static PartsTable summed(PartsTable const& table)
    {
        PartsTable sum{table.parts, {{}}, false};
        for (auto const& unit : table.units)
            sum.units.front().total += unit.total;
        return sum;
    }

    // What a table shows: its sum first, which decides about all below it.
    void show(std::size_t i, Attacker& attacker) const
    {
        auto const before = std::span(tables).first(i);
        std::vector<PartsTable> sums;
        for (auto const& table : before)
            sums.push_back(summed(table));
        if (suppressed_beside(summed(tables[i]), sums, 5).front())
            return;
        attacker.learn(
            question(tables[i].parts, std::vector<bool>(schools.size(), true)), double(summed(tables[i]).units[0].total));
        auto const blank = suppressed_beside(tables[i], before, 5);
        for (std::size_t school = 0; school < schools.size(); ++school)
            if (!blank[school])
                attacker.learn(question(tables[i].parts, only(school)), double(tables[i].units[school].total));
    }

    std::vector<bool> only(std::size_t school) const
    {
        std::vector<bool> one(schools.size());
        one[school] = true;
        return one;
    }
    std::vector<double> question(Parts const& which, std::vector<bool> const& where) const
    {
        std::vector<double> factors;
        for (std::size_t school = 0; school < schools.size(); ++school)
            for (std::size_t part = 0; part < parts; ++part)
                factors.push_back(where[school] && which[part] ? 1 : 0);
        return factors;
    }

    std::vector<std::vector<std::int64_t>> schools; // children in each part
    std::vector<PartsTable> tables;
};

TEST(suppression, whoever_solves_all_tables_together_learns_of_no_small_group_of_children)
{
    std::mt19937 random(11);
    std::size_t learnt = 0;
    for (int round = 0; round < 400; ++round) {
        County const county(random);
        Attacker attacker(county.schools.size() * County::parts);
        for (std::size_t i = 0; i < county.tables.size(); ++i)
            county.show(i, attacker);

        for (unsigned which = 1; which < 128; ++which)
            for (std::size_t school = 0; school < county.schools.size(); ++school)
                if (auto const children = attacker.value_of(county.question(Parts(which), county.only(school)))) {
                    ++learnt;
                    EXPECT_FALSE(*children > 0.5 && *children < 4.5) << "round " << round << ", parts " << which;
                }
    }
    EXPECT_GT(learnt, 1000U) << "much is shown";
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
