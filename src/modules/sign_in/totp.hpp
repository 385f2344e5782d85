#pragma once

#include "core/time.hpp"

#include <optional>
#include <string>
#include <string_view>

// Codes of six digits that an app on the phone shows anew every 30 seconds (TOTP, RFC 6238, with HMAC-SHA-1 as all apps expect it).
namespace concentric::sign_in {

inline constexpr std::int64_t totp_step_seconds = 30;

// The number of 30-second steps since 1970.
std::int64_t step_at(Instant now);
// The code of a step under a secret of raw bytes; `digits` at most 9.
std::string totp_code(std::string_view secret, std::int64_t step, int digits = 6);
// The step whose code this is: the present one, the one before or the one after, because clocks differ; nothing when it is none of
// them.
std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code, Instant now);

// RFC 4648, as secrets are typed into apps: "JBSWY3DPEHPK3PXP". Each letter holds five bits.
inline constexpr std::string_view base32_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
std::string base32_decoded(std::string_view text);

// What the QR code says: "otpauth://totp/…?secret=…&issuer=…" (Google's key URI format).
std::string otpauth_address(std::string_view issuer, std::string_view account, std::string_view secret_base32);

} // namespace concentric::sign_in
