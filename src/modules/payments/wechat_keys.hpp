#pragma once

#include <memory>
#include <string>
#include <string_view>

// The cryptography of WeChat Pay's API v3: RSA signatures with SHA-256 in both directions, and notices sealed with AES-256-GCM.
// https://pay.weixin.qq.com/doc/v3/merchant/4012365342
namespace concentric::payments {

// The merchant's (apiclient_key.pem). Throws std::runtime_error for what is no RSA key of at least 2048 bits; PublicKey too.
class PrivateKey {
public:
    explicit PrivateKey(std::string const& pem);
    // PKCS #1 version 1.5 over SHA-256, in base64.
    std::string sign(std::string_view text) const;

private:
    std::shared_ptr<void> key_;
};

// WeChat Pay's: a public key, or a certificate that holds one.
class PublicKey {
public:
    explicit PublicKey(std::string const& pem);
    // False for anything but a signature of this text in base64.
    bool verifies(std::string_view text, std::string_view signature) const;

private:
    std::shared_ptr<void> key_;
};

// The APIv3 key. Throws std::runtime_error unless it has 32 bytes.
class NoticeKey {
public:
    explicit NoticeKey(std::string key);
    // AEAD_AES_256_GCM: `sealed` is base64 of the text and its tag of 16 bytes. False where anything is not as it was sealed.
    bool open(std::string_view sealed, std::string_view nonce, std::string_view context, std::string& out) const;

private:
    std::string key_;
};

} // namespace concentric::payments
