#include "modules/sign_in/gateway.hpp"

#include "core/http_client.hpp"
#include "lib/mask.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>

namespace concentric::sign_in {

class LogGateway final : public Gateway {
public:
    void send(std::string const& phone, std::string const& text) override
    {
        spdlog::info("short message to {}: {}", lib::mask_phone(phone), text);
    }
};

static std::string escaped_for_json(std::string_view text)
{
    std::string quoted;
    reflect::write_text(quoted, text);
    return quoted.substr(1, quoted.size() - 2);
}

static std::string escaped_for_form(std::string_view text) { return http::encoded(text); }

class HttpGateway final : public Gateway {
public:
    explicit HttpGateway(Settings const& settings) : settings_(settings) { }

    void send(std::string const& phone, std::string const& text) override
    {
        auto const answer = http::send(request_for(phone, text));
        if (answer.status < 200 || answer.status > 299 || answer.body.find(settings_.sms_success) == std::string::npos)
            throw std::runtime_error(fmt::format("the message gateway refused, status {}", answer.status));
    }

private:
    http::Request request_for(std::string const& phone, std::string const& text) const
    {
        bool const is_json = std::ranges::any_of(
            settings_.sms_headers, [](std::string const& header) { return header.find("application/json") != std::string::npos; });
        http::Request request;
        request.method = settings_.sms_method;
        request.url = filled(settings_.sms_url, phone, text, escaped_for_form);
        request.headers = settings_.sms_headers;
        request.body = filled(settings_.sms_body, phone, text, is_json ? escaped_for_json : escaped_for_form);
        if (!settings_.sms_secret.empty()) {
            auto const timestamp = std::to_string(std::time(nullptr));
            request.headers.push_back("X-Concentric-Timestamp: " + timestamp);
            request.headers.push_back("X-Concentric-Signature: " + signature_of(settings_.sms_secret, timestamp, request.body));
        }
        return request;
    }

    Settings const& settings_;
};

std::unique_ptr<Gateway> gateway_of(Settings const& settings)
{
    if (settings.sms_sender == SmsSender::http)
        return std::make_unique<HttpGateway>(settings);
    return std::make_unique<LogGateway>();
}

std::string filled(
    std::string_view form, std::string const& phone, std::string const& text, std::string (*escape)(std::string_view))
{
    std::string out;
    for (std::size_t at = 0; at < form.size();) {
        if (form.substr(at).starts_with("{phone}")) {
            out += escape(phone);
            at += 7;
        } else if (form.substr(at).starts_with("{text}")) {
            out += escape(text);
            at += 6;
        } else {
            out += form[at++];
        }
    }
    return out;
}

std::string signature_of(std::string_view secret, std::string_view timestamp, std::string_view body)
{
    auto const message = fmt::format("{}.{}", timestamp, body);
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac;
    unsigned length = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), reinterpret_cast<unsigned char const*>(message.data()),
        message.size(), mac.data(), &length);
    std::string text = "sha256=";
    for (unsigned i = 0; i < length; ++i)
        text += fmt::format("{:02x}", mac[i]);
    return text;
}

} // namespace concentric::sign_in
