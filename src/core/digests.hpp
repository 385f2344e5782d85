#pragma once

#include <string>
#include <string_view>

// Digests by which others name contents, as their protocols ask: lower-case hexadecimal digits. Our own are crypto::Hasher's.
namespace concentric::crypto {

// Tells that a file is whole, and proves nothing else.
std::string sha1_hex(std::string_view bytes);

// SHA-2 of so many digits (56, 64, 96 or 128); empty for any other length.
std::string sha2_hex(std::string_view bytes, std::size_t digits);

} // namespace concentric::crypto
