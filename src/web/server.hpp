#pragma once

#include "web/message.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

// The door to the network: takes connections, reads requests within limits and time, writes replies, and closes politely.
namespace concentric::web {

struct ServerOptions {
    std::string listen = "127.0.0.1:8080"; // numeric "address:port", "[::1]:8080", ":8080" for every address; port 0 for a free one
    int io_threads = 2;
    std::size_t max_connections = 20000; // beyond: 503 at once
    std::size_t max_header_bytes = 16384; // beyond: 431
    // Most bytes of a body, asked when its head has been read; beyond: 413. Unset: 1 MiB everywhere. Must not block.
    std::function<std::size_t(std::string_view method, std::string_view path)> body_limit;
    // Headers of what the edge itself refuses once it knows the path, so that pages of other sites may read why.
    std::function<std::vector<Header>(std::string_view path)> refusal_headers;
    std::chrono::milliseconds header_timeout{10'000}; // from the first byte of a head to its last; and for the first head to begin
    std::chrono::milliseconds body_idle_timeout{20'000}; // a body must bring 16 KiB, or its end, within each such span
    std::chrono::milliseconds idle_timeout{75'000}; // between two requests of a connection
    std::chrono::milliseconds write_timeout{30'000}; // the client must take 16 KiB, or the rest, within each such span
    std::chrono::milliseconds answer_timeout{60'000}; // for the handler; beyond: 503
    std::chrono::milliseconds drain_timeout{10'000}; // how long stop() waits for open requests
};

struct ServerFigures {
    std::uint64_t open_connections = 0; // now
    std::uint64_t open_requests = 0; // now: handed over, not yet answered
    std::uint64_t accepted = 0; // connections since the start
    std::uint64_t turned_away = 0; // connections over max_connections
    std::uint64_t requests = 0; // handed over since the start
    std::uint64_t refused = 0; // requests that were malformed, too large or too slow
    std::uint64_t late_answers = 0; // requests whose handler took longer than answer_timeout
    std::uint64_t listeners = 0; // now: WebSockets
};

class Server {
public:
    Server(ServerOptions options, Handler handler);
    ~Server(); // stops

    // Listens and begins to serve. Throws std::runtime_error that names the address and the reason (such as: in use).
    void start();

    // "127.0.0.1:43521": the real port where 0 was asked for. Only after start().
    std::string address() const;

    // Takes no more connections, closes idle ones, lets open requests finish, for at most drain_timeout. Blocks; call it
    // from a thread that no answer depends on. Answers that come later fall to the ground unharmed.
    void stop();

    // Tells those of these people of the county who listen that something is new under a topic. From any thread, also before
    // start() and after stop(), when nobody listens.
    void tell(std::int64_t county, std::string topic, std::vector<std::int64_t> people);
    // The same to everybody who listens.
    void tell_all(std::string topic);

    ServerFigures figures() const;

private:
    struct Core;
    std::unique_ptr<Core> core_;
};

} // namespace concentric::web
