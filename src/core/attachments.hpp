#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Files that people add to what they write: documents and pictures, known by what they begin with, up to 20 MB each.
namespace concentric {

// The content type by the name's ending and the file's first bytes, never by its name alone. ApiError: 422 at /file_name for any
// other kind, 413 for one that is too large.
std::string_view attachment_type(std::string_view file_name, std::string_view bytes);

// The bytes as they go into the blob store: they begin with the attachment's own id, so that no two share a blob and one can go
// without a look at the others. And back.
std::string with_tag(std::int64_t id, std::string_view bytes);
std::string without_tag(std::string_view tagged);

} // namespace concentric
