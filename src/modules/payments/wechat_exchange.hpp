#pragma once

#include "core/http_client.hpp"
#include "modules/payments/way.hpp"
#include "modules/payments/wechat_keys.hpp"

#include <boost/json/object.hpp>

// One signed request to WeChat Pay and its answer, believed only when WeChat Pay signed it.
namespace concentric::payments {

struct WechatKeys {
    std::string serial; // of the merchant's certificate
    PrivateKey merchant;
    std::string platform_id; // WeChat Pay's public key as the header Wechatpay-Serial names it
    PublicKey platform;
    NoticeKey notices;
};

// What stands in the headers of everything that WeChat Pay sends.
struct WechatSignature {
    std::string_view timestamp, nonce, signature, serial;
};
// Whether WeChat Pay signed this body within five minutes of `now`.
bool is_from_wechat(WechatKeys const&, WechatSignature const&, std::string_view body, Instant now);

// The value of the header Authorization; `target` is the path with the query.
std::string authorization(WechatKeys const&, std::string_view merchant, std::string_view method, std::string_view target,
    std::string_view body, Instant now);

class WechatExchange {
public:
    WechatExchange(std::string address, std::string merchant, WechatKeys const& keys);
    // Throws Away where there is no answer, or none that WeChat Pay signed; Refused with its code for its noes.
    boost::json::object get(std::string const& target) const;
    boost::json::object post(std::string const& target, boost::json::object const& body) const;
    // A file at an address that WeChat Pay gave; whoever asks compares it with the digest that came along, since nobody signs it.
    std::string download(std::string const& address) const;

private:
    http::Request request_to(std::string const& method, std::string const& target, std::string const& body) const;
    boost::json::object send(std::string const& method, std::string const& target, std::string const& body) const;
    std::string address_, merchant_;
    WechatKeys const& keys_;
};

// Empty for what is no JSON object.
boost::json::object object_of(std::string_view text);
// What an answer holds; Away for an answer that lacks it.
std::string text_in(boost::json::object const&, std::string_view name);
std::int64_t number_in(boost::json::object const&, std::string_view name);
boost::json::object const& object_in(boost::json::object const&, std::string_view name);

} // namespace concentric::payments
