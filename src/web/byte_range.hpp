#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

// Which part of a file a player or a broken-off download asks for.
namespace concentric::web {

struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t size = 0; // 0: the file has no such part (416)
};

// Reads a Range header such as "bytes=0-99", "bytes=100-" or "bytes=-500" against a file of `file_size` bytes.
// Nothing when it is to be ignored: another unit, several parts, or nonsense.
std::optional<ByteRange> byte_range_of(std::string_view range, std::uint64_t file_size);

} // namespace concentric::web
