#include "web/exchange.hpp"

#include <atomic>
#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

namespace asio = boost::asio;

namespace concentric::web {

static thread_local Exchange const* handing_over = nullptr;
static thread_local Mailbox const* mailbox_of_thread = nullptr;

namespace {

// The right to answer one request once. When the last copy of an Answer is dropped unused, the request ends with a 500.
class Ticket {
public:
    explicit Ticket(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) { }
    Ticket(Ticket const&) = delete;
    Ticket& operator=(Ticket const&) = delete;
    ~Ticket()
    {
        if (!used_)
            redeem(edge_problem(500));
    }

    void redeem(Reply&& reply)
    {
        if (used_.exchange(true))
            return;
        Exchange::deliver(exchange_, std::move(reply));
    }

private:
    std::shared_ptr<Exchange> exchange_;
    std::atomic<bool> used_ = false;
};

} // namespace

void Exchange::hand_over(std::shared_ptr<Exchange> const& exchange, Handler const& handler, Request&& request)
{
    exchange->is_answered_ = false;
    handing_over = exchange.get();
    try {
        handler(
            std::move(request), [ticket = std::make_shared<Ticket>(exchange)](Reply&& reply) { ticket->redeem(std::move(reply)); });
    } catch (std::exception const& error) {
        spdlog::error("a request handler threw: {}", error.what());
    }
    handing_over = nullptr;
}

void Exchange::deliver(std::shared_ptr<Exchange> const& exchange, Reply&& reply)
{
    // Within the handler of another request its connection's coroutine is on the stack: that one comes to its end first.
    bool const may_resume = !handing_over && exchange->mailbox_->is_home();
    if (may_resume || handing_over == exchange.get())
        exchange->accept(std::move(reply));
    else
        exchange->mailbox_->post(exchange, std::move(reply));
}

void Exchange::accept(Reply&& reply)
{
    if (is_answered_)
        return;
    is_answered_ = true;
    reply_ = std::move(reply);
    if (!resume_)
        return;
    auto resume = std::move(*resume_);
    resume_.reset();
    resume();
}

Task<> Exchange::answered()
{
    auto keep_resume = [this](Resume&& resume) { resume_.emplace(std::move(resume)); };
    auto const token = Awaitable();
    auto waiting = asio::async_initiate<Awaitable const, void()>(std::move(keep_resume), token);
    co_await std::move(waiting);
}

void Mailbox::settle() { mailbox_of_thread = this; }
bool Mailbox::is_home() const { return mailbox_of_thread == this; }

void Mailbox::post(std::shared_ptr<Exchange> exchange, Reply&& reply)
{
    auto const lock = std::lock_guard(mutex_);
    if (!io_)
        return;
    letters_.push_back({std::move(exchange), std::move(reply)});
    if (letters_.size() == 1)
        asio::post(*io_, [this] { hand_out(); });
}

void Mailbox::hand_out()
{
    std::vector<Letter> letters;
    {
        auto const lock = std::lock_guard(mutex_);
        letters.swap(letters_);
    }
    for (auto& letter : letters)
        letter.exchange->accept(std::move(letter.reply));
}

void Mailbox::close()
{
    std::vector<Letter> dropped;
    auto const lock = std::lock_guard(mutex_);
    io_ = nullptr;
    dropped.swap(letters_);
}

} // namespace concentric::web
