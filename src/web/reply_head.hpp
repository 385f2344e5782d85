#pragma once

#include "web/message.hpp"

#include <cstdint>
#include <ctime>
#include <optional>

// Writes the first lines of a reply, those the browser reads before the content.
namespace concentric::web {

// "Sun, 22 Nov 2026 01:41:18 GMT" (RFC 9110 section 5.6.7).
std::string http_date(std::time_t second);

// The same of the present, made anew only when the second has changed. One for each I/O thread.
class HttpDate {
public:
    std::string_view now();

private:
    std::time_t second_ = -1;
    std::string text_;
};

enum class Persistence { close, keep, keep_for_http_1_0 };

// Appends the status line, all headers and the empty line. No Content-Length where `content_length` is nothing (204, 304).
// Line breaks and other control characters inside of a header become spaces, so that no value can begin a header of its own.
void append_head(std::string& out, Reply const& reply, std::optional<std::uint64_t> content_length, Persistence persistence,
    std::string_view date, std::string_view request_id);

} // namespace concentric::web
