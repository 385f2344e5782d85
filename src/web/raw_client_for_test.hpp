#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <utility>

// A client that sends exactly the bytes a test wants and reads what comes back, one reply after the other.
namespace concentric::web {

class RawClient {
public:
    explicit RawClient(std::string const& address) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        auto const colon = address.rfind(':');
        sockaddr_in peer{};
        peer.sin_family = AF_INET;
        peer.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
        ::inet_pton(AF_INET, address.substr(0, colon).c_str(), &peer.sin_addr);
        timeval const patience{5, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&peer), sizeof peer) != 0)
            throw std::runtime_error("cannot connect to " + address);
    }
    RawClient(RawClient&& other) noexcept : socket_(std::exchange(other.socket_, -1)), unread_(std::move(other.unread_)) { }
    RawClient& operator=(RawClient&&) = delete;
    ~RawClient() { hang_up(); }

    // False when the server has closed.
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    // The head of the next reply without its empty line; "" when the server has closed (or said nothing for 5 s).
    std::string head()
    {
        while (unread_.find("\r\n\r\n") == std::string::npos)
            if (!receive())
                return {};
        auto const end = unread_.find("\r\n\r\n");
        auto const out = unread_.substr(0, end);
        unread_.erase(0, end + 4);
        return out;
    }

    std::string bytes(std::size_t count)
    {
        while (unread_.size() < count && receive()) { }
        auto const out = unread_.substr(0, count);
        unread_.erase(0, count);
        return out;
    }

    // The body of the next reply, by its Content-Length.
    std::string body()
    {
        auto const length = value_in(head(), "Content-Length");
        return length.empty() ? "" : bytes(std::stoul(length));
    }

    // "200"
    std::string status()
    {
        auto const text = head();
        last_head = text;
        auto const length = value_in(text, "Content-Length");
        if (!length.empty())
            bytes(std::stoul(length));
        return text.size() < 12 ? "" : text.substr(9, 3);
    }

    // True when the server closes without another byte.
    bool is_closed() { return unread_.empty() && !receive(); }

    void hang_up()
    {
        if (socket_ >= 0)
            ::close(socket_);
        socket_ = -1;
    }

    static std::string value_in(std::string const& head, std::string const& name)
    {
        auto const at = head.find("\r\n" + name + ": ");
        if (at == std::string::npos)
            return {};
        auto const from = at + name.size() + 4;
        return head.substr(from, head.find("\r\n", from) - from);
    }

    std::string last_head;

private:
    bool receive()
    {
        char buffer[65536];
        auto const count = ::recv(socket_, buffer, sizeof buffer, 0);
        if (count <= 0)
            return false;
        unread_.append(buffer, static_cast<std::size_t>(count));
        return true;
    }

    int socket_;
    std::string unread_;
};

} // namespace concentric::web
