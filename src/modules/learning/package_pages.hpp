#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// How the pages of a teaching package reach a browser: as what kind of file, and with the bridge to the player in them.
namespace concentric::learning {

inline constexpr std::int64_t longest_page = 16 << 20; // bytes of a web page that gets the bridge

std::string_view content_type_of(std::string_view path);

// The page with the bridge's script before all others of its own. Its encoding may be any that holds ASCII as it is.
std::string with_bridge(std::string page);

} // namespace concentric::learning
