#pragma once

#include <string>
#include <string_view>

// Bytes as text for other servers (RFC 4648 section 4, with padding).
namespace concentric {

std::string base64(std::string_view bytes);
// False for what is none.
bool decode_base64(std::string_view text, std::string& out);

} // namespace concentric
