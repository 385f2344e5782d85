#include "modules/sign_in/signatures.hpp"

#include "core/foreign_signatures.hpp"
#include "modules/sign_in/id_token.hpp"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <memory>

namespace concentric::sign_in {

namespace json = boost::json;

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
    void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
    void operator()(BIGNUM* number) const { BN_free(number); }
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};
template <class T> using Owned = std::unique_ptr<T, Free>;

static unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }

static Owned<BIGNUM> number_of(std::string_view bytes)
{
    return Owned<BIGNUM>(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

static Owned<EVP_PKEY> key_from(char const* type, OSSL_PARAM_BLD* builder)
{
    Owned<OSSL_PARAM> const parameters(OSSL_PARAM_BLD_to_param(builder));
    Owned<EVP_PKEY_CTX> const context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return nullptr;
    return Owned<EVP_PKEY>(key);
}

static Owned<EVP_PKEY> rsa_key(json::object const& key)
{
    static constexpr int fewest_bits = 2048;
    auto const modulus = number_of(base64url_decoded(text_in(key, "n"))),
               exponent = number_of(base64url_decoded(text_in(key, "e")));
    Owned<OSSL_PARAM_BLD> const builder(OSSL_PARAM_BLD_new());
    if (BN_num_bits(modulus.get()) < fewest_bits)
        return nullptr;
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    return key_from("RSA", builder.get());
}

static constexpr std::size_t p256_bytes = 32;

static Owned<EVP_PKEY> p256_key(json::object const& key)
{
    auto const x = base64url_decoded(text_in(key, "x")), y = base64url_decoded(text_in(key, "y"));
    if (text_in(key, "crv") != "P-256" || x.size() != p256_bytes || y.size() != p256_bytes)
        return nullptr;
    auto const point = "\x04" + x + y; // uncompressed, SEC 1
    Owned<OSSL_PARAM_BLD> const builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    return key_from("EC", builder.get());
}

static Owned<EVP_PKEY> ed25519_key(json::object const& key)
{
    auto const x = base64url_decoded(text_in(key, "x"));
    if (text_in(key, "crv") != "Ed25519")
        return nullptr;
    return Owned<EVP_PKEY>(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(x), x.size()));
}

// JWS writes r and s one after the other, OpenSSL reads ASN.1.
static std::string as_der(std::string_view signature)
{
    if (signature.size() != 2 * p256_bytes)
        return {};
    Owned<ECDSA_SIG> const pair(ECDSA_SIG_new());
    if (!pair
        || ECDSA_SIG_set0(
               pair.get(), number_of(signature.substr(0, p256_bytes)).release(), number_of(signature.substr(p256_bytes)).release())
            != 1)
        return {};
    unsigned char* der = nullptr;
    auto const length = i2d_ECDSA_SIG(pair.get(), &der);
    std::string const copy(reinterpret_cast<char const*>(der), length > 0 ? static_cast<std::size_t>(length) : 0);
    OPENSSL_free(der);
    return copy;
}

bool is_signed_by(json::object const& key, std::string const& algorithm, std::string_view text, std::string_view signature)
{
    auto const type = text_in(key, "kty");
    if (algorithm == "RS256" && type == "RSA")
        return crypto::verifies(rsa_key(key).get(), EVP_sha256(), text, signature);
    if (algorithm == "ES256" && type == "EC")
        return crypto::verifies(p256_key(key).get(), EVP_sha256(), text, as_der(signature));
    if (algorithm == "EdDSA" && type == "OKP")
        return crypto::verifies(ed25519_key(key).get(), nullptr, text, signature);
    return false;
}

} // namespace concentric::sign_in
