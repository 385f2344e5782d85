#include "modules/payments/wechat_pay.hpp"

#include "core/crypto.hpp"
#include "core/digests.hpp"
#include "core/error.hpp"

#include <fmt/format.h>

namespace concentric::payments {

namespace json = boost::json;

static constexpr std::size_t longest_title = 127; // bytes
static constexpr std::size_t longest_reason = 80;

// Cut between characters.
static std::string within(std::string text, std::size_t most)
{
    if (text.size() <= most)
        return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80)
        --most;
    text.resize(most);
    return text;
}

// "2026-03-05T08:00:00+08:00"
static std::string in_seconds(Instant moment)
{
    auto text = text_of(moment);
    if (auto const dot = text.find('.'); dot != text.npos)
        text.erase(dot, text.find_first_of("+Z", dot) - dot);
    return text;
}

WechatPay::WechatPay(WechatMerchant merchant, WechatKeys keys)
    : merchant_(std::move(merchant)), keys_(std::move(keys)), exchange_(merchant_.address, merchant_.id, keys_)
{
}

Started WechatPay::start(Charge const& charge) const
{
    json::object body{{"appid", merchant_.app_id}, {"mchid", merchant_.id}, {"description", within(charge.title, longest_title)},
        {"out_trade_no", charge.number}, {"time_expire", in_seconds(charge.expires_at)}, {"notify_url", merchant_.notice_address},
        {"amount", {{"total", charge.amount}, {"currency", "CNY"}}}};
    if (charge.scene == Scene::native)
        return {text_in(exchange_.post("/v3/pay/transactions/native", body), "code_url")};
    body["payer"] = {{"openid", charge.payer}};
    return {text_in(exchange_.post("/v3/pay/transactions/jsapi", body), "prepay_id")};
}

static ChargeState state_of(std::string const& trade_state)
{
    if (trade_state == "SUCCESS" || trade_state == "REFUND") // given back since: it was paid
        return ChargeState::paid;
    if (trade_state == "CLOSED" || trade_state == "REVOKED")
        return ChargeState::closed;
    return ChargeState::unpaid; // NOTPAY, USERPAYING, PAYERROR
}

ChargeNews WechatPay::news_of(json::object const& transaction) const
{
    ChargeNews news{text_in(transaction, "out_trade_no"), state_of(text_in(transaction, "trade_state")), {}, 0};
    if (news.state != ChargeState::paid)
        return news;
    auto const& amount = object_in(transaction, "amount");
    news.transaction = text_in(transaction, "transaction_id");
    news.amount = number_in(amount, "total");
    news.currency = text_in(amount, "currency");
    return news;
}

ChargeNews WechatPay::look_up(std::string const& number) const
try {
    return news_of(exchange_.get(fmt::format("/v3/pay/transactions/out-trade-no/{}?mchid={}", number, merchant_.id)));
} catch (Refused const& no) {
    if (no.code != "ORDER_NOT_EXIST" && no.code != "ORDERNOTEXIST")
        throw;
    return {number, ChargeState::closed, {}, 0};
}

void WechatPay::close(std::string const& number) const
{
    exchange_.post(fmt::format("/v3/pay/transactions/out-trade-no/{}/close", number), {{"mchid", merchant_.id}});
}

static RefundNews refund_news(std::string number, std::string reference, std::string const& status)
{
    RefundNews news{std::move(number), RefundState::asked, std::move(reference), {}};
    if (status == "SUCCESS")
        news.state = RefundState::done;
    else if (status != "PROCESSING") {
        news.state = RefundState::failed;
        news.failure = status;
        news.may_recover = status == "ABNORMAL"; // the merchant can still settle it by hand at WeChat Pay
    }
    return news;
}

RefundNews WechatPay::give_back(Refund const& refund) const
try {
    auto const said = exchange_.post("/v3/refund/domestic/refunds",
        {{"out_trade_no", refund.charge}, {"out_refund_no", refund.number}, {"reason", within(refund.reason, longest_reason)},
            {"notify_url", merchant_.notice_address},
            {"amount", {{"refund", refund.amount}, {"total", refund.amount}, {"currency", "CNY"}}}});
    return refund_news(refund.number, text_in(said, "refund_id"), text_in(said, "status"));
} catch (Refused const& no) {
    return {refund.number, RefundState::failed, {}, fmt::format("{} {}", no.code, no.what())};
}

RefundNews WechatPay::look_up_refund(std::string const& number) const
{
    auto const said = exchange_.get("/v3/refund/domestic/refunds/" + number);
    return refund_news(number, text_in(said, "refund_id"), text_in(said, "status"));
}

std::string WechatPay::trade_bill(Day day) const
try {
    auto const said = exchange_.get(fmt::format("/v3/bill/tradebill?bill_date={}&bill_type=ALL", text_of(day)));
    auto file = exchange_.download(text_in(said, "download_url"));
    if (text_in(said, "hash_type") != "SHA1" || text_in(said, "hash_value") != crypto::sha1_hex(file))
        throw Away("WeChat Pay: the bill is not what its digest says");
    return file;
} catch (Refused const& no) {
    if (no.code != "NO_STATEMENT_EXIST")
        throw;
    return {};
}

WechatCall WechatPay::call_with(std::string const& prepay_id, Instant now) const
{
    WechatCall call{merchant_.app_id, std::to_string(now.milliseconds / 1000),
        crypto::random_text(32, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "prepay_id=" + prepay_id, "RSA", {}};
    call.pay_sign = keys_.merchant.sign(fmt::format("{}\n{}\n{}\n{}\n", call.app_id, call.time_stamp, call.nonce, call.package));
    return call;
}

static ApiError not_from_wechat()
{
    return {ErrorKind::unauthenticated, {"不是微信支付发出的通知。", "This is no message of WeChat Pay."}};
}

static ApiError not_for_us(std::string detail)
{
    return {ErrorKind::invalid, {"不是发给本商户的通知。", "This message is not for this merchant."}, std::move(detail)};
}

WechatNotice WechatPay::opened(WechatSignature const& by, std::string_view body, Instant now) const
try {
    if (!is_from_wechat(keys_, by, body, now))
        throw not_from_wechat();
    auto const message = object_of(body);
    auto const& resource = object_in(message, "resource");
    auto const* const context = resource.if_contains("associated_data"); // optional
    std::string text;
    if (text_in(resource, "algorithm") != "AEAD_AES_256_GCM"
        || !keys_.notices.open(text_in(resource, "ciphertext"), text_in(resource, "nonce"),
            context && context->is_string() ? std::string_view(context->as_string()) : "", text))
        throw not_for_us("the resource cannot be opened with the APIv3 key");
    auto const content = object_of(text);
    if (text_in(content, "mchid") != merchant_.id)
        throw not_for_us("another merchant");
    auto const kind = text_in(message, "event_type");
    if (kind.starts_with("REFUND."))
        return {
            {}, refund_news(text_in(content, "out_refund_no"), text_in(content, "refund_id"), text_in(content, "refund_status"))};
    if (!kind.starts_with("TRANSACTION."))
        return {};
    if (text_in(content, "appid") != merchant_.app_id)
        throw not_for_us("another app");
    return {news_of(content), {}};
} catch (Away const& incomplete) {
    throw not_for_us(incomplete.what());
}

} // namespace concentric::payments
