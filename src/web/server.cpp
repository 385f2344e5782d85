#include "web/server.hpp"

#include "web/connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <charconv>
#include <csignal>
#include <fmt/format.h>
#include <list>
#include <random>
#include <shared_mutex>
#include <spdlog/spdlog.h>
#include <stdexcept>
#include <thread>

namespace asio = boost::asio;
using asio::ip::tcp;

namespace concentric::web {

using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
static constexpr auto as_result = asio::as_tuple_t<Awaitable>();
static constexpr auto pause_without_descriptors = std::chrono::milliseconds(100);

namespace {

// One I/O thread with a listener of its own: the kernel spreads new connections over them, and nothing is shared but counters.
class Loop final : private Turn {
public:
    Loop(std::size_t number, ServerOptions const& options, Handler const& handler, Counters& counters);
    ~Loop() override;

    void listen(tcp::endpoint const& endpoint);
    tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
    void start();
    void drain(); // from any thread
    void join();
    template <class Tell> void with_listeners(Tell tell) // from any thread; `tell` is called on this one with the Listeners
    {
        asio::post(io_, [this, tell] { tell(surroundings_.listeners); });
    }

private:
    Task<> accept_all();
    void admit(Socket socket);
    void turn_away(Socket& socket);
    Task<> run(std::list<Connection>::iterator connection);
    Task<> sweep();
    std::chrono::milliseconds sweep_interval() const;
    void begin_drain();
    void at_end(std::function<void()> last) override { asio::post(io_, std::move(last)); } // comes after what is already waiting
    std::size_t number() const override { return number_; }

    std::size_t const number_;
    asio::io_context io_{1};
    Acceptor acceptor_{io_};
    Timer timer_{io_};
    Surroundings surroundings_;
    std::list<Connection> connections_;
    SteadyTime drain_until_ = SteadyTime::max();
    std::thread thread_;
};

std::string random_prefix()
{
    std::random_device source;
    return fmt::format("{:08x}{:04x}", source(), source() & 0xffffU);
}

Loop::Loop(std::size_t number, ServerOptions const& options, Handler const& handler, Counters& counters)
    : number_(number), surroundings_{options, handler, counters, std::make_shared<Mailbox>(io_), *this, random_prefix()}
{
}

Loop::~Loop() { surroundings_.mailbox->close(); }

void Loop::listen(tcp::endpoint const& endpoint)
{
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(Acceptor::reuse_address(true));
    acceptor_.set_option(ReusePort(true));
    acceptor_.bind(endpoint);
    acceptor_.listen(4096);
}

void Loop::start()
{
    asio::co_spawn(io_, accept_all(), asio::detached);
    asio::co_spawn(io_, sweep(), asio::detached);
    thread_ = std::thread([this] {
        surroundings_.mailbox->settle();
        io_.run();
    });
}

void Loop::drain()
{
    asio::post(io_, [this] { begin_drain(); });
}

void Loop::join()
{
    if (thread_.joinable())
        thread_.join();
}

Task<> Loop::accept_all()
{
    while (!surroundings_.is_draining) {
        auto [error, socket] = co_await acceptor_.async_accept(as_result);
        if (!error) {
            admit(std::move(socket));
        } else if (!surroundings_.is_draining) {
            Timer pause(io_, pause_without_descriptors);
            co_await pause.async_wait(as_result);
        }
    }
}

void Loop::admit(Socket socket)
{
    boost::system::error_code error;
    auto const peer = socket.remote_endpoint(error);
    socket.non_blocking(true, error);
    socket.set_option(tcp::no_delay(true), error);
    if (error)
        return;
    auto& counters = surroundings_.counters;
    counters.accepted.fetch_add(1, std::memory_order_relaxed);
    if (counters.open_connections.fetch_add(1, std::memory_order_relaxed) >= surroundings_.options.max_connections) {
        turn_away(socket);
        return;
    }
    connections_.emplace_back(surroundings_, std::move(socket), peer.address().to_string());
    asio::co_spawn(io_, run(std::prev(connections_.end())), asio::detached);
}

// Without waiting for anything: a crowd must not cost more than a short write each.
void Loop::turn_away(Socket& socket)
{
    surroundings_.counters.open_connections.fetch_sub(1, std::memory_order_relaxed);
    surroundings_.counters.turned_away.fetch_add(1, std::memory_order_relaxed);
    std::string out;
    auto const reply = edge_problem(503);
    append_head(out, reply, reply.body.size(), Persistence::close, surroundings_.date.now(), surroundings_.id_prefix);
    out += reply.body;
    std::array<char, 4096> unread{};
    boost::system::error_code ignored;
    socket.write_some(asio::buffer(out), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
    socket.read_some(asio::buffer(unread), ignored); // unread bytes would turn the close into a reset
}

Task<> Loop::run(std::list<Connection>::iterator connection)
{
    try {
        co_await connection->serve();
    } catch (std::exception const& error) {
        spdlog::error("a connection ended by an exception: {}", error.what());
    }
    connections_.erase(connection);
    surroundings_.counters.open_connections.fetch_sub(1, std::memory_order_relaxed);
    if (surroundings_.is_draining && connections_.empty())
        timer_.cancel();
}

// One timer for all connections of the thread; a time-out may come late by one interval.
Task<> Loop::sweep()
{
    while (!surroundings_.is_draining || !connections_.empty()) {
        timer_.expires_after(sweep_interval());
        co_await timer_.async_wait(as_result);
        auto const now = std::chrono::steady_clock::now();
        for (auto& connection : connections_) {
            if (now >= drain_until_)
                connection.abort();
            else
                connection.check_time(now);
        }
    }
}

std::chrono::milliseconds Loop::sweep_interval() const
{
    using std::chrono::milliseconds;
    auto const& options = surroundings_.options;
    auto const shortest = std::min({options.header_timeout, options.body_idle_timeout, options.idle_timeout, options.write_timeout,
        options.answer_timeout, options.drain_timeout});
    return std::clamp<milliseconds>(shortest / 8, milliseconds(5), milliseconds(1000));
}

void Loop::begin_drain()
{
    boost::system::error_code ignored;
    surroundings_.is_draining = true;
    drain_until_ = std::chrono::steady_clock::now() + surroundings_.options.drain_timeout;
    acceptor_.close(ignored);
    for (auto& connection : connections_)
        connection.drain();
    if (connections_.empty())
        timer_.cancel();
}

tcp::endpoint endpoint_of(std::string const& listen)
{
    auto const colon = listen.rfind(':');
    if (colon == std::string::npos)
        throw std::runtime_error("address:port");
    auto host = listen.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    unsigned short port = 0;
    auto const* const end = listen.data() + listen.size();
    auto const [stop, error] = std::from_chars(listen.data() + colon + 1, end, port);
    if (error != std::errc() || stop != end)
        throw std::runtime_error("address:port");
    return {host.empty() ? asio::ip::address(asio::ip::address_v4::any()) : asio::ip::make_address(host), port};
}

// Listeners that share a port by SO_REUSEPORT would also share it with another server of the same user, in silence.
void ensure_free(tcp::endpoint const& endpoint)
{
    asio::io_context io;
    Acceptor probe(io, endpoint.protocol());
    probe.set_option(Acceptor::reuse_address(true));
    probe.bind(endpoint);
}

} // namespace

struct Server::Core {
    ServerOptions options;
    Handler handler;
    Counters counters;
    std::list<Loop> loops;
    std::string address;
    std::shared_mutex loops_change; // held shared by those who tell listeners

    void listen();
    template <class Tell> void with_listeners(Tell tell)
    {
        auto const lock = std::shared_lock(loops_change);
        for (auto& loop : loops)
            loop.with_listeners(tell);
    }
};

void Server::Core::listen()
{
    auto const lock = std::unique_lock(loops_change);
    auto endpoint = endpoint_of(options.listen);
    ensure_free(endpoint);
    for (std::size_t number = 0; number < static_cast<std::size_t>(std::max(1, options.io_threads)); ++number) {
        loops.emplace_back(number, options, handler, counters).listen(endpoint);
        endpoint = loops.front().endpoint();
    }
    auto const host = endpoint.address().to_string();
    address = (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

Server::Server(ServerOptions options, Handler handler) : core_(new Core{std::move(options), std::move(handler), {}, {}, {}, {}}) { }

Server::~Server() { stop(); }

static std::string reason_in(std::exception const& error)
{
    auto const* const system = dynamic_cast<boost::system::system_error const*>(&error);
    return system ? system->code().message() : error.what();
}

void Server::start()
{
    std::signal(SIGPIPE, SIG_IGN); // sendfile to a client that has gone would end the process
    try {
        core_->listen();
    } catch (std::exception const& error) {
        core_->loops.clear();
        throw std::runtime_error(fmt::format("无法监听 {0} · cannot listen on {0}: {1}", core_->options.listen, reason_in(error)));
    }
    for (auto& loop : core_->loops)
        loop.start();
}

std::string Server::address() const { return core_->address; }

void Server::stop()
{
    for (auto& loop : core_->loops)
        loop.drain();
    for (auto& loop : core_->loops)
        loop.join();
    auto const lock = std::unique_lock(core_->loops_change);
    core_->loops.clear();
}

void Server::tell(std::int64_t county, std::string topic, std::vector<std::int64_t> people)
{
    auto const shared = std::make_shared<std::vector<std::int64_t> const>(std::move(people));
    core_->with_listeners(
        [county, topic = std::move(topic), shared](Listeners& listeners) { listeners.tell(county, topic, *shared); });
}

void Server::tell_all(std::string topic)
{
    core_->with_listeners([topic = std::move(topic)](Listeners& listeners) { listeners.tell_all(topic); });
}

ServerFigures Server::figures() const
{
    auto const& counters = core_->counters;
    return {counters.open_connections, counters.open_requests, counters.accepted, counters.turned_away, counters.requests,
        counters.refused, counters.late_answers, counters.listeners};
}

} // namespace concentric::web
