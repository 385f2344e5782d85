#include "core/digests.hpp"

#include "core/crypto_internal.hpp"

#include <array>

namespace concentric::crypto {

static std::string hex_of(std::string_view bytes, EVP_MD const* digest)
{
    std::array<char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    require(EVP_Digest(bytes.data(), bytes.size(), bytes_of(out.data()), &size, digest, nullptr) == 1, "a digest");
    return to_hex({out.data(), size});
}

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

} // namespace concentric::crypto
