#include "modules/xapi/digests.hpp"

#include "core/crypto_suite.hpp"

#include <openssl/evp.h>

#include <array>

namespace concentric::xapi {
namespace {

std::string hex_of(std::string_view bytes, EVP_MD const* digest)
{
    std::array<char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &size, digest, nullptr);
    return crypto::to_hex({out.data(), size});
}

} // namespace

std::string sha1_hex(std::string_view bytes) { return hex_of(bytes, EVP_sha1()); }

std::string sha2_hex(std::string_view bytes, std::size_t digits)
{
    switch (digits) {
    case 56: return hex_of(bytes, EVP_sha224());
    case 64: return hex_of(bytes, EVP_sha256());
    case 96: return hex_of(bytes, EVP_sha384());
    case 128: return hex_of(bytes, EVP_sha512());
    default: return "";
    }
}

} // namespace concentric::xapi
