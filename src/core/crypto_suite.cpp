#include "core/crypto_suite.hpp"

#include "core/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <stdexcept>
#include <unordered_map>

namespace concentric::crypto {
namespace {

constexpr std::size_t nonce_size = 12, tag_size = 16;
constexpr std::string_view sm2_identity = "1234567812345678";

void require(bool good, char const* what)
{
    if (good)
        return;
    char reason[160];
    ERR_error_string_n(ERR_get_error(), reason, sizeof reason);
    throw std::runtime_error(std::string("cryptography: ") + what + ": " + reason);
}

unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }
unsigned char* bytes_of(char* text) { return reinterpret_cast<unsigned char*>(text); }

EVP_MD const* hash_of(Suite suite)
{
    static EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    static EVP_MD* const sm3 = EVP_MD_fetch(nullptr, "SM3", nullptr);
    return suite == Suite::international ? sha256 : sm3;
}

EVP_CIPHER const* cipher_of(Suite suite)
{
    static EVP_CIPHER* const aes = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    static EVP_CIPHER* const sm4 = EVP_CIPHER_fetch(nullptr, "SM4-CTR", nullptr);
    return suite == Suite::international ? aes : sm4;
}

std::uint64_t next_serial()
{
    static std::atomic<std::uint64_t> last {0};
    return ++last;
}

template <auto Free> struct Freed {
    template <class T> void operator()(T* object) const { Free(object); }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;

// Setting up a key costs more than using it on a short text, so each thread keeps what it set up, by the key's serial number.
template <class Prepared, class Make> Prepared& prepared(std::uint64_t serial, Make const& make)
{
    constexpr std::size_t most = 256;
    thread_local std::unordered_map<std::uint64_t, Prepared> known;
    auto const found = known.find(serial);
    if (found != known.end())
        return found->second;
    if (known.size() >= most)
        known.clear();
    return known.emplace(serial, make()).first->second;
}

// HMAC (RFC 2104) by two digests that have taken in the padded key already. EVP's own costs twice the time for a text of a few bytes.
struct Hmac {
    DigestContext inner, outer, work;

    Hmac(Suite suite, Key const& key) : inner(EVP_MD_CTX_new()), outer(EVP_MD_CTX_new()), work(EVP_MD_CTX_new())
    {
        std::array<unsigned char, 64> block {};
        auto const start = [&](DigestContext const& context, unsigned char pad) {
            block.fill(pad);
            for (std::size_t i = 0; i < key.size(); ++i)
                block[i] ^= key[i];
            require(EVP_DigestInit_ex2(context.get(), hash_of(suite), nullptr) && EVP_DigestUpdate(context.get(), block.data(), block.size()), "HMAC");
        };
        start(inner, 0x36);
        start(outer, 0x5c);
        sodium_memzero(block.data(), block.size());
    }

    Digest of(std::initializer_list<std::string_view> pieces)
    {
        Digest out;
        bool good = EVP_MD_CTX_copy_ex(work.get(), inner.get());
        for (auto const piece : pieces)
            good = good && EVP_DigestUpdate(work.get(), piece.data(), piece.size());
        good = good && EVP_DigestFinal_ex(work.get(), out.data(), nullptr) && EVP_MD_CTX_copy_ex(work.get(), outer.get());
        require(good && EVP_DigestUpdate(work.get(), out.data(), out.size()) && EVP_DigestFinal_ex(work.get(), out.data(), nullptr), "HMAC");
        return out;
    }
};

} // namespace

void fill_randomly(void* bytes, std::size_t count)
{
    struct Store {
        std::array<unsigned char, 4096> bytes;
        std::size_t left = 0;
    };
    thread_local Store store;
    if (count > store.bytes.size())
        return randombytes_buf(bytes, count);
    if (count > store.left) {
        randombytes_buf(store.bytes.data(), store.bytes.size());
        store.left = store.bytes.size();
    }
    store.left -= count;
    std::memcpy(bytes, store.bytes.data() + store.left, count);
    std::memset(store.bytes.data() + store.left, 0, count);
}

Key random_key()
{
    Key key;
    randombytes_buf(key.data(), key.size());
    return key;
}

Hasher::Hasher(Suite suite) : suite_(suite), context_(EVP_MD_CTX_new()) { begin(); }

Hasher::~Hasher() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }

void Hasher::begin() { require(EVP_DigestInit_ex2(static_cast<EVP_MD_CTX*>(context_), hash_of(suite_), nullptr), "digest"); }

void Hasher::add(std::string_view bytes) { require(EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), bytes.data(), bytes.size()), "digest"); }

Digest Hasher::end()
{
    Digest out;
    require(EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), out.data(), nullptr), "digest");
    begin();
    return out;
}

Digest digest(Suite suite, std::string_view bytes)
{
    thread_local Hasher hashers[] {Hasher(Suite::international), Hasher(Suite::shangmi)};
    auto& hasher = hashers[static_cast<int>(suite)];
    hasher.add(bytes);
    return hasher.end();
}

struct SealingKey::Contexts {
    CipherContext seal, open;
    std::unique_ptr<Hmac> mac; // shangmi only
};

SealingKey::SealingKey(Suite suite, Key const& key) : suite_(suite), encryption_(key), authentication_(key), serial_(next_serial())
{
    if (suite == Suite::international)
        return;
    // Two keys out of one: encryption and authentication must not share theirs.
    Hmac derive(suite, key);
    encryption_ = derive.of({"concentric encryption"});
    authentication_ = derive.of({"concentric authentication"});
}

SealingKey::~SealingKey()
{
    sodium_memzero(encryption_.data(), encryption_.size());
    sodium_memzero(authentication_.data(), authentication_.size());
}

SealingKey::Contexts& SealingKey::contexts() const
{
    return prepared<Contexts>(serial_, [this] {
        Contexts made {CipherContext(EVP_CIPHER_CTX_new()), CipherContext(EVP_CIPHER_CTX_new()), nullptr};
        require(EVP_EncryptInit_ex2(made.seal.get(), cipher_of(suite_), encryption_.data(), nullptr, nullptr)
                && EVP_DecryptInit_ex2(made.open.get(), cipher_of(suite_), encryption_.data(), nullptr, nullptr),
            "cipher");
        if (suite_ == Suite::shangmi)
            made.mac = std::make_unique<Hmac>(suite_, authentication_);
        return made;
    });
}

void SealingKey::seal(std::string_view text, std::string_view context, std::string& out) const
{
    auto& [cipher, unused, mac] = contexts();
    auto const from = out.size();
    out.resize(from + overhead + text.size());
    auto* const start = bytes_of(out.data() + from);
    std::array<unsigned char, 16> counter {}; // the nonce, and where SM4 counts its blocks from
    fill_randomly(counter.data(), nonce_size);
    std::memcpy(start, counter.data(), nonce_size);
    int written = 0;
    bool good = EVP_EncryptInit_ex2(cipher.get(), nullptr, nullptr, counter.data(), nullptr);
    if (suite_ == Suite::international)
        good = good && EVP_EncryptUpdate(cipher.get(), nullptr, &written, bytes_of(context), static_cast<int>(context.size()));
    good = good && EVP_EncryptUpdate(cipher.get(), start + nonce_size, &written, bytes_of(text), static_cast<int>(text.size()));
    if (suite_ == Suite::international) {
        good = good && EVP_EncryptFinal_ex(cipher.get(), start + nonce_size + text.size(), &written)
            && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, tag_size, start + nonce_size + text.size());
    } else {
        auto const length = static_cast<unsigned char>(context.size());
        auto const tag = mac->of({{reinterpret_cast<char const*>(&length), 1}, context, {out.data() + from, nonce_size + text.size()}});
        std::memcpy(start + nonce_size + text.size(), tag.data(), tag_size);
    }
    require(good, "sealing");
}

bool SealingKey::open(std::string_view sealed, std::string_view context, std::string& out) const
{
    if (sealed.size() < overhead)
        return false;
    auto& [unused, cipher, mac] = contexts();
    auto const size = sealed.size() - overhead, from = out.size();
    auto const* const tag = bytes_of(sealed) + nonce_size + size;
    std::array<unsigned char, 16> counter {};
    std::memcpy(counter.data(), sealed.data(), nonce_size);
    if (suite_ == Suite::shangmi) {
        auto const length = static_cast<unsigned char>(context.size());
        auto const right = mac->of({{reinterpret_cast<char const*>(&length), 1}, context, sealed.substr(0, nonce_size + size)});
        if (sodium_memcmp(right.data(), tag, tag_size) != 0)
            return false;
    }
    out.resize(from + size);
    auto* const start = bytes_of(out.data() + from);
    int written = 0;
    bool good = EVP_DecryptInit_ex2(cipher.get(), nullptr, nullptr, counter.data(), nullptr);
    if (suite_ == Suite::international)
        good = good && EVP_DecryptUpdate(cipher.get(), nullptr, &written, bytes_of(context), static_cast<int>(context.size()));
    good = good && EVP_DecryptUpdate(cipher.get(), start, &written, bytes_of(sealed) + nonce_size, static_cast<int>(size));
    if (suite_ == Suite::international)
        good = good && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, tag_size, const_cast<unsigned char*>(tag))
            && EVP_DecryptFinal_ex(cipher.get(), start + size, &written) > 0;
    if (!good)
        out.resize(from);
    return good;
}

MacKey::MacKey(Suite suite, Key const& key) : suite_(suite), key_(key), serial_(next_serial()) { }

Digest MacKey::of(std::string_view one, std::string_view other) const
{
    return prepared<Hmac>(serial_, [this] { return Hmac(suite_, key_); }).of({one, other});
}

static EVP_PKEY* key_of(std::shared_ptr<void> const& held) { return static_cast<EVP_PKEY*>(held.get()); }

static std::shared_ptr<void> held(EVP_PKEY* key, char const* what)
{
    require(key != nullptr, what);
    return {key, [](void* object) { EVP_PKEY_free(static_cast<EVP_PKEY*>(object)); }};
}

static std::shared_ptr<void> sm2_key(std::string_view secret, std::string_view point)
{
    std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>> const builder(OSSL_PARAM_BLD_new());
    std::unique_ptr<BIGNUM, Freed<BN_clear_free>> const number(secret.empty() ? nullptr : BN_bin2bn(bytes_of(secret), static_cast<int>(secret.size()), nullptr));
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    if (number)
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get());
    std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>> const parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    KeyContext const context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    EVP_PKEY* key = nullptr;
    int const part = secret.empty() ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
    require(EVP_PKEY_fromdata_init(context.get()) > 0 && EVP_PKEY_fromdata(context.get(), &key, part, parameters.get()) > 0, "an SM2 key");
    return held(key, "an SM2 key");
}

// The point that belongs to a secret number: the number times the curve's generator.
static std::string sm2_point(std::string_view secret)
{
    std::unique_ptr<EC_GROUP, Freed<EC_GROUP_free>> const group(EC_GROUP_new_by_curve_name(NID_sm2));
    std::unique_ptr<EC_POINT, Freed<EC_POINT_free>> const point(EC_POINT_new(group.get()));
    std::unique_ptr<BIGNUM, Freed<BN_clear_free>> const number(BN_bin2bn(bytes_of(secret), static_cast<int>(secret.size()), nullptr));
    std::string out(65, '\0');
    require(EC_POINT_mul(group.get(), point.get(), number.get(), nullptr, nullptr, nullptr)
            && EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes_of(out.data()), out.size(), nullptr) == out.size(),
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
    made.key_ = held(suite == Suite::international ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519") : EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"), "a signing key");
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
    OSSL_PARAM const with_identity[] {
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_DIST_ID, const_cast<char*>(sm2_identity.data()), sm2_identity.size()), OSSL_PARAM_END};
    auto const* const parameters = suite == Suite::shangmi ? with_identity : nullptr;
    char const* const hash = suite == Suite::shangmi ? "SM3" : nullptr;
    return (signs ? EVP_DigestSignInit_ex(context, &own, hash, nullptr, nullptr, key, parameters)
                  : EVP_DigestVerifyInit_ex(context, &own, hash, nullptr, nullptr, key, parameters))
        > 0;
}

std::string SigningKey::sign(std::string_view text) const
{
    DigestContext const context(EVP_MD_CTX_new());
    std::size_t size = 0;
    std::string out;
    bool good = start_signing(context.get(), suite_, key_of(key_), true) && EVP_DigestSign(context.get(), nullptr, &size, bytes_of(text), text.size()) > 0;
    out.resize(size);
    good = good && EVP_DigestSign(context.get(), bytes_of(out.data()), &size, bytes_of(text), text.size()) > 0;
    require(good, "signing");
    out.resize(size);
    return out;
}

bool verify_signature(Suite suite, std::string_view public_key, std::string_view text, std::string_view signature)
try {
    auto const key = suite == Suite::international
        ? held(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, bytes_of(public_key), public_key.size()), "an Ed25519 key")
        : sm2_key({}, public_key);
    DigestContext const context(EVP_MD_CTX_new());
    return start_signing(context.get(), suite, key_of(key), false)
        && EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) > 0;
} catch (std::runtime_error const&) { // what is no key signed nothing
    return false;
}

static constexpr std::string_view base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void append_base64url(std::string& out, std::string_view bytes)
{
    auto at = out.size();
    out.resize(at + (bytes.size() * 4 + 2) / 3);
    std::size_t i = 0;
    auto const byte = [&](std::size_t n) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[n])); };
    for (; i + 3 <= bytes.size(); i += 3) {
        auto const group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        for (int shift = 18; shift >= 0; shift -= 6)
            out[at++] = base64url[group >> shift & 63];
    }
    if (i == bytes.size())
        return;
    bool const two = i + 2 == bytes.size();
    auto const group = byte(i) << 16 | (two ? byte(i + 1) << 8 : 0);
    out[at++] = base64url[group >> 18 & 63];
    out[at++] = base64url[group >> 12 & 63];
    if (two)
        out[at++] = base64url[group >> 6 & 63];
}

bool decode_base64url(std::string_view text, std::string& out)
{
    static constexpr auto values = [] {
        std::array<signed char, 256> table {};
        table.fill(-1);
        for (std::size_t i = 0; i < base64url.size(); ++i)
            table[static_cast<unsigned char>(base64url[i])] = static_cast<signed char>(i);
        return table;
    }();
    if (text.size() % 4 == 1)
        return false;
    out.clear();
    out.reserve(text.size() * 3 / 4);
    unsigned group = 0;
    int bits = 0;
    for (char const c : text) {
        auto const value = values[static_cast<unsigned char>(c)];
        if (value < 0)
            return false;
        group = group << 6 | static_cast<unsigned>(value);
        if ((bits += 6) >= 8) {
            bits -= 8;
            out += static_cast<char>(group >> bits & 0xFF);
        }
    }
    return (group & ((1U << bits) - 1)) == 0; // one way to write each value
}

std::string to_hex(std::string_view bytes)
{
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes_of(bytes), bytes.size());
    text.pop_back();
    return text;
}

} // namespace concentric::crypto
