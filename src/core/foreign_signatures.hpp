#pragma once

#include <openssl/types.h>

#include <string_view>

// What others signed with keys of their own, which came as certificates or web keys.
namespace concentric::crypto {

// Whether the text was signed with the private half of the key; `digest` is nullptr where the kind of key says it (Ed25519). False
// without a key.
bool verifies(EVP_PKEY* key, EVP_MD const* digest, std::string_view text, std::string_view signature);

} // namespace concentric::crypto
