#include "modules/payments/wechat_keys.hpp"

#include "core/base64.hpp"
#include "core/foreign_signatures.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <stdexcept>
#include <vector>

namespace concentric::payments {
namespace {

constexpr int fewest_bits = 2048;
constexpr std::size_t tag_bytes = 16, nonce_bytes = 12, key_bytes = 32;

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509* certificate) const { X509_free(certificate); }
};
template <class T> using Owned = std::unique_ptr<T, Free>;

unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }
int length_of(std::string_view text) { return static_cast<int>(text.size()); }

std::shared_ptr<void> rsa(EVP_PKEY* key, char const* what)
{
    std::shared_ptr<EVP_PKEY> held(key, [](EVP_PKEY* object) { EVP_PKEY_free(object); });
    if (!held || EVP_PKEY_get_base_id(held.get()) != EVP_PKEY_RSA || EVP_PKEY_get_bits(held.get()) < fewest_bits)
        throw std::runtime_error(std::string("微信支付：不是 2048 位以上的 RSA 密钥：") + what
            + " / WeChat Pay: no RSA key of at least 2048 bits: " + what);
    return held;
}

Owned<BIO> source_of(std::string const& pem) { return Owned<BIO>(BIO_new_mem_buf(pem.data(), length_of(pem))); }

EVP_PKEY* public_key_in(std::string const& pem)
{
    if (pem.find("BEGIN CERTIFICATE") == pem.npos)
        return PEM_read_bio_PUBKEY(source_of(pem).get(), nullptr, nullptr, nullptr);
    Owned<X509> const certificate(PEM_read_bio_X509(source_of(pem).get(), nullptr, nullptr, nullptr));
    return certificate ? X509_get_pubkey(certificate.get()) : nullptr;
}

} // namespace

PrivateKey::PrivateKey(std::string const& pem)
    : key_(rsa(PEM_read_bio_PrivateKey(source_of(pem).get(), nullptr, nullptr, nullptr), "wechat_pay_key_file"))
{
}

std::string PrivateKey::sign(std::string_view text) const
{
    Owned<EVP_MD_CTX> const context(EVP_MD_CTX_new());
    std::size_t length = 0;
    auto* const key = static_cast<EVP_PKEY*>(key_.get());
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1
        || EVP_DigestSign(context.get(), nullptr, &length, bytes_of(text), text.size()) != 1)
        throw std::runtime_error("WeChat Pay: signing failed");
    std::string signature(length, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length, bytes_of(text), text.size())
        != 1)
        throw std::runtime_error("WeChat Pay: signing failed");
    signature.resize(length);
    return base64(signature);
}

PublicKey::PublicKey(std::string const& pem) : key_(rsa(public_key_in(pem), "wechat_pay_platform_file")) { }

bool PublicKey::verifies(std::string_view text, std::string_view signature) const
{
    std::string bytes;
    if (!decode_base64(signature, bytes))
        return false;
    return crypto::verifies(static_cast<EVP_PKEY*>(key_.get()), EVP_sha256(), text, bytes);
}

NoticeKey::NoticeKey(std::string key) : key_(std::move(key))
{
    if (key_.size() != key_bytes)
        throw std::runtime_error("微信支付：APIv3 密钥应为 32 个字符。 / WeChat Pay: the APIv3 key has 32 characters.");
}

bool NoticeKey::open(std::string_view sealed, std::string_view nonce, std::string_view context, std::string& out) const
{
    std::string bytes;
    if (nonce.size() != nonce_bytes || !decode_base64(sealed, bytes) || bytes.size() < tag_bytes)
        return false;
    auto const length = bytes.size() - tag_bytes;
    Owned<EVP_CIPHER_CTX> const cipher(EVP_CIPHER_CTX_new());
    std::string text(length + 1, '\0'); // one more, so that there is a place to write to for an empty one
    auto* const to = reinterpret_cast<unsigned char*>(text.data());
    int written = 0, rest = 0;
    bool const good = cipher && EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(key_), bytes_of(nonce)) == 1
        && EVP_DecryptUpdate(cipher.get(), nullptr, &written, bytes_of(context), length_of(context)) == 1
        && EVP_DecryptUpdate(cipher.get(), to, &written, bytes_of(bytes), static_cast<int>(length)) == 1
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, bytes.data() + length) == 1
        && EVP_DecryptFinal_ex(cipher.get(), to + written, &rest) == 1;
    if (!good)
        return false;
    text.resize(length);
    out = std::move(text);
    return true;
}

} // namespace concentric::payments
