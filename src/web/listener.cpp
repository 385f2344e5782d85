#include "web/listener.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
namespace http = boost::beast::http;

namespace concentric::web {

static constexpr auto as_result = asio::as_tuple_t<Awaitable>();
static constexpr std::size_t most_of_a_person = 16;
static constexpr auto handshake_time = std::chrono::seconds(10);
static constexpr auto idle_time
    = std::chrono::seconds(80); // asked after half of it: proxies and mobile networks forget after a minute

Listener::Listener(Socket socket, std::shared_ptr<Listening> listening, Listeners& listeners)
    : stream_(std::move(socket)), listening_(std::move(listening)), listeners_(listeners)
{
    stream_.set_option(websocket::stream_base::timeout{handshake_time, idle_time, true});
    stream_.auto_fragment(false);
    stream_.text(true);
    stream_.read_message_max(buffer_.max_size());
}

Task<> Listener::serve()
{
    auto const self = shared_from_this(); // what was begun may end after the connection
    if (!co_await shake_hands())
        co_return;
    is_open_ = true;
    listeners_.add(*this, listening_->county, listening_->person);
    co_await hear();
    is_open_ = false;
    listeners_.remove(*this, listening_->county, listening_->person);
}

Task<bool> Listener::shake_hands()
{
    http::request<http::empty_body> request{http::verb::get, listening_->request.target, 11};
    for (auto const& [name, value] : listening_->request.headers)
        request.set(name, value);
    listening_->request = {};
    auto const [error] = co_await stream_.async_accept(request, as_result);
    co_return !error;
}

// Our clients have nothing to say here; whoever talks is cut off.
Task<> Listener::hear()
{
    auto const [error, count] = co_await stream_.async_read(buffer_, as_result);
    if (!error && std::exchange(is_open_, false))
        co_await stream_.async_close(websocket::close_code::policy_error, as_result);
}

void Listener::tell(std::string_view topic)
{
    if (!is_open_ || std::ranges::find(pending_, topic) != pending_.end())
        return;
    pending_.emplace_back(topic);
    if (sending_.empty())
        send_next();
}

void Listener::send_next()
{
    sending_ = fmt::format(R"({{"new":["{}"]}})", fmt::join(pending_, "\",\""));
    pending_ = {};
    stream_.async_write(asio::buffer(sending_), [self = shared_from_this()](boost::system::error_code error, std::size_t) {
        self->sending_ = {};
        if (!error && self->is_open_ && !self->pending_.empty())
            self->send_next();
    });
}

void Listener::end(websocket::close_code why)
{
    if (std::exchange(is_open_, false))
        stream_.async_close(why, [self = shared_from_this()](boost::system::error_code) {});
}

void Listener::abort()
{
    boost::system::error_code ignored;
    is_open_ = false;
    stream_.next_layer().close(ignored);
}

void Listeners::add(Listener& listener, std::int64_t county, std::int64_t person)
{
    auto& theirs = by_person_[{county, person}];
    if (theirs.size() >= most_of_a_person)
        theirs.front()->end(websocket::close_code::try_again_later);
    theirs.push_back(&listener);
    count_.fetch_add(1, std::memory_order_relaxed);
}

void Listeners::remove(Listener const& listener, std::int64_t county, std::int64_t person)
{
    auto const theirs = by_person_.find({county, person});
    count_.fetch_sub(std::erase(theirs->second, &listener), std::memory_order_relaxed);
    if (theirs->second.empty())
        by_person_.erase(theirs);
}

void Listeners::tell(std::int64_t county, std::string_view topic, std::vector<std::int64_t> const& people)
{
    for (auto const person : people)
        if (auto const theirs = by_person_.find({county, person}); theirs != by_person_.end())
            for (auto* const each : theirs->second)
                each->tell(topic);
}

void Listeners::tell_all(std::string_view topic)
{
    for (auto const& [key, theirs] : by_person_)
        for (auto* const each : theirs)
            each->tell(topic);
}

} // namespace concentric::web
