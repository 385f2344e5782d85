#pragma once

#include "core/crypto.hpp"
#include "core/crypto_suite.hpp"

// A key that follows from a passphrase with argon2id, for a small file that is handed to people and may be guessed at anywhere.
namespace concentric::crypto {

// 64 MiB and three passes: what RFC 9106 recommends where memory is scarce.
inline constexpr PasswordCost file_cost{64 * 1024 * 1024, 3};
inline constexpr std::size_t passphrase_salt = 16;

// Whether this process bears such a cost, which a file from elsewhere names.
bool is_bearable(PasswordCost cost);
// Blanks, dashes and the case of letters do not count. Throws std::runtime_error for a salt of another length, a cost that is not
// bearable, and when memory runs out.
Key key_of_passphrase(std::string_view passphrase, std::string_view salt, PasswordCost cost);

} // namespace concentric::crypto
