#include "core/passphrase.hpp"

#include <sodium.h>

#include <stdexcept>

namespace concentric::crypto {

static std::string folded(std::string_view passphrase)
{
    std::string out;
    for (char const c : passphrase)
        if (c != '-' && c != ' ' && c != '\r' && c != '\n')
            out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return out;
}

bool is_bearable(PasswordCost cost)
{
    return cost.memory >= crypto_pwhash_MEMLIMIT_MIN && cost.memory <= 4 * file_cost.memory
        && cost.passes >= crypto_pwhash_OPSLIMIT_MIN && cost.passes <= 4 * file_cost.passes;
}

Key key_of_passphrase(std::string_view passphrase, std::string_view salt, PasswordCost cost)
{
    static_assert(passphrase_salt == crypto_pwhash_SALTBYTES);
    if (sodium_init() < 0 || salt.size() != passphrase_salt || !is_bearable(cost))
        throw std::runtime_error("not such a salt or cost");
    auto const text = folded(passphrase);
    Key key;
    if (crypto_pwhash(key.data(), key.size(), text.data(), text.size(), reinterpret_cast<unsigned char const*>(salt.data()),
            cost.passes, cost.memory, crypto_pwhash_ALG_ARGON2ID13)
        != 0)
        throw std::runtime_error("no key follows from this passphrase at this cost");
    return key;
}

} // namespace concentric::crypto
