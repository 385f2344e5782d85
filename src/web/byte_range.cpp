#include "web/byte_range.hpp"

#include <algorithm>
#include <charconv>

namespace concentric::web {

static std::optional<std::uint64_t> number_in(std::string_view digits)
{
    std::uint64_t value = 0;
    auto const* const end = digits.data() + digits.size();
    auto const [stop, error] = std::from_chars(digits.data(), end, value);
    return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

static ByteRange last_bytes(std::uint64_t count, std::uint64_t file_size)
{
    auto const size = std::min(count, file_size);
    return {file_size - size, size};
}

std::optional<ByteRange> byte_range_of(std::string_view range, std::uint64_t file_size)
{
    constexpr std::string_view unit = "bytes=";
    auto const dash = range.find('-');
    if (!range.starts_with(unit) || dash == std::string_view::npos)
        return std::nullopt;
    auto const from = range.substr(unit.size(), dash - unit.size());
    auto const to = range.substr(dash + 1);
    auto const last = to.empty() ? std::optional(file_size) : number_in(to);
    if (!last || (from.empty() && to.empty()))
        return std::nullopt;
    if (from.empty())
        return last_bytes(*last, file_size);
    auto const first = number_in(from);
    if (!first || (!to.empty() && *last < *first))
        return std::nullopt;
    if (*first >= file_size)
        return ByteRange{};
    return ByteRange{*first, std::min(*last, file_size - 1) - *first + 1};
}

} // namespace concentric::web
