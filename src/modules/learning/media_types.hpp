#pragma once

#include "modules/learning/tables.hpp"

#include <string>
#include <string_view>

// Which files an author may send, and how large they may be.
namespace concentric::learning {

struct FileType {
    std::string_view ending, content_type;
    MediaKind kind;
    std::string_view begins; // with these bytes; empty: a job looks into it
};

// By the ending of the name in letters of either case; null for a type that this kind does not take.
FileType const* type_of(MediaKind kind, std::string file_name);

// The largest file of each kind, in bytes.
std::int64_t limit_of(MediaKind kind);

} // namespace concentric::learning
