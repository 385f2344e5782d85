#pragma once

#include <string>
#include <string_view>

// Digests by which programs that exchange learning records name contents: lower-case hexadecimal digits.
namespace concentric::xapi {

std::string sha1_hex(std::string_view bytes);

// SHA-2 of so many digits (56, 64, 96 or 128); empty for any other length.
std::string sha2_hex(std::string_view bytes, std::size_t digits);

} // namespace concentric::xapi
