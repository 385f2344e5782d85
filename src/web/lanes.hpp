#pragma once

#include "core/db.hpp"

#include <array>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

// Where the work of requests is done: threads with database connections, parted so that nobody who only looks waits for those who
// write, and so that many small writes share one trip to the disk.
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

// read: looks only. write: changes something. batch: small and frequent changes that share transactions. slow: takes long before it
// touches the database, such as hashing a password; its transaction begins at its first statement that is not a plain SELECT, and
// what it read before that may have changed meanwhile.
enum class Lane { read, write, batch, slow };
inline constexpr std::size_t lane_count = 4;

struct LanesOptions {
    int read_workers = 2;
    int write_workers = 8; // PostgreSQL only: SQLite has one writer, and batches are its business too
    int batch_workers = 2; // PostgreSQL only
    int slow_workers = 1;
    std::size_t read_queue = 4096;
    std::size_t write_queue = 4096;
    std::size_t slow_queue = 64;
    std::chrono::milliseconds patience{30'000}; // work that waited longer for its turn ends as unavailable
};

struct LaneFigures {
    std::size_t waiting = 0; // now
    std::uint64_t works = 0; // since the start
    std::uint64_t transactions = 0;
    std::uint64_t refused = 0; // the queue was full
    std::uint64_t faults = 0; // of the database, such as a lost connection
};

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

class Lanes {
public:
    // Starts the threads; each opens its connection when it is first needed.
    Lanes(db::Address address, LanesOptions options);
    ~Lanes();

    // Never blocks. False when that lane's queue is full: then the work stays with the caller.
    bool offer(Lane lane, WorkPointer& work);
    // Ends what is queued, then the threads. Later offers are refused.
    void stop();
    LaneFigures figures(Lane lane) const;

private:
    struct State;
    class Line;
    struct Group;
    State& state(Lane lane) const;
    void start(Lane lane, int workers, void (Lanes::*loop)(State&));
    void read_shared(State& lane);
    void read_each(State& lane);
    void write_each(State& lane);
    void write_late(State& lane);
    void write_groups(State& lane);
    std::exception_ptr try_group(State& lane, Line& line, Group& group);
    bool is_too_late(Work& work) const;
    void run_alone(State& lane, Line& line, Work& work, bool late);

    db::Address const address_;
    LanesOptions const options_;
    std::array<std::unique_ptr<State>, lane_count> states_;
    std::vector<std::thread> threads_;
};

} // namespace concentric::web
