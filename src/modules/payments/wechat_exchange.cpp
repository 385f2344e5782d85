#include "modules/payments/wechat_exchange.hpp"

#include "core/crypto.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <charconv>
#include <cstdlib>

namespace concentric::payments {

namespace json = boost::json;

// WeChat Pay's own advice against replayed messages.
static constexpr std::int64_t longest_way = 5 * 60;
static constexpr std::chrono::seconds longest_download{60};
static constexpr std::size_t largest_file = 64 * 1024 * 1024;

json::object object_of(std::string_view text)
{
    boost::system::error_code failed;
    auto value = json::parse({text.data(), text.size()}, failed);
    return !failed && value.is_object() ? std::move(value.as_object()) : json::object();
}

bool is_from_wechat(WechatKeys const& keys, WechatSignature const& by, std::string_view body, Instant now)
{
    std::int64_t seconds = 0;
    auto const* const end = by.timestamp.data() + by.timestamp.size();
    if (by.timestamp.empty() || std::from_chars(by.timestamp.data(), end, seconds).ptr != end)
        return false;
    if (std::abs(now.milliseconds / 1000 - seconds) > longest_way || by.serial != keys.platform_id)
        return false;
    return keys.platform.verifies(fmt::format("{}\n{}\n{}\n", by.timestamp, by.nonce, body), by.signature);
}

std::string authorization(WechatKeys const& keys, std::string_view merchant, std::string_view method, std::string_view target,
    std::string_view body, Instant now)
{
    auto const nonce = crypto::random_text(32, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    auto const seconds = now.milliseconds / 1000;
    auto const signature = keys.merchant.sign(fmt::format("{}\n{}\n{}\n{}\n{}\n", method, target, seconds, nonce, body));
    return fmt::format(R"(WECHATPAY2-SHA256-RSA2048 mchid="{}",nonce_str="{}",signature="{}",timestamp="{}",serial_no="{}")",
        merchant, nonce, signature, seconds, keys.serial);
}

WechatExchange::WechatExchange(std::string address, std::string merchant, WechatKeys const& keys)
    : address_(std::move(address)), merchant_(std::move(merchant)), keys_(keys)
{
}

json::object WechatExchange::get(std::string const& target) const { return send("GET", target, {}); }

json::object WechatExchange::post(std::string const& target, json::object const& body) const
{
    return send("POST", target, json::serialize(body));
}

static http::Answer answer_to(http::Request const& request)
{
    try {
        return http::send(request);
    } catch (http::Unreachable const& why) {
        throw Away(fmt::format("WeChat Pay: {}", why.what()));
    }
}

// 429 and 5xx pass; 401 means that our keys are wrong, which is nothing that the payer or the fee can help.
static bool may_pass(int status) { return status >= 500 || status == 429 || status == 401; }

http::Request WechatExchange::request_to(std::string const& method, std::string const& target, std::string const& body) const
{
    http::Request request{method, address_ + target, {}, body};
    request.headers = {"Accept: application/json", "Content-Type: application/json", "Wechatpay-Serial: " + keys_.platform_id,
        "Authorization: " + authorization(keys_, merchant_, method, target, body, Clock().now())};
    return request;
}

// Only what lies behind the host: the file is asked of nobody but WeChat Pay.
static std::string target_in(std::string const& address)
{
    auto const host = address.find("://");
    auto const path = host == address.npos ? address.npos : address.find('/', host + 3);
    if (path == address.npos)
        throw Away(fmt::format("WeChat Pay: a file without an address: {}", address));
    return address.substr(path);
}

std::string WechatExchange::download(std::string const& address) const
{
    auto request = request_to("GET", target_in(address), {});
    request.timeout = longest_download;
    request.longest_answer = largest_file;
    auto answer = answer_to(request);
    if (answer.status != 200)
        throw Away(fmt::format("WeChat Pay: a file with status {}", answer.status));
    return std::move(answer.body);
}

json::object WechatExchange::send(std::string const& method, std::string const& target, std::string const& body) const
{
    auto const answer = answer_to(request_to(method, target, body));
    auto said = object_of(answer.body);
    if (answer.status < 200 || answer.status > 299) {
        auto const* const code = said.if_contains("code");
        auto const* const message = said.if_contains("message");
        std::string const name = code && code->is_string() ? std::string(code->as_string()) : "";
        auto const words = message && message->is_string() ? std::string(message->as_string()) : "";
        if (name.empty() || may_pass(answer.status))
            throw Away(fmt::format("WeChat Pay: {} {}: status {} {} {}", method, target, answer.status, name, words));
        throw Refused(name, words);
    }
    WechatSignature const by{answer.header("wechatpay-timestamp"), answer.header("wechatpay-nonce"),
        answer.header("wechatpay-signature"), answer.header("wechatpay-serial")};
    if (!is_from_wechat(keys_, by, answer.body, Clock().now()))
        throw Away(fmt::format("WeChat Pay: {} {}: the answer is not signed by WeChat Pay", method, target));
    return said;
}

static Away without(std::string_view name) { return Away(fmt::format("WeChat Pay: an answer without {}", name)); }

std::string text_in(json::object const& object, std::string_view name)
{
    auto const* const value = object.if_contains(name);
    if (!value || !value->is_string())
        throw without(name);
    return std::string(value->as_string());
}

std::int64_t number_in(json::object const& object, std::string_view name)
{
    auto const* const value = object.if_contains(name);
    if (!value || !value->is_int64())
        throw without(name);
    return value->as_int64();
}

json::object const& object_in(json::object const& object, std::string_view name)
{
    auto const* const value = object.if_contains(name);
    if (!value || !value->is_object())
        throw without(name);
    return value->as_object();
}

} // namespace concentric::payments
