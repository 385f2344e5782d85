#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// What a browser or phone asked for, as the server understood it, and the reply that goes back.
namespace concentric::web {

struct Header {
    std::string name;
    std::string value;
};

// The I/O thread on which a request came in. Its turn: everything that had arrived when it looked, one request after the other.
class Turn {
public:
    virtual ~Turn() = default;
    // Runs `last` on the thread when all of this turn is handed over. Call it on that thread.
    virtual void at_end(std::function<void()> last) = 0;
    // Counts the server's I/O threads from 0.
    virtual std::size_t number() const = 0;
};

struct Request {
    std::string method; // as sent: "GET"
    std::string path; // percent-decoded, begins with '/', no query, no ".." segment, no control characters
    std::string query; // raw, without '?'
    std::string target; // raw, as sent
    std::vector<Header> headers; // names in lower case, in the order sent
    std::string body;
    std::string remote_address; // numeric, of the peer of the socket (a proxy, when one stands in front)
    std::string id; // the client's X-Request-Id when it is sane, else a fresh one; goes back in every reply
    std::chrono::steady_clock::time_point received; // when the last byte of the head had arrived
    Turn* turn = nullptr; // only for the handler, while it is called; none in a request that came by no network

    // The first header of this name (in lower case); "" when there is none.
    std::string_view header(std::string_view lower_name) const;
};

// A person who wants to hear at once what is new for them, on the WebSocket that their request asked for.
struct Listening {
    std::int64_t county = 0;
    std::int64_t person = 0;
    Request request;
};

// The edge itself writes Date, Content-Length, Connection and X-Request-Id; do not set them here.
struct Reply {
    int status = 200;
    std::string content_type;
    std::vector<Header> headers;
    std::string body;
    std::shared_ptr<std::string const> shared_body; // used instead of body when set: long-lived bytes such as static files
    std::string file_path; // when set, the body is streamed from this file, and a Range header is honoured
    std::uint64_t file_size = 0; // bytes of that file; 0: whatever it holds when it is opened
    std::shared_ptr<Listening> listening; // when set, the connection becomes a WebSocket, and nothing else here counts
};

// Ends a request. May be called from any thread, also after the client or the server has gone; only the first call counts.
// A handler that drops its Answer without calling it has answered 500.
using Answer = std::function<void(Reply&&)>;

// Called on an I/O thread, so it must not block. What it throws becomes a 500.
using Handler = std::function<void(Request&&, Answer&&)>;

// The value of a cookie; "" when the request has none of this name. Lives as long as the request.
std::string_view cookie_of(Request const& request, std::string_view name);

// What the edge says by itself: an RFC 9457 problem in both languages, with Retry-After where waiting helps.
Reply edge_problem(int status);

// The reason phrase of a status; "" when it has none.
std::string_view reason_of(int status);

} // namespace concentric::web
