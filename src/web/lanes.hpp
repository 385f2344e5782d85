#pragma once

#include "web/message.hpp"
#include "web/work.hpp"

#include <array>
#include <thread>

// Where the work of requests is done: threads with database connections, parted so that nobody who only looks waits for those who
// write, and so that many small writes share one trip to the disk.
namespace concentric::web {

// read: looks only. write: changes something. batch: small and frequent changes that share transactions. slow: takes long before it
// touches the database, such as hashing a password; its transaction begins at its first statement that is not a plain SELECT, and
// what it read before that may have changed meanwhile. quick: looks at a handful of rows by their keys; each statement sees what is
// there when it runs. look: looks, however long, and notes at its end that it did; nobody waits for it but who asked.
//
// A statement of read, quick or look that takes longer than `patience` ends as unavailable.
enum class Lane { read, write, batch, slow, quick, look };
inline constexpr std::size_t lane_count = 6;

struct LanesOptions {
    int read_workers = 2; // and as many for quick reads, on PostgreSQL, and for looks, on SQLite
    int write_workers = 8; // PostgreSQL only, and as many for looks: SQLite has one writer, and batches are its business too
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

class Lanes {
public:
    // Starts the threads; each opens its connection when it is first needed.
    Lanes(db::Address address, LanesOptions options);
    ~Lanes();

    // Never blocks. False when that lane's queue is full: then the work stays with the caller. SQLite answers a quick read in the
    // turn that it came in with, together with all others of that turn, since changing threads costs more than it.
    bool offer(Lane lane, WorkPointer& work, Turn* turn = nullptr);
    // Ends what is queued, then the threads. Later offers are refused.
    void stop();
    LaneFigures figures(Lane lane) const;

private:
    struct State;
    class Line;
    struct Group;
    struct TurnReads;
    State& state(Lane lane) const;
    void start(Lane lane, int workers, void (Lanes::*loop)(State&));
    void read_in(Turn& turn, WorkPointer work);
    void read_together(State& lane, Line& line, std::vector<WorkPointer> const& works);
    void read_shared(State& lane);
    void read_each(State& lane);
    void read_piped(State& lane);
    void write_each(State& lane);
    void write_late(State& lane);
    void write_groups(State& lane);
    std::exception_ptr try_group(State& lane, Line& line, Group& group);
    bool is_too_late(Work& work) const;
    void run_alone(State& lane, Line& line, Work& work, bool late);

    db::Address const address_;
    LanesOptions const options_;
    std::array<std::unique_ptr<State>, lane_count> states_;
    std::array<std::unique_ptr<TurnReads>, 64> turn_reads_; // each made and used by one I/O thread alone
    std::vector<std::thread> threads_;
};

} // namespace concentric::web
