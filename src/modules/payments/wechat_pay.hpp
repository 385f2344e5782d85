#pragma once

#include "modules/payments/wechat_exchange.hpp"

// WeChat Pay (微信支付), API v3, as a merchant of its own: by QR code (Native) or within WeChat (JSAPI).
// https://pay.weixin.qq.com/doc/v3/merchant/4012791874
namespace concentric::payments {

// Where WeChat Pay sends what it has to say by itself.
inline constexpr std::string_view notice_path = "/api/payment-notices/wechat";

struct WechatMerchant {
    std::string id, app_id;
    std::string address; // of WeChat Pay
    std::string notice_address; // ours
};

// What WeChat itself is called with to pay (WeixinJSBridge, wx.requestPayment); names as WeChat writes them.
struct WechatCall {
    std::string app_id, time_stamp, nonce, package, sign_type, pay_sign;
};
BOOST_DESCRIBE_STRUCT(WechatCall, (), (app_id, time_stamp, nonce, package, sign_type, pay_sign))

// A message that WeChat Pay sent by itself: one of the two.
struct WechatNotice {
    std::optional<ChargeNews> charge;
    std::optional<RefundNews> refund;
};

class WechatPay final : public Way {
public:
    WechatPay(WechatMerchant merchant, WechatKeys keys);
    WechatPay(WechatPay const&) = delete;
    WechatPay& operator=(WechatPay const&) = delete;

    Started start(Charge const&) const override;
    ChargeNews look_up(std::string const& number) const override;
    void close(std::string const& number) const override;
    RefundNews give_back(Refund const&) const override;
    RefundNews look_up_refund(std::string const& number) const override;

    // The file of all trades of a day, whole as its digest says; empty where there were none. Like the functions above.
    std::string trade_bill(Day day) const;

    // For a prepay_id that start() gave.
    WechatCall call_with(std::string const& prepay_id, Instant now) const;
    // Throws ApiError unauthenticated unless WeChat Pay signed it within five minutes, invalid for what is not for this merchant.
    // Nothing of news for messages of other kinds.
    WechatNotice opened(WechatSignature const&, std::string_view body, Instant now) const;

private:
    ChargeNews news_of(boost::json::object const& transaction) const;
    WechatMerchant merchant_;
    WechatKeys keys_;
    WechatExchange exchange_;
};

} // namespace concentric::payments
