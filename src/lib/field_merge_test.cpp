#include "lib/field_merge.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

namespace concentric::lib {
namespace {

using Edits = std::vector<FieldEdit>;

FieldEdit edit(std::int64_t id, std::vector<std::int64_t> saw, std::map<std::string, std::optional<std::string>> fields)
{
    return {id, id, std::move(saw), std::move(fields)};
}

std::vector<std::string> values(Edits const& edits, std::string const& field)
{
    std::vector<std::string> found;
    auto const result = merged(edits);
    if (auto const at = result.find(field); at != result.end())
        for (auto const& choice : at->second)
            found.push_back(choice.value);
    return found;
}

using Values = std::vector<std::string>;

TEST(FieldMerge, a_field_that_one_changed_is_as_they_wrote_it)
{
    Edits const edits{edit(1, {}, {{"talk", "作息"}, {"needs", "字典"}}), edit(2, {1}, {{"talk", "作息和作业"}})};

    EXPECT_EQ(values(edits, "talk"), Values{"作息和作业"});
    EXPECT_EQ(values(edits, "needs"), Values{"字典"});
}

TEST(FieldMerge, a_field_that_two_changed_without_hearing_of_each_other_keeps_both_until_somebody_decides)
{
    Edits edits{edit(1, {}, {{"talk", "作息"}}), edit(2, {1}, {{"talk", "作业"}}), edit(3, {1}, {{"talk", "屏幕"}})};
    EXPECT_EQ(values(edits, "talk"), (Values{"屏幕", "作业"}));

    edits.push_back(edit(4, {1, 2, 3}, {{"talk", "作业和屏幕"}}));
    EXPECT_EQ(values(edits, "talk"), Values{"作业和屏幕"});
}

TEST(FieldMerge, two_who_wrote_the_same_do_not_disagree)
{
    Edits const edits{edit(1, {}, {{"talk", "作息"}}), edit(2, {}, {{"talk", "作息"}})};

    EXPECT_EQ(values(edits, "talk"), Values{"作息"});
}

TEST(FieldMerge, what_somebody_wrote_stays_though_another_took_the_record_out_meanwhile)
{
    Edits const edits{edit(1, {}, {{"talk", "作息"}, {"needs", "字典"}}), edit(2, {1}, {{"talk", {}}, {"needs", {}}}),
        edit(3, {1}, {{"talk", "作息和作业"}})};

    EXPECT_EQ(values(edits, "talk"), Values{"作息和作业"});
    EXPECT_EQ(values(edits, "needs"), Values{});
}

// Two phones and the server change a record at random; a phone hears of the others only when it meets the server.
class Day {
public:
    explicit Day(unsigned seed) : random_(seed) { }

    Edits written(std::int64_t count = 6)
    {
        for (std::int64_t id = 1; id <= count; ++id) {
            auto& place = below(4) ? heard_[below(3)] : meet(below(2));
            FieldEdit one{id, static_cast<std::int64_t>(below(4)), known_of(place), {}};
            for (auto const* field : {"talk", "needs", "minutes"})
                if (below(2))
                    one.fields[field] = below(5) ? std::optional(std::to_string(below(3))) : std::nullopt;
            place.insert(id);
            all_.push_back(std::move(one));
        }
        return all_;
    }

private:
    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }
    // An edit that an edit saw need not have arrived where a phone asks what there is.
    std::vector<std::int64_t> known_of(std::set<std::int64_t> const& place)
    {
        std::vector<std::int64_t> known;
        for (auto const id : place)
            if (below(4))
                known.push_back(id);
        return known;
    }
    std::set<std::int64_t>& meet(std::size_t phone)
    {
        heard_[phone].insert(heard_[2].begin(), heard_[2].end());
        heard_[2] = heard_[phone];
        return heard_[phone];
    }

    std::mt19937 random_;
    std::set<std::int64_t> heard_[3];
    Edits all_;
};

// As a server does it: one after the other, letting go of what was replaced each time, the same thing twice now and then.
MergedFields arrived(Edits const& edits, std::vector<std::size_t> const& order)
{
    Edits here;
    for (auto const at : order) {
        if (std::ranges::find(here, edits[at].id, &FieldEdit::id) == here.end())
            here.push_back(edits[at]);
        drop_replaced(here);
    }
    return merged(here);
}

TEST(FieldMerge, every_order_of_arrival_gives_the_same)
{
    for (unsigned seed = 0; seed < 120; ++seed) {
        auto const edits = Day(seed).written();
        auto const expected = merged(edits);
        std::vector<std::size_t> order{0, 1, 2, 3, 4, 5};
        do {
            auto twice = order;
            twice.insert(twice.end(), order.begin(), order.begin() + 2);
            ASSERT_EQ(arrived(edits, twice), expected) << "seed " << seed;
        } while (std::ranges::next_permutation(order).found);
    }
}

TEST(FieldMerge, a_long_day_ends_alike_in_whatever_order_its_edits_arrive)
{
    for (unsigned seed = 0; seed < 60; ++seed) {
        auto const edits = Day(seed).written(40);
        auto const expected = merged(edits);
        std::vector<std::size_t> order(edits.size());
        std::iota(order.begin(), order.end(), 0);
        std::mt19937 random(seed);
        for (int n = 0; n < 30; ++n) {
            std::ranges::shuffle(order, random);
            auto twice = order;
            twice.insert(twice.end(), order.begin(), order.begin() + 7);
            ASSERT_EQ(arrived(edits, twice), expected) << "seed " << seed;
        }
    }
}

TEST(FieldMerge, nothing_is_lost_that_nobody_replaced_with_their_eyes_open)
{
    for (unsigned seed = 0; seed < 2000; ++seed) {
        auto const edits = Day(seed).written();
        auto const result = merged(edits);
        for (auto const& one : edits)
            for (auto const& [field, value] : one.fields) {
                if (!value)
                    continue;
                bool const was_replaced = std::ranges::any_of(edits, [&, name = field](auto const& other) {
                    return other.fields.contains(name) && std::ranges::find(other.saw, one.id) != other.saw.end();
                });
                bool const is_there = result.contains(field)
                    && std::ranges::find(result.at(field), *value, &FieldChoice::value) != result.at(field).end();
                EXPECT_TRUE(was_replaced || is_there) << "seed " << seed << ", " << field;
            }
    }
}

} // namespace
} // namespace concentric::lib
