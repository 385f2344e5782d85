#pragma once

#include "web/message.hpp"

#include <sys/types.h>

// A file on its way to the client, such as a course video: in small pieces and without passing through our memory.
namespace concentric::web {

struct RangeWish {
    std::string range; // the Range header of a GET; "" for the whole file
    std::string if_range; // the If-Range header: the wish holds only while the file still has this ETag
};

class FileBody {
public:
    FileBody() = default;
    FileBody(FileBody&& other) noexcept;
    FileBody& operator=(FileBody&& other) noexcept;
    ~FileBody();

    // Opens the file that the reply names and turns the reply into 206 or 416 where the wish asks for it.
    // A file that is not there, or shorter than promised, turns the reply into a 404 or 500.
    static FileBody open_for(Reply& reply, RangeWish const& wish);

    std::uint64_t remaining() const { return remaining_; }

    // Sends a piece and gives its bytes; 0 when the socket is full at the moment, negative when it cannot go on.
    ssize_t send_some(int socket);

private:
    void narrow_to(RangeWish const& wish, Reply& reply);

    int descriptor_ = -1;
    off_t offset_ = 0;
    std::uint64_t remaining_ = 0;
};

} // namespace concentric::web
