#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Reads what stands in an address: words behind %-signs, and the questions after the '?'.
namespace concentric::web {

// "%E5%BF%83" becomes "心"; '+' stays as it is. Nothing when a '%' is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text);

// Names and values in the order sent, decoded ('+' is a space); a name without '=' has the value "".
// A part whose percent encoding is broken is taken literally.
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

// The two parts of a request target such as "/schools/7?term=2026" or "http://county.cn/schools/7".
struct Target {
    std::string path; // decoded
    std::string query; // raw
};

// Whether the bytes are UTF-8 without a NUL, which is all that databases take for a text.
bool is_text(std::string_view bytes);
// The same bytes as such a text of at most so many bytes, with U+FFFD for what is none.
std::string as_text(std::string_view bytes, std::size_t most);

// Nothing when the target is no path, is badly encoded, is no text, holds control characters or climbs with "..".
std::optional<Target> parse_target(std::string_view target);

} // namespace concentric::web
