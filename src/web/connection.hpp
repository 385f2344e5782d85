#pragma once

#include "web/exchange.hpp"
#include "web/file_body.hpp"
#include "web/listener.hpp"
#include "web/reply_head.hpp"
#include "web/request_parser.hpp"
#include "web/server.hpp"

#include <atomic>
#include <boost/beast/core/flat_buffer.hpp>

// One client's connection: one request after the other, each in its time, until one side has had enough.
// Only for the edge itself: it includes Asio.
namespace concentric::web {

using SteadyTime = std::chrono::steady_clock::time_point;

// Counted by all I/O threads of a server.
struct Counters {
    std::atomic<std::uint64_t> open_connections = 0, open_requests = 0, accepted = 0, turned_away = 0, requests = 0, refused = 0,
                               late_answers = 0, listeners = 0;
};

// What the connections of one I/O thread share.
struct Surroundings {
    ServerOptions const& options;
    Handler const& handler;
    Counters& counters;
    std::shared_ptr<Mailbox> mailbox;
    Turn& turn;
    std::string id_prefix; // random, so that request ids differ between threads and starts
    std::uint32_t last_id = 0;
    HttpDate date;
    Listeners listeners{counters.listeners};
    bool is_draining = false;
};

class Connection {
public:
    Connection(Surroundings& surroundings, Socket socket, std::string remote_address);

    // Runs until the connection is over.
    Task<> serve();

    // Ends what has taken too long by `now`.
    void check_time(SteadyTime now);

    // Ends the connection when nothing is open; else it closes after the open request.
    void drain();

    // Ends the connection whatever it is doing.
    void abort();

private:
    enum class Phase { idle, reading_head, reading_body, answering, writing, lingering, listening };
    enum class Next { request, close, linger };
    struct Outgoing { // what is still to be written of a reply: head (and small body), large body, file
        std::string joined;
        boost::asio::const_buffer first, second;
        Reply reply; // keeps the large body alive
        FileBody file;
    };

    void enter(Phase phase, std::chrono::milliseconds allowed);
    void moved(std::size_t bytes, std::chrono::milliseconds allowed);
    void interrupt();

    bool needs_more();
    bool has_head();
    void open_body();
    void eat();
    std::size_t room() const;
    void received(boost::system::error_code const& error, std::size_t count);

    Request take_request();
    void hand_over();
    Next write_answer();
    Next write_refusal();
    void compose(Reply&& reply, Persistence persistence);

    bool write_now();
    void written(std::size_t count);
    Task<bool> write_rest();
    Task<> linger();
    Task<> listen();
    void shrink();
    std::string fresh_id();

    Surroundings& surroundings_;
    Socket socket_;
    std::string remote_address_;
    Phase phase_ = Phase::idle;
    bool is_late_ = false;
    SteadyTime deadline_;
    std::size_t moved_bytes_ = 0;
    boost::beast::flat_buffer buffer_;
    std::optional<RequestParser> parser_;
    int refusal_ = 0; // the status that refuses the request, or `gone`
    std::shared_ptr<Exchange> exchange_;
    Outgoing out_;
    std::string request_id_;
    RangeWish range_wish_;
    bool is_head_ = false;
    std::shared_ptr<Listener> listener_;
};

} // namespace concentric::web
