#include "web/connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <random>

namespace asio = boost::asio;

namespace concentric::web {

static constexpr int gone = -1;
static constexpr std::size_t usual_buffer = 4096;
static constexpr std::size_t body_buffer = 64 * 1024;
static constexpr std::size_t joined_body = 16 * 1024; // up to here, copying is cheaper than a second buffer
static constexpr std::size_t least_progress = 16 * 1024;
static constexpr std::size_t default_body_limit = 1024 * 1024;
static constexpr std::size_t most_lingered = 4 * 1024 * 1024;
static constexpr auto linger_time = std::chrono::seconds(2);
// A listener comes back after this time, with a fresh look at its log-in; not all at once.
static constexpr auto least_listening = std::chrono::minutes(20);
static constexpr auto most_listening = std::chrono::minutes(30);
static constexpr auto as_result = asio::as_tuple_t<Awaitable>();

Connection::Connection(Surroundings& surroundings, Socket socket, std::string remote_address)
    : surroundings_(surroundings), socket_(std::move(socket)), remote_address_(std::move(remote_address)),
      exchange_(std::make_shared<Exchange>(surroundings.mailbox))
{
    buffer_.reserve(usual_buffer);
    enter(Phase::idle, surroundings_.options.header_timeout);
}

// One coroutine with few waits: what can be done at once is done in plain functions, which cost a fifth of an awaited one.
Task<> Connection::serve()
{
    auto next = Next::request;
    while (next == Next::request) {
        parser_.emplace(surroundings_.options.max_header_bytes);
        refusal_ = 0;
        while (needs_more()) {
            auto const [error, count] = co_await socket_.async_read_some(buffer_.prepare(room()), as_result);
            received(error, count);
        }
        if (refusal_ == gone)
            co_return;
        if (!refusal_) {
            hand_over();
            if (!exchange_->is_answered())
                co_await exchange_->answered();
            if (exchange_->is_listening())
                co_return co_await listen();
        }
        next = refusal_ ? write_refusal() : write_answer();
        if (!write_now() && !co_await write_rest())
            co_return;
        if (surroundings_.is_draining && next == Next::request) // the stop came while this reply was on its way
            co_return;
        shrink();
        enter(Phase::idle, surroundings_.options.idle_timeout);
    }
    if (next == Next::linger)
        co_await linger();
}

void Connection::enter(Phase phase, std::chrono::milliseconds allowed)
{
    phase_ = phase;
    is_late_ = false;
    moved_bytes_ = 0;
    deadline_ = std::chrono::steady_clock::now() + allowed;
}

// Only real progress buys more time: a byte now and then does not.
void Connection::moved(std::size_t bytes, std::chrono::milliseconds allowed)
{
    moved_bytes_ += bytes;
    if (moved_bytes_ < least_progress)
        return;
    moved_bytes_ = 0;
    deadline_ = std::chrono::steady_clock::now() + allowed;
}

void Connection::check_time(SteadyTime now)
{
    if (now < deadline_ || (is_late_ && (phase_ == Phase::answering || phase_ == Phase::listening)))
        return;
    is_late_ = true;
    interrupt();
}

void Connection::drain()
{
    boost::system::error_code error;
    if (listener_)
        listener_->end(boost::beast::websocket::close_code::service_restart);
    else if (phase_ == Phase::idle && buffer_.size() == 0 && socket_.available(error) == 0)
        interrupt();
}

void Connection::abort()
{
    boost::system::error_code ignored;
    if (listener_)
        return listener_->abort();
    interrupt();
    socket_.close(ignored);
}

void Connection::interrupt()
{
    boost::system::error_code ignored;
    if (listener_)
        listener_->end(boost::beast::websocket::close_code::going_away);
    else if (phase_ == Phase::answering)
        surroundings_.mailbox->post(exchange_, edge_problem(503));
    else
        socket_.cancel(ignored);
}

// True until the request is complete, refused or given up.
bool Connection::needs_more()
{
    if (refusal_ || (!parser_->is_header_done() && !has_head()))
        return !refusal_;
    eat();
    if (!refusal_ && !parser_->is_done() && buffer_.size() > surroundings_.options.max_header_bytes)
        refusal_ = 431; // an endless chunk extension or trailer
    return !refusal_ && !parser_->is_done();
}

bool Connection::has_head()
{
    eat();
    if (phase_ == Phase::idle && parser_->got_some())
        enter(Phase::reading_head, surroundings_.options.header_timeout);
    if (refusal_ || !parser_->is_header_done())
        return false;
    open_body();
    return !refusal_;
}

void Connection::open_body()
{
    auto const& options = surroundings_.options;
    auto const& request = parser_->request();
    bool const asks = options.body_limit && parser_->brings_body();
    parser_->allow_body(asks ? options.body_limit(request.method, request.path) : default_body_limit);
    refusal_ = parser_->refusal();
    if (refusal_ || parser_->is_done())
        return;
    enter(Phase::reading_body, options.body_idle_timeout);
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    boost::system::error_code error;
    if (parser_->expects_continue() && buffer_.size() == 0 && socket_.write_some(asio::buffer(go_on), error) != go_on.size())
        refusal_ = gone; // 25 bytes always fit, unless nobody is there
}

void Connection::eat()
{
    if (buffer_.size() == 0 || parser_->is_done())
        return;
    auto const bytes = buffer_.data();
    buffer_.consume(parser_->eat({static_cast<char const*>(bytes.data()), bytes.size()}));
    refusal_ = parser_->refusal();
}

// A large body is worth larger pieces; otherwise what is free will do.
std::size_t Connection::room() const
{
    auto const expected = phase_ == Phase::reading_body ? parser_->content_length_remaining().value_or(body_buffer) : usual_buffer;
    auto const free = buffer_.capacity() - buffer_.size();
    return std::max(free, std::clamp<std::size_t>(expected, usual_buffer / 4, body_buffer));
}

void Connection::received(boost::system::error_code const& error, std::size_t count)
{
    if (error) {
        refusal_ = is_late_ && phase_ != Phase::idle ? 408 : gone;
        return;
    }
    buffer_.commit(count);
    if (phase_ == Phase::reading_body)
        moved(count, surroundings_.options.body_idle_timeout);
}

static bool is_sane_id(std::string_view id)
{
    return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
            || letter == '.' || letter == '_' || letter == '-';
    });
}

std::string Connection::fresh_id()
{
    static constexpr std::string_view digits = "0123456789abcdef";
    auto id = surroundings_.id_prefix;
    auto const number = ++surroundings_.last_id;
    for (auto shift = 28; shift >= 0; shift -= 4)
        id += digits[(number >> shift) & 0xf];
    return id;
}

Request Connection::take_request()
{
    auto request = std::move(parser_->request());
    auto const id = request.header("x-request-id");
    request_id_ = is_sane_id(id) ? std::string(id) : fresh_id();
    request.id = request_id_;
    request.remote_address = remote_address_;
    request.turn = &surroundings_.turn;
    is_head_ = request.method == "HEAD";
    auto const is_get = request.method == "GET";
    range_wish_.range = is_get ? request.header("range") : std::string_view();
    range_wish_.if_range = is_get ? request.header("if-range") : std::string_view();
    return request;
}

void Connection::hand_over()
{
    auto& counters = surroundings_.counters;
    counters.requests.fetch_add(1, std::memory_order_relaxed);
    counters.open_requests.fetch_add(1, std::memory_order_relaxed);
    enter(Phase::answering, surroundings_.options.answer_timeout);
    Exchange::hand_over(exchange_, surroundings_.handler, take_request());
}

Connection::Next Connection::write_answer()
{
    auto& counters = surroundings_.counters;
    counters.open_requests.fetch_sub(1, std::memory_order_relaxed);
    if (is_late_)
        counters.late_answers.fetch_add(1, std::memory_order_relaxed);
    auto const closes = is_late_ || surroundings_.is_draining || !parser_->keep_alive();
    auto const keep = parser_->is_http_1_0() ? Persistence::keep_for_http_1_0 : Persistence::keep;
    compose(exchange_->take(), closes ? Persistence::close : keep);
    return closes ? Next::close : Next::request;
}

// Lingers, because the client may still be sending: closing at once would destroy the refusal before it is read.
Connection::Next Connection::write_refusal()
{
    surroundings_.counters.refused.fetch_add(1, std::memory_order_relaxed);
    request_id_ = fresh_id();
    is_head_ = false;
    auto reply = edge_problem(refusal_);
    if (auto const& headers_for = surroundings_.options.refusal_headers; headers_for && parser_->is_header_done())
        std::ranges::move(headers_for(parser_->request().path), std::back_inserter(reply.headers));
    compose(std::move(reply), Persistence::close);
    return Next::linger;
}

static bool may_have_body(int status) { return status != 204 && status != 304; }

void Connection::compose(Reply&& reply, Persistence persistence)
{
    enter(Phase::writing, surroundings_.options.write_timeout);
    out_.reply = std::move(reply);
    if (!out_.reply.file_path.empty())
        out_.file = FileBody::open_for(out_.reply, range_wish_);
    auto const has_body = may_have_body(out_.reply.status);
    auto const body = std::string_view(out_.reply.shared_body ? *out_.reply.shared_body : out_.reply.body);
    auto const length = out_.file.remaining() ? out_.file.remaining() : body.size();
    append_head(out_.joined, out_.reply, has_body ? std::optional(length) : std::nullopt, persistence, surroundings_.date.now(),
        request_id_);
    if (!has_body || is_head_)
        out_.file = {};
    else if (!out_.file.remaining() && body.size() > joined_body)
        out_.second = asio::buffer(body);
    else if (!out_.file.remaining())
        out_.joined += body;
    out_.first = asio::buffer(out_.joined);
}

void Connection::written(std::size_t count)
{
    auto const from_first = std::min(count, out_.first.size());
    out_.first += from_first;
    out_.second += count - from_first;
    moved(count, surroundings_.options.write_timeout);
}

// Most replies fit into the socket's buffer at once; false when something is left (or the client has gone, as the rest will show).
bool Connection::write_now()
{
    boost::system::error_code ignored;
    if (out_.second.size() == 0)
        written(socket_.write_some(out_.first, ignored));
    return out_.first.size() + out_.second.size() + out_.file.remaining() == 0;
}

// False when the client has gone, or is too slow.
Task<bool> Connection::write_rest()
{
    while (out_.first.size() + out_.second.size() > 0) {
        auto const buffers = std::array{out_.first, out_.second};
        auto const [error, count] = co_await socket_.async_write_some(buffers, as_result);
        if (error)
            co_return false;
        written(count);
    }
    while (out_.file.remaining() > 0) { // waits before each piece, so that one large file leaves room for everybody else
        auto const [error] = co_await socket_.async_wait(asio::socket_base::wait_write, as_result);
        auto const sent = error ? -1 : out_.file.send_some(socket_.native_handle());
        if (sent < 0)
            co_return false;
        moved(static_cast<std::size_t>(sent), surroundings_.options.write_timeout);
    }
    co_return true;
}

Task<> Connection::linger()
{
    boost::system::error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_send, ignored);
    enter(Phase::lingering, linger_time);
    buffer_.clear();
    for (std::size_t thrown_away = 0; thrown_away < most_lingered;) {
        auto const [error, count] = co_await socket_.async_read_some(buffer_.prepare(buffer_.capacity()), as_result);
        if (error)
            co_return;
        thrown_away += count;
    }
}

// From here on the connection is a WebSocket; what requests needed is given back first, since thousands of these stay open.
Task<> Connection::listen()
{
    surroundings_.counters.open_requests.fetch_sub(1, std::memory_order_relaxed);
    parser_.reset();
    buffer_.clear();
    buffer_.shrink_to_fit();
    static thread_local std::minstd_rand random{std::random_device{}()};
    std::uniform_int_distribution<std::int64_t> spread(
        std::chrono::milliseconds(least_listening).count(), std::chrono::milliseconds(most_listening).count());
    enter(Phase::listening, std::chrono::milliseconds(spread(random)));
    listener_ = std::make_shared<Listener>(std::move(socket_), exchange_->take().listening, surroundings_.listeners);
    co_await listener_->serve();
}

// What one large request or reply needed is not kept while the connection idles.
void Connection::shrink()
{
    if (buffer_.capacity() > usual_buffer && buffer_.size() <= usual_buffer) {
        buffer_.shrink_to_fit();
        buffer_.reserve(usual_buffer);
    }
    out_.joined.clear();
    if (out_.joined.capacity() > usual_buffer)
        out_.joined = std::string();
    out_.reply = {};
    out_.second = {};
    out_.file = {};
    parser_.reset();
}

} // namespace concentric::web
