#pragma once

#include "core/config.hpp"

#include <memory>

// Whoever carries a short message to the phone: the log while things are tried out, or a gateway that speaks HTTP.
namespace concentric::sign_in {

class Gateway {
public:
    virtual ~Gateway() = default;
    // Throws std::runtime_error when it did not go out and may be tried again.
    virtual void send(std::string const& phone, std::string const& text) = 0;
};

std::unique_ptr<Gateway> gateway_of(Settings const& settings);

// The template with {phone} and {text} filled in by `escape`.
std::string filled(
    std::string_view form, std::string const& phone, std::string const& text, std::string (*escape)(std::string_view));

// "sha256=…" over "TIMESTAMP.BODY" (HMAC-SHA256, hexadecimal), which the gateway checks in X-Concentric-Signature.
std::string signature_of(std::string_view secret, std::string_view timestamp, std::string_view body);

} // namespace concentric::sign_in
