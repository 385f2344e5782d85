#include "core/crypto.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace concentric::crypto {

static PasswordCost cost;

// libsodium wants this before its first use; a second call does nothing.
static void make_ready()
{
    static bool const ready = sodium_init() >= 0;
    if (!ready)
        throw std::runtime_error("libsodium found no source of random numbers");
}

void set_password_cost(PasswordCost chosen) { cost = chosen; }

std::string hash_password(std::string_view password)
{
    make_ready();
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), cost.passes, cost.memory, crypto_pwhash_ALG_ARGON2ID13)
        != 0)
        throw std::runtime_error("not enough memory to hash a password");
    return hash.data();
}

bool verify_password(std::string_view password, std::string const& hash)
{
    make_ready();
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool needs_rehash(std::string const& hash) { return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, cost.memory) != 0; }

std::string random_token()
{
    make_ready();
    std::array<unsigned char, 32> bytes;
    randombytes_buf(bytes.data(), bytes.size());
    static constexpr auto variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::array<char, sodium_base64_ENCODED_LEN(bytes.size(), variant)> text;
    return sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
}

std::string hash_of_token(std::string_view token) { return sha256_hex(token); }

std::string random_text(std::size_t length, std::string_view alphabet)
{
    make_ready();
    std::string text(length, ' ');
    for (auto& character : text)
        character = alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
    return text;
}

std::string sha256_hex(std::string_view bytes)
{
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
    crypto_hash_sha256(hash.data(), reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
    std::array<char, 2 * hash.size() + 1> text;
    return sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
}

bool equal_in_constant_time(std::string_view one, std::string_view other)
{
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

} // namespace concentric::crypto
