#include "modules/programmes/fee_refunds.hpp"

#include "modules/inbox/inbox.hpp"
#include "modules/payments/payments.hpp"
#include "modules/programmes/fee_payments.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::programmes {
namespace {

struct RefundOrder {
    std::int64_t county = 0;
    RefundId refund;
};
BOOST_DESCRIBE_STRUCT(RefundOrder, (), (county, refund))

struct OneRefund {
    RefundId id;
};
BOOST_DESCRIBE_STRUCT(OneRefund, (), (id))
struct SettleRefund {
    RefundId id;
    Text<1, 64> reference;
};
BOOST_DESCRIBE_STRUCT(SettleRefund, (), (id, reference))

RefundRow new_refund(Call& call, PaymentRow const& payment, RefundCause cause, std::string reason)
{
    RefundRow row;
    row.county = call.county;
    row.id = new_id_of<RefundId>();
    row.payment = payment.id;
    row.cause = cause;
    row.amount = payment.amount;
    row.reason = std::move(reason);
    row.asked_by = call.viewer.person;
    row.asked_at = row.checked_at = call.now;
    call.db.insert("training_refunds", row);
    return row;
}

payments::Refund asked_for(PaymentRow const& payment, RefundRow const& row)
{
    return {outer_number(row.county, row.id.value), outer_number(payment.county, payment.id.value), row.amount, row.reason};
}

// Jobs of one county run one after the other; money must not wait for an import, so this goes as the installation's own.
void queue(Call& call, RefundId id)
{
    auto const county = std::exchange(call.county, 0);
    call.jobs.add(call, refund_job, to_json(RefundOrder{county, id}));
    call.county = county;
}

void begin(Call& call, PaymentRow const& payment, RefundCause cause, std::string const& reason)
{
    auto const row = new_refund(call, payment, cause, reason);
    if (payment.method != by_transfer)
        return queue(call, row.id);
    take_news(call, row.id, payments::way_named(payment.method).give_back(asked_for(payment, row)));
}

bool is_running(std::optional<RefundRow> const& refund) { return refund && refund->state != RefundState::failed; }

// The payment that settled the order.
PaymentRow settling_payment(Call& call, OrderRow const& order)
{
    for (auto& payment : payments_of(call, order.id))
        if (payment.state == ChargeState::paid && payment.method == order.method && payment.reference == order.reference) {
            auto const refund = refund_of(call, payment.id);
            if (!refund || refund->cause == RefundCause::decided)
                return std::move(payment);
        }
    throw conflict({"没有找到这笔费用的支付记录。", "The payment of this fee is not there."});
}

void tell_refunded(Call& call, OrderRow const& order)
{
    auto const title = class_with(call, order.class_).value().title;
    inbox::tell(call, order.person,
        {inbox::LetterKind::training, {"培训费用已退：" + title, "Your fee was given back: " + title},
            {fmt::format("{} 元，订单 {}。", yuan(order.amount), order.number),
                fmt::format("{} yuan, fee {}.", yuan(order.amount), order.number)},
            fmt::format("/my-training/{}", order.class_.value)});
}

void tell_paid_twice(Call& call, PaymentRow const& payment, OrderRow const& order)
{
    auto const title = class_with(call, order.class_).value().title;
    inbox::tell(call, order.person,
        {inbox::LetterKind::training, {"多缴的费用正在退回：" + title, "What you paid once more is on its way back: " + title},
            {fmt::format("订单 {} 此前已结清，{} 元原路退回。", order.number, yuan(payment.amount)),
                fmt::format("Fee {} was settled before; {} yuan go back the way they came.", order.number, yuan(payment.amount))},
            fmt::format("/my-training/{}", order.class_.value)});
}

void finish(Call& call, RefundRow const& row)
{
    if (row.cause == RefundCause::doubled)
        return; // the order is settled by another payment, or not owed; the payer was told when it was asked for
    auto const payment = payment_with(call, row.payment).value();
    auto const order = order_with(call, payment.training_order).value();
    if (order.state != OrderState::paid)
        return; // an earlier refund that had failed came through after all
    change_state(call, order, OrderState::refunded, order.method, order.reference, row.reason);
    tell_refunded(call, order);
}

// Of a class that the viewer runs.
RefundRow managed_refund(Call& call, RefundId id)
{
    auto row = refund_with(call, id);
    auto const payment = row ? payment_with(call, row->payment) : std::nullopt;
    auto const order = payment ? order_with(call, payment->training_order) : std::nullopt;
    auto const class_ = order ? class_with(call, order->class_) : std::nullopt;
    if (!class_ || !may_manage(call, *class_))
        throw not_found(the_refund);
    call.audit_subject = fmt::format("training_order:{}", order->id.value);
    call.db.hold({order->id.value});
    row = refund_with(call, id);
    if (row->state != RefundState::failed || refund_of(call, row->payment)->id != id)
        throw conflict({"只有未成功的退款可以再次处理。", "Only a refund that failed can be taken up again."});
    return std::move(*row);
}

// WeChat Pay settles some failures under the same number (ABNORMAL); a refused or closed one needs another
// (https://pay.weixin.qq.com/doc/v3/merchant/4013071031).
Nothing ask_again(Call& call, OneRefund const& input)
{
    auto const row = managed_refund(call, input.id);
    if (!row.may_recover) {
        begin(call, payment_with(call, row.payment).value(), row.cause, row.reason);
        return {};
    }
    call.db.execute("UPDATE training_refunds SET state = 'asked', failure = '', asked_at = $3, checked_at = $3 WHERE county = $1 "
                    "AND id = $2",
        call.county, row.id, call.now);
    queue(call, row.id);
    return {};
}

Nothing settle_by_transfer(Call& call, SettleRefund const& input)
{
    auto const row = managed_refund(call, input.id);
    take_news(call, row.id, {{}, RefundState::done, input.reference, {}});
    return {};
}

std::string run_refund_job(Call& call, std::string const& input, Progress&)
{
    auto const order = reflect::from_json<RefundOrder>(input);
    auto const own = std::exchange(call.county, order.county);
    if (auto const row = refund_with(call, order.refund); row && row->state == RefundState::asked)
        advance(call, *row);
    call.county = own;
    return "null";
}

} // namespace

std::optional<RefundRow> refund_of(Call& call, PaymentId payment)
{
    return call.db.row<RefundRow>(
        "SELECT * FROM training_refunds WHERE county = $1 AND payment = $2 ORDER BY id DESC LIMIT 1", call.county, payment);
}

std::optional<RefundRow> refund_with(Call& call, RefundId id)
{
    return call.db.row<RefundRow>("SELECT * FROM training_refunds WHERE county = $1 AND id = $2", call.county, id);
}

void give_back(Call& call, OrderRow const& order, std::string const& reason)
{
    call.db.hold({order.id.value});
    if (order_with(call, order.id)->state != OrderState::paid)
        throw conflict({"没有缴费的订单不能退费。", "Only a fee that was paid can be given back."});
    auto const payment = settling_payment(call, order);
    if (is_running(refund_of(call, payment.id)))
        throw conflict({"退款已经提出，请等待结果。", "The refund was asked for already; please wait for its outcome."});
    begin(call, payment, RefundCause::decided, reason);
}

void give_back_doubled(Call& call, PaymentRow const& payment, OrderRow const& order)
{
    begin(call, payment, RefundCause::doubled, call.say({"重复缴费", "Paid twice"}));
    tell_paid_twice(call, payment, order);
}

void take_news(Call& call, RefundId id, payments::RefundNews const& news)
{
    auto const unlocked = refund_with(call, id);
    auto const payment = unlocked ? payment_with(call, unlocked->payment) : std::nullopt;
    if (!payment)
        throw not_found(the_refund);
    call.db.hold({payment->training_order.value});
    auto const row = refund_with(call, id).value();
    if (row.state == RefundState::done)
        return;
    call.db.execute("UPDATE training_refunds SET state = $3, reference = $4, failure = $5, may_recover = $6, settled_at = $7, "
                    "checked_at = $8 WHERE county = $1 AND id = $2",
        call.county, id, news.state, news.reference.empty() ? row.reference : news.reference, news.failure, news.may_recover,
        news.state == RefundState::asked ? Instant{} : call.now, call.now);
    if (news.state == RefundState::done)
        finish(call, row);
}

void advance(Call& call, RefundRow const& row)
{
    auto const payment = payment_with(call, row.payment).value();
    auto const& way = payments::way_named(payment.method);
    auto const news = row.reference.empty() ? way.give_back(asked_for(payment, row))
                                            : way.look_up_refund(outer_number(row.county, row.id.value));
    db::Transaction transaction(call.db);
    take_news(call, row.id, news);
    transaction.commit();
}

void handle_refund_job(Jobs& jobs) { jobs.handle(std::string(refund_job), run_refund_job); }

Routes refund_routes()
{
    using enum Permission;
    return {
        route(Verb::put, "/api/training-refunds/{id}/asking", manage_courses, "training_refund_retry",
            "Asks once more for a refund that failed", ask_again),
        route(Verb::put, "/api/training-refunds/{id}/transfer", manage_courses, "training_refund_settle",
            "Says that a refund that failed was paid by bank transfer instead", settle_by_transfer),
    };
}

} // namespace concentric::programmes
