#include "modules/xapi/multipart.hpp"

#include "core/error.hpp"
#include "lib/text.hpp"

#include <fmt/format.h>

namespace concentric::xapi {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t longest_boundary = 70; // RFC 2046, 5.1.1

ApiError faulty(Words words) { return {ErrorKind::malformed, std::move(words)}; }

ApiError no_message() { return faulty({"不是完整的 multipart/mixed 内容。", "This is no whole multipart/mixed message."}); }

void take_header(Part& part, std::string_view line)
{
    auto const colon = line.find(':');
    if (colon == line.npos)
        throw faulty({"附件部分的头有误。", "A header of a part is at fault."});
    auto const name = lib::to_lower_ascii(line.substr(0, colon));
    auto const value = lib::trim_ascii(line.substr(colon + 1));
    if (name == "content-type")
        part.content_type = value;
    else if (name == "x-experience-api-hash")
        part.hash = value;
    else if (name == "content-transfer-encoding")
        part.encoding = value;
}

// Headers, an empty line, and the content, which may be empty.
Part part_in(std::string_view text)
{
    Part part;
    while (!text.starts_with(line_end)) {
        auto const end = text.find(line_end);
        if (end == text.npos)
            throw no_message();
        take_header(part, text.substr(0, end));
        text.remove_prefix(end + line_end.size());
    }
    part.content = text.substr(line_end.size());
    return part;
}

// What follows a boundary on its own line: blanks, which gateways may add, and the line's end.
std::string_view after_line(std::string_view text)
{
    auto const end = text.find(line_end);
    if (end == text.npos || !lib::trim_ascii(text.substr(0, end)).empty())
        throw no_message();
    return text.substr(end + line_end.size());
}

} // namespace

std::vector<Part> parts_in(std::string_view body, std::string_view boundary)
{
    auto const delimiter = fmt::format("\r\n--{}", boundary);
    auto const opening = std::string_view(delimiter).substr(line_end.size());
    if (!body.starts_with(opening)) {
        auto const preamble = body.find(delimiter);
        if (preamble == body.npos)
            throw no_message();
        body.remove_prefix(preamble + line_end.size());
    }
    body.remove_prefix(opening.size());
    std::vector<Part> parts;
    while (!body.starts_with("--")) {
        body = after_line(body);
        auto const end = body.find(delimiter);
        if (end == body.npos)
            throw no_message();
        if (parts.size() == most_parts)
            throw faulty({"一次最多 100 个附件。", "A request has at most 100 attachments."});
        parts.push_back(part_in(body.substr(0, end)));
        body.remove_prefix(end + delimiter.size());
    }
    return parts;
}

std::optional<std::string> boundary_in(std::string_view content_type)
{
    auto const type = lib::to_lower_ascii(lib::trim_ascii(content_type.substr(0, content_type.find(';'))));
    auto const at = lib::to_lower_ascii(content_type).find("boundary=");
    if (type != "multipart/mixed" || at == std::string::npos)
        return std::nullopt;
    auto value = content_type.substr(at + std::string_view("boundary=").size());
    bool const is_quoted = value.starts_with('"');
    value = is_quoted ? value.substr(1, value.find('"', 1) - 1) : lib::trim_ascii(value.substr(0, value.find(';')));
    bool const is_boundary = !value.empty() && value.size() <= longest_boundary;
    return is_boundary ? std::optional(std::string(value)) : std::nullopt;
}

std::string message_of(std::vector<Part> const& parts, std::string_view boundary)
{
    std::string out;
    for (auto const& part : parts) {
        out.append("--").append(boundary).append("\r\nContent-Type: ").append(part.content_type);
        if (!part.encoding.empty())
            out.append("\r\nContent-Transfer-Encoding: ").append(part.encoding);
        if (!part.hash.empty())
            out.append("\r\nX-Experience-API-Hash: ").append(part.hash);
        out.append("\r\n\r\n").append(part.content).append("\r\n");
    }
    return out.append("--").append(boundary).append("--\r\n");
}

} // namespace concentric::xapi
