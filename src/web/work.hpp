#pragma once

#include "core/db.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

// What a request wants from the database, and the line in which it waits for a thread that does it.
namespace concentric::web {

// What one request wants from the database.
class Work {
public:
    virtual ~Work() = default;

    // Runs in the lane's transaction, or in a part of one. What it throws undoes this work alone. May be called again after a
    // failure.
    virtual void run(db::Connection& db) = 0;

    // Works with the same kin, when not null, may run together: then the first of them gets all. What it throws undoes all of them,
    // and each is run again alone.
    virtual void const* kin() const { return nullptr; }
    virtual void run_together(db::Connection&, std::span<Work* const>) { }

    // The end, called once: without an error, all that run() wrote is on the disk. Must not throw.
    virtual void end(std::exception_ptr error) = 0;

    std::chrono::steady_clock::time_point received = std::chrono::steady_clock::now();
};
using WorkPointer = std::unique_ptr<Work>;

// Whether that is what a work failed of.
bool is_fault(std::exception_ptr const& error, db::Fault wanted);

// Work that waits, up to a limit.
class WorkQueue {
public:
    explicit WorkQueue(std::size_t most) : most_(most) { }
    bool offer(WorkPointer& work); // false, and the work stays where it is: full or closed
    // The next works, at most `most` and at most an even share for each of `takers`; waits for the first one. None: closed and
    // empty.
    std::vector<WorkPointer> take(std::size_t most, std::size_t takers = 1);
    // What is there now, if anything.
    std::vector<WorkPointer> take_now(std::size_t most);
    void close();
    std::size_t size() const;

private:
    std::vector<WorkPointer> take_front(std::size_t most);
    std::size_t const most_;
    mutable std::mutex mutex_;
    std::condition_variable came_;
    std::deque<WorkPointer> works_;
    int sleeping_ = 0;
    bool is_closed_ = false;
};

} // namespace concentric::web
