#pragma once

#include "core/db.hpp"

#include <atomic>
#include <thread>

// Hears what any server told on a channel of PostgreSQL, after the transaction that told it was committed.
namespace concentric::db {

class Hearing {
public:
    // Both are called on a thread of its own: `hear` with each message, `missed` when some may have been lost because the
    // connection was gone for a while. Neither may throw. A database that cannot be reached is tried again every second.
    Hearing(Address const& address, std::string channel, std::function<void(std::string_view)> hear, std::function<void()> missed);
    ~Hearing();

private:
    void keep_hearing();
    void hear_until_lost();
    bool wait_for(int descriptor, int milliseconds) const;

    std::string const location_;
    std::string const channel_;
    std::function<void(std::string_view)> const hear_;
    std::function<void()> const missed_;
    std::atomic<bool> is_ending_ = false;
    int const wake_;
    std::thread thread_;
};

} // namespace concentric::db
