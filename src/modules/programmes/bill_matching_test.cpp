#include "modules/programmes/bill_matching.hpp"

#include <gmock/gmock.h>

// What WeChat Pay billed and what is kept here, from 4 to 6 March 2026.
namespace concentric::programmes {
namespace {

constexpr Day fourth{20260304}, fifth{20260305}, sixth{20260306};
std::set<Day> const all{fourth, fifth, sixth};

Billed billed(Day day, char const* number, std::int64_t amount = 20'000, BillKind kind = BillKind::payment, bool is_settled = true)
{
    return {day, {kind, number, "42", amount, is_settled}};
}
Kept kept(char const* number, Day from, Day to, BillKind kind = BillKind::payment, bool is_settled = true)
{
    return {kind, number, 20'000, is_settled, from, to};
}
std::vector<BillFault> faults(std::vector<Billed> const& theirs, std::vector<Kept> const& ours, std::set<Day> const& days = all)
{
    std::vector<BillFault> found;
    for (auto const& one : mismatches(theirs, ours, days))
        found.push_back(one.fault);
    return found;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(BillMatching, what_agrees_is_no_difference)
{
    EXPECT_THAT(faults({billed(fifth, "1-7")}, {kept("1-7", fifth, fifth)}), IsEmpty());
}

TEST(BillMatching, finds_what_either_side_does_not_know_other_amounts_and_what_is_not_settled_here)
{
    auto const found = mismatches(std::vector{billed(fourth, "1-1"), billed(fifth, "1-2", 19'900), billed(sixth, "1-3")},
        std::vector{kept("1-2", fifth, fifth), kept("1-3", sixth, {}, BillKind::payment, false), kept("1-4", fourth, sixth)}, all);

    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0].fault, BillFault::missing_here);
    EXPECT_EQ(found[0].kept, std::nullopt);
    EXPECT_EQ(found[1].fault, BillFault::amount_differs);
    EXPECT_EQ(found[1].billed, 19'900);
    EXPECT_EQ(found[1].kept, 20'000);
    EXPECT_EQ(found[2].fault, BillFault::state_differs);
    EXPECT_EQ(found[3].fault, BillFault::missing_there);
    EXPECT_EQ(found[3].day, sixth);
}

TEST(BillMatching, what_was_settled_here_a_day_later_is_found_in_the_bill_of_its_own_day)
{
    EXPECT_THAT(faults({billed(fourth, "1-7")}, {kept("1-7", fourth, fifth)}), IsEmpty());
}

TEST(BillMatching, a_late_refund_is_matched_to_the_day_on_which_it_came_to_its_end)
{
    std::vector const on_its_way{billed(fourth, "1-9", 20'000, BillKind::refund, false)};
    std::vector const done{on_its_way[0], billed(sixth, "1-9", 20'000, BillKind::refund)};

    EXPECT_THAT(faults(on_its_way, {kept("1-9", fourth, {}, BillKind::refund, false)}), IsEmpty());
    EXPECT_THAT(faults(done, {kept("1-9", fourth, sixth, BillKind::refund)}), IsEmpty());
    EXPECT_THAT(faults(done, {kept("1-9", fourth, {}, BillKind::refund, false)}), ElementsAre(BillFault::state_differs));
}

TEST(BillMatching, a_payment_and_a_refund_of_the_same_number_are_two_things)
{
    EXPECT_THAT(faults({billed(fifth, "1-7", 20'000, BillKind::refund)}, {kept("1-7", fifth, fifth)}),
        ElementsAre(BillFault::missing_here, BillFault::missing_there));
}

TEST(BillMatching, nothing_is_missed_there_before_all_bills_of_its_days_are_here)
{
    EXPECT_THAT(faults({}, {kept("1-7", fourth, fifth)}, {fifth, sixth}), IsEmpty());
    EXPECT_THAT(faults({}, {kept("1-7", fourth, fifth)}, {fourth, fifth}), ElementsAre(BillFault::missing_there));
}

} // namespace
} // namespace concentric::programmes
