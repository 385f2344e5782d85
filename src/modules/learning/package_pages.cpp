#include "modules/learning/package_pages.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace concentric::learning {
namespace {

constexpr std::string_view bridge = R"(<script src="/player/bridge.js"></script>)";

constexpr std::array<std::pair<std::string_view, std::string_view>, 40> content_types{{
    {"html", "text/html"},
    {"htm", "text/html"},
    {"xhtml", "application/xhtml+xml"},
    {"js", "text/javascript"},
    {"mjs", "text/javascript"},
    {"css", "text/css"},
    {"json", "application/json"},
    {"xml", "application/xml"},
    {"xsd", "application/xml"},
    {"dtd", "application/xml-dtd"},
    {"txt", "text/plain"},
    {"vtt", "text/vtt"},
    {"srt", "text/plain"},
    {"svg", "image/svg+xml"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"avif", "image/avif"},
    {"bmp", "image/bmp"},
    {"ico", "image/x-icon"},
    {"mp4", "video/mp4"},
    {"m4v", "video/mp4"},
    {"webm", "video/webm"},
    {"ogv", "video/ogg"},
    {"mp3", "audio/mpeg"},
    {"m4a", "audio/mp4"},
    {"ogg", "audio/ogg"},
    {"oga", "audio/ogg"},
    {"wav", "audio/wav"},
    {"aac", "audio/aac"},
    {"woff", "font/woff"},
    {"woff2", "font/woff2"},
    {"ttf", "font/ttf"},
    {"otf", "font/otf"},
    {"eot", "application/vnd.ms-fontobject"},
    {"pdf", "application/pdf"},
    {"wasm", "application/wasm"},
    {"map", "application/json"},
}};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_same(std::string_view one, std::string_view other) { return std::ranges::equal(one, other, {}, lower, lower); }

// Where the tag of that name ends, or npos: "<head" does not find "<header".
std::size_t end_of_tag(std::string_view page, std::string_view tag)
{
    for (std::size_t at = page.find('<'); at != page.npos; at = page.find('<', at + 1)) {
        if (page.substr(at).starts_with("<!--")) {
            at = std::min(page.find("-->", at), page.size() - 1);
            continue;
        }
        auto const name = page.substr(at, tag.size());
        auto const after = at + tag.size() < page.size() ? page[at + tag.size()] : '>';
        if (!is_same(name, tag) || (after != '>' && after != ' ' && after != '\t' && after != '\r' && after != '\n'))
            continue;
        auto const end = page.find('>', at);
        return end == page.npos ? page.npos : end + 1;
    }
    return page.npos;
}

} // namespace

std::string_view content_type_of(std::string_view path)
{
    auto const dot = path.rfind('.');
    auto const ending = dot == path.npos ? std::string_view() : path.substr(dot + 1);
    auto const* const found = std::ranges::find_if(content_types, [&](auto const& each) { return is_same(each.first, ending); });
    return found == content_types.end() ? "application/octet-stream" : found->second;
}

// Before the document type it would put the page into the browsers' old ways.
std::string with_bridge(std::string page)
{
    for (auto const tag : {"<head", "<html", "<!doctype"})
        if (auto const end = end_of_tag(page, tag); end != page.npos)
            return page.insert(end, bridge);
    return page.insert(0, bridge);
}

} // namespace concentric::learning
