#include "core/db_hearing.hpp"

#include <libpq-fe.h>
#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>

namespace concentric::db {
namespace {

constexpr int pause_milliseconds = 1000;
constexpr int forever = -1;

using Handle = std::unique_ptr<PGconn, void (*)(PGconn*)>;
using Notification = std::unique_ptr<PGnotify, void (*)(void*)>;

bool is_told(PGconn* handle, std::string const& statement)
{
    std::unique_ptr<PGresult, void (*)(PGresult*)> const result(PQexec(handle, statement.c_str()), PQclear);
    return PQresultStatus(result.get()) == PGRES_COMMAND_OK;
}

} // namespace

Hearing::Hearing(
    Address const& address, std::string channel, std::function<void(std::string_view)> hear, std::function<void()> missed)
    : location_(address.location), channel_(std::move(channel)), hear_(std::move(hear)), missed_(std::move(missed)),
      wake_(eventfd(0, EFD_CLOEXEC)), thread_([this] { keep_hearing(); })
{
}

Hearing::~Hearing()
{
    is_ending_ = true;
    eventfd_write(wake_, 1);
    thread_.join();
    close(wake_);
}

void Hearing::keep_hearing()
{
    while (!is_ending_) {
        hear_until_lost();
        if (!is_ending_)
            wait_for(-1, pause_milliseconds);
    }
}

// What was told before we listened may have been missed, so everybody looks once.
void Hearing::hear_until_lost()
{
    Handle const handle(PQconnectdb(location_.c_str()), PQfinish);
    if (PQstatus(handle.get()) != CONNECTION_OK || !is_told(handle.get(), "LISTEN " + channel_)) {
        spdlog::warn("cannot listen to the other servers: {}", PQerrorMessage(handle.get()));
        return;
    }
    missed_();
    while (!is_ending_ && PQstatus(handle.get()) == CONNECTION_OK) {
        if (!wait_for(PQsocket(handle.get()), forever) || !PQconsumeInput(handle.get()))
            continue;
        while (auto const told = Notification(PQnotifies(handle.get()), PQfreemem))
            hear_(told->extra);
    }
}

// True when the descriptor has something to read; false when time is over or it is to end.
bool Hearing::wait_for(int descriptor, int milliseconds) const
{
    std::array<pollfd, 2> waits{pollfd{wake_, POLLIN, 0}, pollfd{descriptor, POLLIN, 0}};
    return poll(waits.data(), waits.size(), milliseconds) > 0 && waits[1].revents != 0;
}

} // namespace concentric::db
