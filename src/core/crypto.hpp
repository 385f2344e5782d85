#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Keeps passwords and log-ins secret even from whoever reads the database.
namespace concentric::crypto {

// How much work one try of a password costs: memory in bytes (at least 8 KiB) and passes over it (at least 1).
struct PasswordCost {
    std::size_t memory = 19 * 1024 * 1024; // with two passes the lower bound of the OWASP password storage guide for argon2id
    unsigned passes = 2;
};

// The cost of hashes made from now on, for the whole process: set once at the start, before any thread.
void set_password_cost(PasswordCost cost);

// An argon2id hash that carries its salt and cost ("$argon2id$v=19$m=…"). Throws std::runtime_error when memory runs out.
std::string hash_password(std::string_view password);
bool verify_password(std::string_view password, std::string const& hash);
// Whether the hash was made at another cost than the present one.
bool needs_rehash(std::string const& hash);

// 256 random bits in base64url without padding: 43 characters that fit into a cookie.
std::string random_token();
// What is stored in place of a token. Tokens are random, so one plain SHA-256 is enough.
std::string hash_of_token(std::string_view token);
// `length` characters, each drawn evenly from `alphabet`.
std::string random_text(std::size_t length, std::string_view alphabet);

// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

// Takes the same time whether the first or the last byte differs; the lengths are no secret.
bool equal_in_constant_time(std::string_view one, std::string_view other);

} // namespace concentric::crypto
