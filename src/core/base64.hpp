#pragma once

#include <string>
#include <string_view>

// Base64 with padding (RFC 4648, section 4), as mail, HTTP Basic and WeChat Pay write bytes; our own texts are base64url, see
// crypto.hpp.
namespace concentric {

std::string base64(std::string_view bytes);

// False, and `out` as it was, for anything but base64 of at least one byte.
bool decode_base64(std::string_view text, std::string& out);

} // namespace concentric
