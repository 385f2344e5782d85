#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Statements and the files that belong to them in one message: multipart/mixed (RFC 2046, 5.1; xAPI 1.0.3, Communication 1.5.2).
namespace concentric::xapi {

struct Part {
    std::string_view content_type, hash; // headers Content-Type and X-Experience-API-Hash; empty where there is none
    std::string_view encoding; // Content-Transfer-Encoding
    std::string_view content;
};

inline constexpr std::size_t most_parts = 101; // the statements and 100 files

// What is between the boundaries, in order; all of it lies in the body. 400 for what is no such message.
std::vector<Part> parts_in(std::string_view body, std::string_view boundary);

// The boundary that a content type names, such as "multipart/mixed; boundary=\"x\""; nothing for what is not multipart/mixed, or
// names none.
std::optional<std::string> boundary_in(std::string_view content_type);

// The message of these parts; the boundary must not stand in any of them.
std::string message_of(std::vector<Part> const& parts, std::string_view boundary);

} // namespace concentric::xapi
