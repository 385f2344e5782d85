#include "modules/sign_in/totp.hpp"

#include "core/crypto.hpp"
#include "core/http_client.hpp"

#include <fmt/format.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

namespace concentric::sign_in {

std::int64_t step_at(Instant now) { return now.milliseconds / 1000 / totp_step_seconds; }

std::string totp_code(std::string_view secret, std::int64_t step, int digits)
{
    std::array<unsigned char, 8> counter;
    for (int i = 0; i < 8; ++i)
        counter[7 - i] = static_cast<unsigned char>(step >> (8 * i));
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac;
    unsigned length = 0;
    if (!HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(), mac.data(), &length))
        throw std::runtime_error("HMAC-SHA-1 is not to be had");
    // Dynamic truncation, RFC 4226 section 5.3.
    auto const offset = mac[length - 1] & 0xf;
    std::uint32_t const number = (mac[offset] & 0x7fU) << 24 | mac[offset + 1] << 16 | mac[offset + 2] << 8 | mac[offset + 3];
    std::uint32_t modulus = 1;
    for (int i = 0; i < digits; ++i)
        modulus *= 10;
    return fmt::format("{:0{}}", number % modulus, digits);
}

std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code, Instant now)
{
    std::optional<std::int64_t> found;
    auto const present = step_at(now);
    for (auto const step : {present - 1, present, present + 1})
        if (crypto::equal_in_constant_time(totp_code(secret, step), code))
            found = step;
    return found;
}

std::string base32_decoded(std::string_view text)
{
    std::string bytes;
    std::uint64_t kept = 0;
    int bits = 0;
    for (char const c : text) {
        kept = kept << 5 | (base32_alphabet.find(c) & 31);
        bits += 5;
        if (bits >= 8)
            bytes += static_cast<char>(kept >> (bits -= 8) & 255);
    }
    return bytes;
}

std::string otpauth_address(std::string_view issuer, std::string_view account, std::string_view secret_base32)
{
    return fmt::format("otpauth://totp/{}:{}?{}", http::encoded(issuer), http::encoded(account),
        http::encoded({{"secret", std::string(secret_base32)}, {"issuer", std::string(issuer)}}));
}

} // namespace concentric::sign_in
