#pragma once

#include <boost/describe.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

// The two families of algorithms that an installation can be run with, behind one interface: the international one, and the one
// that China's rules on commercial cryptography (商用密码) ask for. All of it is OpenSSL's; nothing here is invented.
namespace concentric::crypto {

// international: AES-256-GCM, SHA-256, HMAC-SHA-256, Ed25519.
// shangmi: SM4-CTR with HMAC-SM3 over it (OpenSSL 3.0 has no SM4-GCM), SM3, HMAC-SM3, SM2 (GB/T 32907, 32905, 32918).
enum class Suite { international, shangmi };
BOOST_DESCRIBE_ENUM(Suite, international, shangmi)

using Key = std::array<unsigned char, 32>;
using Digest = std::array<unsigned char, 32>; // SHA-256 and SM3 are of one length

// From the system's generator, through a small store of each thread.
void fill_randomly(void* bytes, std::size_t count);
Key random_key();

Digest digest(Suite, std::string_view bytes);

// A key from a passphrase: PBKDF2 (NIST SP 800-132, GM/T 0091) with the suite's HMAC, so many rounds that guessing is slow.
Key key_from_passphrase(Suite, std::string_view passphrase, std::string_view salt, int rounds);

// A digest of pieces; used again after each end.
class Hasher {
public:
    explicit Hasher(Suite);
    ~Hasher();
    Hasher(Hasher const&) = delete;
    Hasher& operator=(Hasher const&) = delete;
    void add(std::string_view bytes);
    Digest end();

private:
    void begin();
    Suite suite_;
    void* context_;
};

// Seals texts: nobody without the key reads one, or changes one unnoticed. Any number of threads may use it.
class SealingKey {
public:
    static constexpr std::size_t overhead = 12 + 16; // a random nonce before the text, a tag after it

    SealingKey(Suite, Key const&);
    ~SealingKey();
    SealingKey(SealingKey const&) = delete;
    SealingKey& operator=(SealingKey const&) = delete;

    // Appends the sealed text. `context` is not stored but must be the same when it is opened.
    void seal(std::string_view text, std::string_view context, std::string& out) const;
    // Appends the text; false, with `out` as it was, where the key, the context or a single bit is another.
    bool open(std::string_view sealed, std::string_view context, std::string& out) const;

private:
    struct Contexts;
    Contexts& contexts() const;
    Suite suite_;
    Key encryption_, authentication_;
    std::uint64_t serial_;
};

// Gives each text a digest that nobody without the key can compute. Any number of threads may use it.
class MacKey {
public:
    MacKey(Suite, Key const&);
    Digest of(std::string_view one, std::string_view other = {}) const; // of both, one after the other

private:
    Suite suite_;
    Key key_;
    std::uint64_t serial_;
};

// Signs: Ed25519, or SM2 with SM3 and the usual identity "1234567812345678" (GM/T 0009).
class SigningKey {
public:
    static SigningKey make(Suite);
    // What secret() gave. Throws std::runtime_error when that is no key of the suite.
    SigningKey(Suite, std::string_view secret);

    std::string secret() const; // 32 bytes
    std::string public_key() const; // Ed25519: 32 bytes; SM2: the point, 65 bytes
    std::string sign(std::string_view text) const; // Ed25519: 64 bytes; SM2: DER

private:
    SigningKey() = default;
    Suite suite_{};
    std::shared_ptr<void> key_;
};

bool verify_signature(Suite, std::string_view public_key, std::string_view text, std::string_view signature);

// RFC 4648 section 5, without padding; decoding gives false for anything else.
void append_base64url(std::string& out, std::string_view bytes);
bool decode_base64url(std::string_view text, std::string& out);
std::string to_hex(std::string_view bytes);

inline std::string_view view(Digest const& digest) { return {reinterpret_cast<char const*>(digest.data()), digest.size()}; }

} // namespace concentric::crypto
