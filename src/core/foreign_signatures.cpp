#include "core/foreign_signatures.hpp"

#include "core/crypto_internal.hpp"

namespace concentric::crypto {

bool verifies(EVP_PKEY* key, EVP_MD const* digest, std::string_view text, std::string_view signature)
{
    DigestContext const context(EVP_MD_CTX_new());
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1
        && EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) == 1;
}

} // namespace concentric::crypto
