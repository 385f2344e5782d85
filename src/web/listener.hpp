#pragma once

#include "web/exchange.hpp"

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_static_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <unordered_map>

// WebSockets on which people hear at once what is new for them. They only hear: what they do goes through the API.
// Only for the edge itself: it includes Beast.
namespace concentric::web {

class Listeners;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

// One of them. Sends {"new":["inbox"]}; topics that come while the client is slow are told once.
class Listener : public std::enable_shared_from_this<Listener> {
public:
    Listener(Socket socket, std::shared_ptr<Listening> listening, Listeners& listeners);

    // Answers the handshake, then listens until one side has had enough.
    Task<> serve();

    void tell(std::string_view topic);

    // Says good-bye, which the client answers; from then on nothing is told.
    void end(boost::beast::websocket::close_code why);

    void abort();

private:
    Task<bool> shake_hands();
    Task<> hear();
    void send_next();

    boost::beast::websocket::stream<Socket, false> stream_;
    std::shared_ptr<Listening> listening_;
    Listeners& listeners_;
    boost::beast::flat_static_buffer<64> buffer_;
    std::vector<std::string> pending_;
    std::string sending_;
    bool is_open_ = false;
};

// Those of one I/O thread, by person.
class Listeners {
public:
    // `count` is shared with the other threads'.
    explicit Listeners(std::atomic<std::uint64_t>& count) : count_(count) { }

    // A person keeps the latest sixteen of a thread: phones that fell asleep do not say good-bye.
    void add(Listener& listener, std::int64_t county, std::int64_t person);
    void remove(Listener const& listener, std::int64_t county, std::int64_t person);
    void tell(std::int64_t county, std::string_view topic, std::vector<std::int64_t> const& people);
    void tell_all(std::string_view topic);

private:
    struct Key {
        std::int64_t county, person;
        bool operator==(Key const&) const = default;
    };
    struct Hash {
        std::size_t operator()(Key const& key) const { return std::hash<std::int64_t>{}(key.person ^ (key.county << 40)); }
    };
    std::unordered_map<Key, std::vector<Listener*>, Hash> by_person_;
    std::atomic<std::uint64_t>& count_;
};

} // namespace concentric::web
