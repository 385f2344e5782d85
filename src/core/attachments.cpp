#include "core/attachments.hpp"

#include "core/error.hpp"
#include "lib/text.hpp"

#include <cstring>

namespace concentric {
namespace {

constexpr std::size_t largest = 20U << 20;

struct FileType {
    std::string_view ending, begins, content_type;
};

constexpr FileType types[]{
    {".pdf", "%PDF-", "application/pdf"},
    {".png", "\x89PNG", "image/png"},
    {".jpg", "\xFF\xD8\xFF", "image/jpeg"},
    {".jpeg", "\xFF\xD8\xFF", "image/jpeg"},
    {".docx", "PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {".xlsx", "PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
};

} // namespace

std::string_view attachment_type(std::string_view file_name, std::string_view bytes)
{
    if (bytes.size() > largest)
        throw ApiError(ErrorKind::too_large, {"附件不能超过 20 MB。", "A file can have up to 20 MB."});
    auto const name = lib::to_lower_ascii(file_name);
    for (auto const& type : types)
        if (name.ends_with(type.ending) && bytes.starts_with(type.begins))
            return type.content_type;
    throw invalid("/file_name", "type",
        {"附件可以是 PDF、Word、Excel 文档或 PNG、JPG 图片。",
            "A file can be a PDF, a Word or Excel document, or a PNG or JPG picture."});
}

std::string with_tag(std::int64_t id, std::string_view bytes)
{
    std::string tagged(sizeof id, '\0');
    std::memcpy(tagged.data(), &id, sizeof id);
    return tagged.append(bytes);
}

std::string without_tag(std::string_view tagged) { return std::string(tagged.substr(sizeof(std::int64_t))); }

} // namespace concentric
