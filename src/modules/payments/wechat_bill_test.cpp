#include "modules/payments/wechat_bill.hpp"

#include "modules/payments/way.hpp"

#include <gmock/gmock.h>

// The bill of a day as WeChat Pay writes it: headings, lines whose cells begin with a back-tick, and two lines of sums.
namespace concentric::payments {
namespace {

constexpr std::string_view heading
    = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
      "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,"
      "费率,订单金额,申请退款金额,费率备注\r\n";
constexpr std::string_view paid
    = "`2026-03-05 08:00:01,`wx55,`1900000001,`0,`,`4200001,`510164-7,`o-1,`NATIVE,`SUCCESS,`OTHERS,`CNY,`200.00,`0.00,`0,`0,"
      "`0.00,`0.00,`,`,`专题班, 第一期,`,`1.20,`0.60%,`200.00,`0.00,`\r\n";
constexpr std::string_view on_its_way
    = "`2026-03-05 09:00:01,`wx55,`1900000001,`0,`,`4200001,`510164-7,`o-1,`NATIVE,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`5030001,"
      "`510164-9,`200.00,`0.00,`ORIGINAL,`PROCESSING,`专题班,`,`-1.20,`0.60%,`0.00,`200.5,`\r\n";
constexpr std::string_view sums = "总交易单数,应结订单总金额\r\n`2,`200.00\r\n";

TEST(WechatBill, is_read_line_by_line_whatever_a_title_holds)
{
    auto const lines = bill_lines(std::string("\xEF\xBB\xBF").append(heading).append(paid).append(on_its_way).append(sums));

    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].kind, BillKind::payment);
    EXPECT_EQ(lines[0].number, "510164-7");
    EXPECT_EQ(lines[0].reference, "4200001");
    EXPECT_EQ(lines[0].amount, 20'000);
    EXPECT_TRUE(lines[0].is_settled);
    EXPECT_EQ(lines[1].kind, BillKind::refund);
    EXPECT_EQ(lines[1].number, "510164-9");
    EXPECT_EQ(lines[1].reference, "5030001");
    EXPECT_EQ(lines[1].amount, 20'050);
    EXPECT_FALSE(lines[1].is_settled);
}

TEST(WechatBill, of_a_day_without_trades_is_empty)
{
    EXPECT_TRUE(bill_lines("").empty());
    EXPECT_TRUE(bill_lines(std::string(heading).append(sums)).empty());
}

TEST(WechatBill, that_lacks_a_column_or_holds_no_amount_is_not_believed)
{
    EXPECT_THROW(bill_lines("交易时间,商户号\n`2026-03-05,`1900000001\n"), Away);
    auto spoilt = std::string(heading).append(paid);
    spoilt.replace(spoilt.find("`200.00,`0.00,`\r"), 7, "`zwei00");
    EXPECT_THROW(bill_lines(spoilt), Away);
}

} // namespace
} // namespace concentric::payments
