#include "core/crypto_internal.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>

#include <stdexcept>

namespace concentric::crypto {

static constexpr std::string_view sm2_identity = "1234567812345678";

static EVP_PKEY* key_of(std::shared_ptr<void> const& held) { return static_cast<EVP_PKEY*>(held.get()); }

static std::shared_ptr<void> held(EVP_PKEY* key, char const* what)
{
    require(key != nullptr, what);
    return {key, [](void* object) { EVP_PKEY_free(static_cast<EVP_PKEY*>(object)); }};
}

static std::shared_ptr<void> sm2_key(std::string_view secret, std::string_view point)
{
    std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>> const builder(OSSL_PARAM_BLD_new());
    std::unique_ptr<BIGNUM, Freed<BN_clear_free>> const number(
        secret.empty() ? nullptr : BN_bin2bn(bytes_of(secret), static_cast<int>(secret.size()), nullptr));
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    if (number)
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get());
    std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>> const parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    KeyContext const context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    EVP_PKEY* key = nullptr;
    int const part = secret.empty() ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
    require(EVP_PKEY_fromdata_init(context.get()) > 0 && EVP_PKEY_fromdata(context.get(), &key, part, parameters.get()) > 0,
        "an SM2 key");
    return held(key, "an SM2 key");
}

// The point that belongs to a secret number: the number times the curve's generator.
static std::string sm2_point(std::string_view secret)
{
    std::unique_ptr<EC_GROUP, Freed<EC_GROUP_free>> const group(EC_GROUP_new_by_curve_name(NID_sm2));
    std::unique_ptr<EC_POINT, Freed<EC_POINT_free>> const point(EC_POINT_new(group.get()));
    std::unique_ptr<BIGNUM, Freed<BN_clear_free>> const number(
        BN_bin2bn(bytes_of(secret), static_cast<int>(secret.size()), nullptr));
    std::string out(65, '\0');
    require(EC_POINT_mul(group.get(), point.get(), number.get(), nullptr, nullptr, nullptr)
            && EC_POINT_point2oct(
                   group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes_of(out.data()), out.size(), nullptr)
                == out.size(),
        "an SM2 point");
    return out;
}

SigningKey::SigningKey(Suite suite, std::string_view secret) : suite_(suite)
{
    if (secret.size() != 32)
        throw std::runtime_error("cryptography: a signing key has 32 bytes");
    key_ = suite == Suite::international
        ? held(EVP_PKEY_new_raw_private_key_ex(nullptr, "ED25519", nullptr, bytes_of(secret), secret.size()), "an Ed25519 key")
        : sm2_key(secret, sm2_point(secret));
}

SigningKey SigningKey::make(Suite suite)
{
    SigningKey made;
    made.suite_ = suite;
    made.key_ = held(
        suite == Suite::international ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519") : EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"),
        "a signing key");
    return made;
}

std::string SigningKey::secret() const
{
    std::string out(32, '\0');
    if (suite_ == Suite::international) {
        std::size_t size = out.size();
        require(EVP_PKEY_get_raw_private_key(key_of(key_), bytes_of(out.data()), &size), "an Ed25519 key");
        return out;
    }
    BIGNUM* number = nullptr;
    require(EVP_PKEY_get_bn_param(key_of(key_), OSSL_PKEY_PARAM_PRIV_KEY, &number), "an SM2 key");
    BN_bn2binpad(number, bytes_of(out.data()), static_cast<int>(out.size()));
    BN_clear_free(number);
    return out;
}

std::string SigningKey::public_key() const
{
    std::size_t size = 65;
    std::string out(size, '\0');
    if (suite_ == Suite::international)
        require(EVP_PKEY_get_raw_public_key(key_of(key_), bytes_of(out.data()), &size), "an Ed25519 key");
    else
        return sm2_point(secret());
    out.resize(size);
    return out;
}

// Ed25519 takes the text itself; SM2 a digest of the identity, the key and the text.
static bool start_signing(EVP_MD_CTX* context, Suite suite, EVP_PKEY* key, bool signs)
{
    EVP_PKEY_CTX* own = nullptr;
    char const* const hash = suite == Suite::shangmi ? "SM3" : nullptr;
    bool const has_begun = (signs ? EVP_DigestSignInit_ex(context, &own, hash, nullptr, nullptr, key, nullptr)
                                  : EVP_DigestVerifyInit_ex(context, &own, hash, nullptr, nullptr, key, nullptr))
        > 0;
    // Only now: given along with the beginning, OpenSSL 3.0.19 refuses the identity.
    return has_begun
        && (suite == Suite::international
            || EVP_PKEY_CTX_set1_id(own, sm2_identity.data(), static_cast<int>(sm2_identity.size())) > 0);
}

std::string SigningKey::sign(std::string_view text) const
{
    DigestContext const context(EVP_MD_CTX_new());
    std::size_t size = 0;
    std::string out;
    bool good = start_signing(context.get(), suite_, key_of(key_), true)
        && EVP_DigestSign(context.get(), nullptr, &size, bytes_of(text), text.size()) > 0;
    out.resize(size);
    good = good && EVP_DigestSign(context.get(), bytes_of(out.data()), &size, bytes_of(text), text.size()) > 0;
    require(good, "signing");
    out.resize(size);
    return out;
}

bool verify_signature(Suite suite, std::string_view public_key, std::string_view text, std::string_view signature)
try {
    auto const key = suite == Suite::international
        ? held(
            EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, bytes_of(public_key), public_key.size()), "an Ed25519 key")
        : sm2_key({}, public_key);
    DigestContext const context(EVP_MD_CTX_new());
    return start_signing(context.get(), suite, key_of(key), false)
        && EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) > 0;
} catch (std::runtime_error const&) { // what is no key signed nothing
    return false;
}

} // namespace concentric::crypto
