#include "modules/programmes/fee_payments.hpp"

#include "modules/directory/county_for_test.hpp"
#include "modules/programmes/differences.hpp"
#include "modules/programmes/fee_refunds.hpp"

// One fee of 200 yuan, and what banks and WeChat Pay say of it.
namespace concentric::programmes {
namespace {

struct FeePayments : directory::County {
    FeePayments()
    {
        handle_refund_job(jobs);
        ClassRow class_;
        class_.county = county;
        class_.id = new_id_of<ClassId>();
        class_.owner = school;
        class_.title = "专题培训班";
        db.insert("training_classes", class_);
        order = {county, new_id_of<OrderId>(), "2026-000001", class_.id, new_id_of<PersonId>(), school, 20'000, OrderState::unpaid,
            "", "", call.now, call.now};
        db.insert("training_orders", order);
    }

    PaymentId asked()
    {
        PaymentRow row;
        row.county = county;
        row.id = new_id_of<PaymentId>();
        row.training_order = order.id;
        row.method = by_wechat;
        row.scene = Scene::native;
        row.amount = order.amount;
        row.payer = order.person;
        row.asked_at = row.checked_at = call.now;
        row.expires_at = {call.now.milliseconds + 1'800'000};
        db.insert("training_payments", row);
        return row.id;
    }
    static payments::ChargeNews paid(std::string transaction, std::int64_t amount = 20'000, std::string currency = "CNY")
    {
        return {"", ChargeState::paid, std::move(transaction), amount, std::move(currency)};
    }
    OrderRow now_order() { return order_with(call, order.id).value(); }
    std::int64_t count(char const* what)
    {
        return db.value<std::int64_t>(std::string("SELECT COUNT(*) AS value FROM ") + what + " WHERE county = $1", county).value();
    }

    OrderRow order;
};

TEST_F(FeePayments, a_payment_settles_its_fee_once_however_often_it_is_told)
{
    auto const payment = asked();

    take_news(call, payment, paid("T-1"));
    take_news(call, payment, paid("T-1"));
    take_news(call, payment, {"", ChargeState::closed, {}, 0}); // what is paid stays paid

    EXPECT_EQ(now_order().state, OrderState::paid);
    EXPECT_EQ(now_order().reference, "T-1");
    EXPECT_EQ(count("training_order_changes"), 1);
    EXPECT_EQ(count("training_refunds"), 0);
}

TEST_F(FeePayments, another_amount_or_currency_settles_nothing)
{
    for (auto const& news : {paid("T-1", 19'999), paid("T-2", 20'001), paid("T-3", 20'000, "HKD")}) {
        auto const payment = asked();
        take_news(call, payment, news);
        EXPECT_NE(payment_with(call, payment)->fault, PaymentFault::none);
    }

    EXPECT_EQ(now_order().state, OrderState::unpaid);
    auto const differences = differences_of(call, order.class_);
    ASSERT_EQ(differences.size(), 3U);
    EXPECT_EQ(differences.back().told_amount, 19'999);
}

TEST_F(FeePayments, a_code_that_was_closed_and_paid_at_the_same_moment_counts_as_paid)
{
    auto const payment = asked();

    take_news(call, payment, {"", ChargeState::closed, {}, 0});
    take_news(call, payment, paid("T-1"));

    EXPECT_EQ(now_order().state, OrderState::paid);
}

TEST_F(FeePayments, what_comes_for_a_fee_that_is_settled_goes_back_once)
{
    auto const settling = asked(), doubled = asked();
    take_news(call, settling, paid("T-1"));

    take_news(call, doubled, paid("T-2"));
    take_news(call, doubled, paid("T-2"));

    EXPECT_EQ(now_order().reference, "T-1");
    EXPECT_EQ(count("training_refunds"), 1);
    auto const refund = refund_of(call, doubled).value();
    EXPECT_EQ(refund.cause, RefundCause::doubled);
    EXPECT_EQ(refund.amount, 20'000);
    EXPECT_FALSE(refund_of(call, settling));
    take_news(call, refund.id, {"", RefundState::done, "R-1", {}});
    EXPECT_EQ(now_order().state, OrderState::paid) << "the first payment stays";
}

TEST_F(FeePayments, a_transfer_is_confirmed_and_given_back_by_hand)
{
    confirm_transfer(call, order, "20260305-1");
    EXPECT_EQ(error_of([&] { confirm_transfer(call, order, "20260305-2"); }).kind, ErrorKind::conflict);

    give_back(call, now_order(), "因病退班");

    EXPECT_EQ(now_order().state, OrderState::refunded);
    EXPECT_EQ(refund_of(call, payments_of(call, order.id).front().id)->state, RefundState::done);
    EXPECT_EQ(error_of([&] { give_back(call, now_order(), "再退一次"); }).kind, ErrorKind::conflict);
}

TEST_F(FeePayments, a_refund_is_asked_for_once_and_may_succeed_after_it_failed)
{
    auto const payment = asked();
    take_news(call, payment, paid("T-1"));
    give_back(call, now_order(), "因病退班");
    EXPECT_EQ(error_of([&] { give_back(call, now_order(), "再点一次"); }).kind, ErrorKind::conflict);
    auto const refund = refund_of(call, payment)->id;

    take_news(call, refund, {"", RefundState::failed, "R-1", "ABNORMAL", true});
    EXPECT_EQ(now_order().state, OrderState::paid);
    EXPECT_EQ(differences_of(call, order.class_).front().kind, DifferenceKind::refund_failed);
    take_news(call, refund, {"", RefundState::done, "R-1", {}});

    EXPECT_EQ(now_order().state, OrderState::refunded);
    EXPECT_TRUE(differences_of(call, order.class_).empty());
}

TEST(OuterNumbers, name_county_and_payment_and_fit_what_wechat_allows)
{
    auto const number = outer_number(510164, 9'223'372'036'854'775'807);

    EXPECT_EQ(number, "510164-9223372036854775807");
    EXPECT_LE(number.size(), 32U);
    EXPECT_EQ(outer_number_in(number)->county, 510164);
    EXPECT_EQ(outer_number_in(number)->id, 9'223'372'036'854'775'807);
    for (auto const* const wrong : {"", "510164", "510164-", "-1x", "510164-1 ", "a-1", "510164_1"})
        EXPECT_FALSE(outer_number_in(wrong)) << wrong;
}

} // namespace
} // namespace concentric::programmes
