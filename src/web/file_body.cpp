#include "web/file_body.hpp"

#include "web/byte_range.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace concentric::web {

static constexpr std::uint64_t piece_bytes = 256 * 1024;

FileBody::FileBody(FileBody&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), offset_(other.offset_), remaining_(std::exchange(other.remaining_, 0))
{
}

FileBody& FileBody::operator=(FileBody&& other) noexcept
{
    std::swap(descriptor_, other.descriptor_);
    std::swap(offset_, other.offset_);
    std::swap(remaining_, other.remaining_);
    return *this;
}

FileBody::~FileBody()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

FileBody FileBody::open_for(Reply& reply, RangeWish const& wish)
{
    FileBody file;
    file.descriptor_ = ::open(reply.file_path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat facts { };
    if (file.descriptor_ < 0 || ::fstat(file.descriptor_, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        reply = edge_problem(404);
        return {};
    }
    auto const held = static_cast<std::uint64_t>(facts.st_size);
    if (held < reply.file_size) {
        reply = edge_problem(500);
        return {};
    }
    file.remaining_ = reply.file_size ? reply.file_size : held;
    if (reply.status == 200)
        file.narrow_to(wish, reply);
    return file;
}

static bool has_etag(Reply const& reply, std::string_view tag)
{
    return std::any_of(
        reply.headers.begin(), reply.headers.end(), [&](Header const& each) { return each.name == "ETag" && each.value == tag; });
}

void FileBody::narrow_to(RangeWish const& wish, Reply& reply)
{
    reply.headers.push_back({"Accept-Ranges", "bytes"});
    auto const range = byte_range_of(wish.range, remaining_);
    if (!range || (!wish.if_range.empty() && !has_etag(reply, wish.if_range)))
        return;
    auto const whole = std::to_string(remaining_);
    if (range->size == 0) {
        reply = edge_problem(416);
        reply.headers.push_back({"Content-Range", "bytes */" + whole});
        remaining_ = 0;
        return;
    }
    reply.status = 206;
    reply.headers.push_back({"Content-Range",
        "bytes " + std::to_string(range->first) + "-" + std::to_string(range->first + range->size - 1) + "/" + whole});
    offset_ = static_cast<off_t>(range->first);
    remaining_ = range->size;
}

ssize_t FileBody::send_some(int socket)
{
    auto const sent = ::sendfile(socket, descriptor_, &offset_, static_cast<std::size_t>(std::min(remaining_, piece_bytes)));
    if (sent < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : -1;
    remaining_ -= static_cast<std::uint64_t>(sent);
    return sent == 0 ? -1 : sent; // 0: the file was cut short while we sent it
}

} // namespace concentric::web
