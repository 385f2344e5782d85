#include "modules/programmes/fee_payments.hpp"

#include "modules/payments/payments.hpp"
#include "modules/programmes/fee_refunds.hpp"
#include "modules/sign_in/links.hpp"
#include "modules/sign_in/providers.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>

namespace concentric::programmes {
namespace {

using milliseconds::minute;
constexpr std::int64_t lasts = 30 * minute; // a code to pay with
constexpr std::int64_t still_good = 2 * minute; // left of it, so that it is shown again

struct StartPayment {
    OrderId id;
    Scene scene = Scene::native;
};
BOOST_DESCRIBE_STRUCT(StartPayment, (), (id, scene))

struct OnePayment {
    PaymentId id;
};
BOOST_DESCRIBE_STRUCT(OnePayment, (), (id))

struct PaymentView {
    PaymentId id;
    OrderId order;
    std::int64_t amount = 0; // fen
    ChargeState state = ChargeState::unpaid;
    Instant expires_at;
    std::optional<std::string> code_url; // the text of the QR code, while it can be paid with
    std::optional<payments::WechatCall> wechat_call; // within WeChat
};
BOOST_DESCRIBE_STRUCT(PaymentView, (), (id, order, amount, state, expires_at, code_url, wechat_call))

PaymentView view_of(Call const& call, PaymentRow const& row)
{
    PaymentView view{row.id, row.training_order, row.amount, row.state, row.expires_at, {}, {}};
    bool const can_be_paid = row.state == ChargeState::unpaid && row.expires_at > call.now;
    if (can_be_paid && row.scene == Scene::native)
        view.code_url = row.code;
    if (can_be_paid && row.scene == Scene::jsapi && payments::wechat_pay())
        view.wechat_call = payments::wechat_pay()->call_with(row.code, call.now);
    return view;
}

OrderRow own_order(Call& call, OrderId id)
{
    auto row = order_with(call, id);
    if (!row || row->person != call.viewer.person)
        throw not_found(the_order);
    call.audit_subject = fmt::format("training_order:{}", id.value);
    return std::move(*row);
}

// The WeChat user of the mini-program that this person logs in with.
std::string openid_of(Call& call, PersonId person)
{
    return sign_in::linked_subject(call, person, sign_in::wechat_provider).value_or("");
}

PaymentRow new_payment(Call const& call, OrderRow const& order, std::string_view method)
{
    PaymentRow row;
    row.county = call.county;
    row.id = new_id_of<PaymentId>();
    row.training_order = order.id;
    row.method = method;
    row.amount = order.amount;
    row.payer = order.person;
    row.asked_at = row.expires_at = row.checked_at = call.now;
    return row;
}

payments::Charge charge_of(Call& call, PaymentRow const& row, OrderRow const& order)
{
    auto const class_ = class_with(call, order.class_).value();
    return {outer_number(row.county, row.id.value), fmt::format("{} {}", class_.title, order.number), row.amount, *row.scene,
        row.scene == Scene::jsapi ? openid_of(call, order.person) : "", row.expires_at};
}

payments::Started started(payments::Charge const& charge)
try {
    return payments::wechat_pay()->start(charge);
} catch (payments::Away const& why) {
    ApiError error(ErrorKind::unavailable,
        {"微信支付暂时没有应答，请稍后再试。", "WeChat Pay does not answer at the moment; please try again shortly."}, why.what());
    error.retry_after_seconds = 5;
    throw error;
} catch (payments::Refused const& no) {
    throw conflict(
        {fmt::format("微信支付没有受理：{}", no.what()), fmt::format("WeChat Pay refused: {} ({})", no.what(), no.code)});
}

std::optional<PaymentRow> running_payment(Call& call, OrderId order, Scene scene)
{
    for (auto& row : payments_of(call, order))
        if (row.state == ChargeState::unpaid && row.scene == scene && row.fault == PaymentFault::none
            && row.expires_at.milliseconds > call.now.milliseconds + still_good)
            return std::move(row);
    return std::nullopt;
}

// WeChat Pay is asked before the first write; a charge that is lost in between was shown to nobody and closes by itself.
PaymentView start_payment(Call& call, StartPayment const& input)
{
    auto const order = own_order(call, input.id);
    auto const scenes = scenes_for(call, order.person);
    if (std::ranges::find(scenes, input.scene) == scenes.end())
        throw not_found({"支付方式", "way of payment"});
    if (order.state != OrderState::unpaid)
        throw conflict({"这笔费用不需要缴了。", "This fee is not owed any more."});
    if (auto const running = running_payment(call, order.id, input.scene))
        return view_of(call, *running);
    auto row = new_payment(call, order, by_wechat);
    row.scene = input.scene;
    row.expires_at = {call.now.milliseconds + lasts};
    row.code = started(charge_of(call, row, order)).code;
    call.db.insert("training_payments", row);
    return view_of(call, row);
}

PaymentView show_payment(Call& call, OnePayment const& input)
{
    auto const row = payment_with(call, input.id);
    if (!row || row->payer != call.viewer.person)
        throw not_found(the_payment);
    return view_of(call, *row);
}

PaymentFault fault_of(PaymentRow const& row, payments::ChargeNews const& news)
{
    if (news.currency != "CNY")
        return PaymentFault::currency;
    return news.amount == row.amount ? PaymentFault::none : PaymentFault::amount;
}

void keep_fault(Call& call, PaymentRow const& row, PaymentFault fault, payments::ChargeNews const& news)
{
    spdlog::error("payment {}: WeChat Pay tells {} {}, asked for were {} fen", outer_number(row.county, row.id.value), news.amount,
        news.currency, row.amount);
    call.db.execute("UPDATE training_payments SET fault = $3, told_amount = $4, reference = $5 WHERE county = $1 AND id = $2",
        call.county, row.id, fault, news.amount, news.transaction);
}

void settle(Call& call, PaymentRow const& row, payments::ChargeNews const& news)
{
    call.db.execute("UPDATE training_payments SET state = 'paid', reference = $3, told_amount = $4, settled_at = $5 WHERE county = "
                    "$1 AND id = $2",
        call.county, row.id, news.transaction, news.amount, call.now);
    auto const order = order_with(call, row.training_order).value();
    if (order.state == OrderState::unpaid)
        change_state(call, order, OrderState::paid, row.method, news.transaction, "");
    else
        give_back_doubled(call, row, order);
}

} // namespace

std::string outer_number(std::int64_t county, std::int64_t id) { return fmt::format("{}-{}", county, id); }

std::optional<OuterNumber> outer_number_in(std::string_view text)
{
    OuterNumber number;
    auto const* const end = text.data() + text.size();
    auto const county = std::from_chars(text.data(), end, number.county);
    if (county.ec != std::errc() || county.ptr == end || *county.ptr != '-')
        return std::nullopt;
    auto const id = std::from_chars(county.ptr + 1, end, number.id);
    return id.ec == std::errc() && id.ptr == end ? std::optional(number) : std::nullopt;
}

std::vector<Scene> scenes_for(Call& call, PersonId person)
{
    if (!payments::wechat_pay())
        return {};
    if (openid_of(call, person).empty())
        return {Scene::native};
    return {Scene::native, Scene::jsapi};
}

std::vector<PaymentRow> payments_of(Call& call, OrderId order)
{
    return call.db.rows<PaymentRow>(
        "SELECT * FROM training_payments WHERE county = $1 AND training_order = $2 ORDER BY id DESC", call.county, order);
}

std::optional<PaymentRow> payment_with(Call& call, PaymentId id)
{
    return call.db.row<PaymentRow>("SELECT * FROM training_payments WHERE county = $1 AND id = $2", call.county, id);
}

void confirm_transfer(Call& call, OrderRow const& order, std::string const& reference)
{
    auto row = new_payment(call, order, by_transfer);
    row.state = ChargeState::paid;
    row.reference = reference;
    row.told_amount = order.amount;
    row.settled_at = call.now;
    change_state(call, order, OrderState::paid, row.method, reference, "");
    call.db.insert("training_payments", row);
}

void take_news(Call& call, PaymentId id, payments::ChargeNews const& news)
{
    auto const unlocked = payment_with(call, id);
    if (!unlocked)
        throw not_found(the_payment);
    call.db.hold({unlocked->training_order.value}); // of two who tell it at the same moment, the second finds it done
    auto const row = payment_with(call, id).value();
    if (row.state == ChargeState::paid || row.state == news.state || row.fault != PaymentFault::none)
        return;
    if (news.state == ChargeState::closed)
        call.db.execute("UPDATE training_payments SET state = 'closed', settled_at = $3 WHERE county = $1 AND id = $2", call.county,
            row.id, call.now);
    if (news.state != ChargeState::paid)
        return;
    if (auto const fault = fault_of(row, news); fault != PaymentFault::none)
        keep_fault(call, row, fault, news);
    else
        settle(call, row, news);
}

Routes payment_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/training-orders/{id}/payments", signed_in, "own_payment_start",
            "Starts paying an own fee by WeChat Pay, or gives the code that still runs", start_payment)
            .slowly(),
        route(
            Verb::get, "/api/training-payments/{id}", signed_in, "own_payment_show", "What became of an own payment", show_payment),
    };
}

} // namespace concentric::programmes
