#include "modules/xapi/document_rules.hpp"

#include "core/digests.hpp"
#include "lib/text.hpp"
#include "modules/xapi/properties.hpp"

#include <boost/json.hpp>

namespace concentric::xapi {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_content_type = 200; // bytes

ApiError malformed(Words words) { return {ErrorKind::malformed, std::move(words)}; }

// "*", or a list such as "\"abc\", W/\"def\"": the weak mark stands before what went out compressed.
bool names(std::string_view header, std::string const& tag)
{
    return lib::trim_ascii(header) == "*" || header.find('"' + tag + '"') != header.npos;
}

json::object object_in(Document const& document)
{
    boost::system::error_code failed;
    auto value = json::parse(document.content, failed);
    if (!is_json(document.content_type) || failed || !value.is_object())
        throw malformed({"只有 JSON 对象（application/json）可以用 POST 合并；替换请用 PUT。",
            "POST merges JSON objects (application/json) alone; please use PUT to replace."});
    return std::move(value.as_object());
}

} // namespace

std::string tag_of(Document const& document) { return crypto::sha1_hex(document.content); }

void check_change(std::optional<Document> const& present, Change change, Blind blind, Preconditions const& asked)
{
    bool const fits = asked.if_match.empty() || (present && names(asked.if_match, tag_of(*present)));
    bool const is_new = asked.if_none_match.empty() || !present || !names(asked.if_none_match, tag_of(*present));
    if (!fits || !is_new)
        throw ApiError(ErrorKind::changed_meanwhile,
            {"文档已有变化，请重新读取后再改。", "The document has changed meanwhile; please read it again before you change it."});
    bool const is_named = !asked.if_match.empty() || !asked.if_none_match.empty();
    if (change == Change::put && blind == Blind::refused && present && !is_named)
        throw conflict({"文档已有：请先读取它，再用请求头 If-Match 带上它的 ETag。",
            "There is such a document: please check its current state, then set the header If-Match to its ETag."});
}

void check_content(Document const& document)
{
    if (document.content.size() > most_of_document)
        throw ApiError(ErrorKind::too_large, {"一份文档不能超过 1 MB。", "A document may have at most 1 MiB."});
    if (!is_media_type(document.content_type) || document.content_type.size() > longest_content_type)
        throw malformed({"请求头 Content-Type 应为媒体类型，如 application/json。",
            "The header Content-Type must be a media type such as application/json."});
    boost::system::error_code failed;
    if (is_json(document.content_type))
        json::parse(document.content, failed);
    if (failed)
        throw malformed({"不是有效的 JSON。", "This is not valid JSON."});
}

Document merged(std::optional<Document> const& present, Document posted)
{
    if (!present) {
        if (is_json(posted.content_type))
            object_in(posted);
        return posted;
    }
    auto object = object_in(*present);
    for (auto& each : object_in(posted))
        object[each.key()] = std::move(each.value());
    return {present->content_type, json::serialize(object)};
}

bool is_json(std::string_view content_type)
{
    return lib::to_lower_ascii(lib::trim_ascii(content_type.substr(0, content_type.find(';')))) == "application/json";
}

} // namespace concentric::xapi
