#include "core/crypto_internal.hpp"

#include <openssl/err.h>
#include <sodium.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <stdexcept>
#include <unordered_map>

namespace concentric::crypto {
namespace {

constexpr std::size_t nonce_size = 12, tag_size = 16;

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
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

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

// HMAC (RFC 2104) by two digests that have taken in the padded key already. EVP's own costs twice the time for a text of a few
// bytes.
struct Hmac {
    DigestContext inner, outer, work;

    Hmac(Suite suite, Key const& key) : inner(EVP_MD_CTX_new()), outer(EVP_MD_CTX_new()), work(EVP_MD_CTX_new())
    {
        std::array<unsigned char, 64> block{};
        auto const start = [&](DigestContext const& context, unsigned char pad) {
            block.fill(pad);
            for (std::size_t i = 0; i < key.size(); ++i)
                block[i] ^= key[i];
            require(EVP_DigestInit_ex2(context.get(), hash_of(suite), nullptr)
                    && EVP_DigestUpdate(context.get(), block.data(), block.size()),
                "HMAC");
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
        require(good && EVP_DigestUpdate(work.get(), out.data(), out.size()) && EVP_DigestFinal_ex(work.get(), out.data(), nullptr),
            "HMAC");
        return out;
    }
};

} // namespace

void require(bool good, char const* what)
{
    if (good)
        return;
    char reason[160];
    ERR_error_string_n(ERR_get_error(), reason, sizeof reason);
    throw std::runtime_error(std::string("cryptography: ") + what + ": " + reason);
}

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

void Hasher::add(std::string_view bytes)
{
    require(EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), bytes.data(), bytes.size()), "digest");
}

Digest Hasher::end()
{
    Digest out;
    require(EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), out.data(), nullptr), "digest");
    begin();
    return out;
}

Key key_from_passphrase(Suite suite, std::string_view passphrase, std::string_view salt, int rounds)
{
    Key key;
    require(PKCS5_PBKDF2_HMAC(passphrase.data(), static_cast<int>(passphrase.size()), bytes_of(salt), static_cast<int>(salt.size()),
                rounds, hash_of(suite), static_cast<int>(key.size()), key.data()),
        "a key from a passphrase");
    return key;
}

Digest digest(Suite suite, std::string_view bytes)
{
    thread_local Hasher hashers[]{Hasher(Suite::international), Hasher(Suite::shangmi)};
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
        Contexts made{CipherContext(EVP_CIPHER_CTX_new()), CipherContext(EVP_CIPHER_CTX_new()), nullptr};
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
    std::array<unsigned char, 16> counter{}; // the nonce, and where SM4 counts its blocks from
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
        auto const tag
            = mac->of({{reinterpret_cast<char const*>(&length), 1}, context, {out.data() + from, nonce_size + text.size()}});
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
    std::array<unsigned char, 16> counter{};
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

} // namespace concentric::crypto
