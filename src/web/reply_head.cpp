#include "web/reply_head.hpp"

#include <array>
#include <charconv>

namespace concentric::web {

std::string http_date(std::time_t second)
{
    std::tm parts{};
    gmtime_r(&second, &parts);
    std::array<char, 40> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

std::string_view HttpDate::now()
{
    auto const second = std::time(nullptr);
    if (second == second_)
        return text_;
    second_ = second;
    text_ = http_date(second);
    return text_;
}

static void append_number(std::string& out, std::uint64_t number)
{
    std::array<char, 20> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

static void append_status_line(std::string& out, int status)
{
    if (status == 200) {
        out += "HTTP/1.1 200 OK\r\n";
        return;
    }
    out += "HTTP/1.1 ";
    append_number(out, static_cast<std::uint64_t>(status));
    out += ' ';
    out += reason_of(status);
    out += "\r\n";
}

static void append_in_one_line(std::string& out, std::string_view text)
{
    auto const begin = out.size();
    out += text;
    for (auto at = begin; at < out.size(); ++at)
        out[at] = static_cast<unsigned char>(out[at]) < ' ' ? ' ' : out[at];
}

static void append_header(std::string& out, std::string_view name, std::string_view value)
{
    append_in_one_line(out, name);
    out += ": ";
    append_in_one_line(out, value);
    out += "\r\n";
}

void append_head(std::string& out, Reply const& reply, std::optional<std::uint64_t> content_length, Persistence persistence,
    std::string_view date, std::string_view request_id)
{
    append_status_line(out, reply.status);
    out.append("Date: ").append(date).append("\r\nX-Request-Id: ").append(request_id).append("\r\n");
    if (!reply.content_type.empty())
        append_header(out, "Content-Type", reply.content_type);
    if (content_length) {
        out += "Content-Length: ";
        append_number(out, *content_length);
        out += "\r\n";
    }
    for (auto const& header : reply.headers)
        append_header(out, header.name, header.value);
    if (persistence != Persistence::keep)
        out += persistence == Persistence::close ? "Connection: close\r\n" : "Connection: keep-alive\r\n";
    out += "\r\n";
}

} // namespace concentric::web
