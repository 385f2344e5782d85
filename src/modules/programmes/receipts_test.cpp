#include "modules/programmes/receipts.hpp"

#include <gtest/gtest.h>

namespace concentric::programmes {
namespace {

TEST(AmountInChinese, is_written_as_receipts_write_it)
{
    EXPECT_EQ(amount_in_chinese(0), "零元整");
    EXPECT_EQ(amount_in_chinese(20'000), "贰佰元整");
    EXPECT_EQ(amount_in_chinese(100'500), "壹仟零伍元整");
    EXPECT_EQ(amount_in_chinese(1'680'000), "壹万陆仟捌佰元整");
    EXPECT_EQ(amount_in_chinese(10'001'000), "壹拾万零壹拾元整");
    EXPECT_EQ(amount_in_chinese(6'007'14), "陆仟零柒元壹角肆分");
    EXPECT_EQ(amount_in_chinese(325'04), "叁佰贰拾伍元零肆分");
    EXPECT_EQ(amount_in_chinese(50), "伍角");
}

TEST(States, follow_one_another_as_money_does)
{
    using enum OrderState;
    EXPECT_EQ(states_after(unpaid), (std::vector{paid, waived}));
    EXPECT_EQ(states_after(paid), (std::vector{refunded}));
    EXPECT_EQ(states_after(waived), (std::vector{unpaid}));
    EXPECT_TRUE(states_after(refunded).empty());
}

} // namespace
} // namespace concentric::programmes
