#pragma once

#include "core/crypto_suite.hpp"

#include <openssl/evp.h>

#include <memory>

// What the files of the cryptography share: OpenSSL's objects with an end of their own, and its errors as exceptions.
namespace concentric::crypto {

template <auto Free> struct Freed {
    template <class T> void operator()(T* object) const { Free(object); }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;

// Throws std::runtime_error with OpenSSL's reason.
void require(bool good, char const* what);

inline unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }
inline unsigned char* bytes_of(char* text) { return reinterpret_cast<unsigned char*>(text); }

} // namespace concentric::crypto
