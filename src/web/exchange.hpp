#pragma once

#include "web/message.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <mutex>
#include <optional>

// How an answer made on any thread finds its way back to the connection that waits for it.
// Only for the edge itself: it includes Asio.
namespace concentric::web {

using Executor = boost::asio::io_context::executor_type;
using Awaitable = boost::asio::use_awaitable_t<Executor>;
template <class T = void> using Task = boost::asio::awaitable<T, Executor>;

class Mailbox;

// One connection's open request. Touched only on its I/O thread, but for the mailbox; outlives the connection
// while somebody still holds the Answer.
class Exchange {
public:
    explicit Exchange(std::shared_ptr<Mailbox> mailbox) : mailbox_(std::move(mailbox)) { }

    // Calls the handler; an answer that it gives at once, on this thread, takes no detour through the mailbox.
    static void hand_over(std::shared_ptr<Exchange> const& exchange, Handler const& handler, Request&& request);

    bool is_answered() const { return is_answered_; }

    // Whether the reply makes this connection a WebSocket.
    bool is_listening() const { return is_answered_ && reply_.listening; }

    // Waits for the reply; only while there is none.
    Task<> answered();

    Reply take() { return std::move(reply_); }

    // Brings a reply from any thread; only the first one for a request counts.
    static void deliver(std::shared_ptr<Exchange> const& exchange, Reply&& reply);

private:
    friend class Mailbox;
    using Resume = boost::asio::async_result<Awaitable, void()>::handler_type;

    void accept(Reply&& reply);

    std::shared_ptr<Mailbox> mailbox_;
    Reply reply_;
    bool is_answered_ = false;
    std::optional<Resume> resume_;
};

// Answers on their way to one I/O thread. Many that come together (a group commit) wake it only once.
class Mailbox {
public:
    explicit Mailbox(boost::asio::io_context& io) : io_(&io) { }

    // Called by the I/O thread itself before it begins: answers that are made there need no detour.
    void settle();
    bool is_home() const; // whether the calling thread is that one

    void post(std::shared_ptr<Exchange> exchange, Reply&& reply);

    // From here on answers are dropped; call it before the io_context goes.
    void close();

private:
    struct Letter {
        std::shared_ptr<Exchange> exchange;
        Reply reply;
    };

    void hand_out();

    std::mutex mutex_;
    boost::asio::io_context* io_;
    std::vector<Letter> letters_;
};

} // namespace concentric::web
