#include "web/lanes.hpp"

#include "web/late_transaction.hpp"
#include "web/piped_reads.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <random>

namespace concentric::web {
namespace {

constexpr std::size_t most_reads_together = 16;
constexpr std::size_t most_piped = 64;
constexpr std::size_t most_in_group = 256;
constexpr std::chrono::milliseconds longest_group{5};
constexpr int most_attempts = 5;

bool is_busy(std::exception_ptr const& error) { return is_fault(error, db::Fault::busy); }
bool is_lost(std::exception_ptr const& error) { return is_fault(error, db::Fault::lost); }

// Two that stood in each other's way must not meet again at once.
void wait_a_little(int attempt)
{
    static thread_local std::minstd_rand random(std::random_device{}());
    std::this_thread::sleep_for(std::chrono::microseconds(std::uniform_int_distribution(500, 4000 << attempt)(random)));
}

// A work of a group and how it went.
struct Done {
    WorkPointer work;
    std::exception_ptr error;
};

} // namespace

struct Lanes::Group {
    std::vector<Done> works;
    bool is_committing = false;

    void add(std::vector<WorkPointer> more)
    {
        for (auto& work : more)
            works.push_back({std::move(work), nullptr});
    }
};

struct Lanes::State {
    State(std::size_t most, db::Access may) : queue(most), access(may) { }
    WorkQueue queue;
    db::Access const access;
    std::size_t workers = 1;
    std::atomic<std::uint64_t> works{0}, transactions{0}, refused{0}, faults{0};
};

// A connection that is opened when it is needed, and anew when it was lost.
class Lanes::Line {
public:
    Line(db::Address const& address, db::Access access, bool small = false)
        : address_(address), access_(access), is_small_(small && address.dialect == db::Dialect::postgresql)
    {
    }

    db::Connection& get()
    {
        if (!db_ || db_->is_lost())
            open();
        return *db_;
    }
    std::chrono::steady_clock::duration last_commit{}; // how long it took
    std::chrono::milliseconds longest{}; // of one statement; zero: it takes what it takes

private:
    void open()
    {
        db_ = db::open(address_, access_);
        if (is_small_)
            db_->script(std::string(db::keep_plans));
        if (longest.count() > 0)
            db_->limit_statements(longest);
    }

    db::Address const& address_;
    db::Access const access_;
    bool const is_small_; // only statements that find rows by their keys
    std::unique_ptr<db::Connection> db_;
};

struct Lanes::TurnReads {
    TurnReads(db::Address const& address, std::chrono::milliseconds longest) : line(address, db::Access::read_only)
    {
        line.longest = longest;
    }
    Line line;
    std::vector<WorkPointer> works;
};

Lanes::Lanes(db::Address address, LanesOptions options) : address_(std::move(address)), options_(options)
{
    states_[static_cast<std::size_t>(Lane::read)] = std::make_unique<State>(options_.read_queue, db::Access::read_only);
    states_[static_cast<std::size_t>(Lane::quick)] = std::make_unique<State>(options_.read_queue, db::Access::read_only);
    states_[static_cast<std::size_t>(Lane::write)] = std::make_unique<State>(options_.write_queue, db::Access::read_write);
    states_[static_cast<std::size_t>(Lane::batch)] = std::make_unique<State>(options_.write_queue, db::Access::read_write);
    states_[static_cast<std::size_t>(Lane::slow)] = std::make_unique<State>(options_.slow_queue, db::Access::read_write);
    states_[static_cast<std::size_t>(Lane::look)] = std::make_unique<State>(options_.read_queue, db::Access::read_write);
    bool const sqlite = address_.dialect == db::Dialect::sqlite;
    start(Lane::read, options_.read_workers, sqlite ? &Lanes::read_shared : &Lanes::read_each);
    start(Lane::quick, sqlite ? 0 : options_.read_workers, &Lanes::read_piped);
    start(Lane::write, sqlite ? 1 : options_.write_workers, sqlite ? &Lanes::write_groups : &Lanes::write_each);
    start(Lane::batch, sqlite ? 0 : options_.batch_workers, &Lanes::write_groups);
    start(Lane::slow, options_.slow_workers, &Lanes::write_late);
    start(Lane::look, sqlite ? options_.read_workers : options_.write_workers, &Lanes::write_late);
}

Lanes::~Lanes() { stop(); }

void Lanes::start(Lane lane, int workers, void (Lanes::*loop)(State&))
{
    auto& its = *states_[static_cast<std::size_t>(lane)];
    its.workers = static_cast<std::size_t>(std::max(workers, 1));
    for (int i = 0; i < workers; ++i)
        threads_.emplace_back([this, loop, &its] { (this->*loop)(its); });
}

// SQLite has one writer, who gathers batches as it gathers everything, and a quick read that came in no turn is like any other.
Lanes::State& Lanes::state(Lane lane) const
{
    if (address_.dialect == db::Dialect::sqlite && lane == Lane::batch)
        lane = Lane::write;
    if (address_.dialect == db::Dialect::sqlite && lane == Lane::quick)
        lane = Lane::read;
    return *states_[static_cast<std::size_t>(lane)];
}

bool Lanes::offer(Lane lane, WorkPointer& work, Turn* turn)
{
    if (turn && lane == Lane::quick && address_.dialect == db::Dialect::sqlite && turn->number() < turn_reads_.size()) {
        read_in(*turn, std::move(work));
        return true;
    }
    auto& its = state(lane);
    bool const taken = its.queue.offer(work);
    its.refused += !taken;
    return taken;
}

void Lanes::stop()
{
    for (auto const& each : states_)
        each->queue.close();
    for (auto& thread : threads_)
        thread.join();
    threads_.clear();
}

LaneFigures Lanes::figures(Lane lane) const
{
    auto const& its = *states_[static_cast<std::size_t>(lane)];
    return {its.queue.size(), its.works, its.transactions, its.refused, its.faults};
}

// Whoever asked has gone by now, or will not wait for the answer.
bool Lanes::is_too_late(Work& work) const
{
    if (std::chrono::steady_clock::now() - work.received < options_.patience)
        return false;
    ApiError late(
        ErrorKind::unavailable, {"服务器正忙，请稍后再试。", "The server is busy; please try again shortly."}, "waited too long");
    late.retry_after_seconds = 1;
    work.end(std::make_exception_ptr(late));
    return true;
}

// Several reads share one snapshot, which spares most of what a SQLite transaction costs. It is taken after the works were, so that
// whatever was answered before a request was sent is seen by it.
void Lanes::read_together(State& lane, Line& line, std::vector<WorkPointer> const& works)
{
    std::optional<db::Transaction> snapshot;
    ++lane.transactions;
    for (auto const& work : works) {
        if (is_too_late(*work))
            continue;
        ++lane.works;
        try {
            if (!snapshot)
                snapshot.emplace(line.get(), true);
            work->run(line.get());
        } catch (...) {
            work->end(std::current_exception());
            continue;
        }
        work->end(nullptr);
    }
}

void Lanes::read_shared(State& lane)
{
    Line line(address_, lane.access);
    line.longest = options_.patience;
    for (auto works = lane.queue.take(most_reads_together, lane.workers); !works.empty();
         works = lane.queue.take(most_reads_together, lane.workers))
        read_together(lane, line, works);
}

void Lanes::read_in(Turn& turn, WorkPointer work)
{
    auto& reads = turn_reads_[turn.number()];
    if (!reads)
        reads = std::make_unique<TurnReads>(address_, options_.patience);
    reads->works.push_back(std::move(work));
    if (reads->works.size() == 1)
        turn.at_end([this, &its = *reads] { read_together(state(Lane::read), its.line, std::exchange(its.works, {})); });
}

void Lanes::read_each(State& lane)
{
    Line line(address_, lane.access);
    line.longest = options_.patience;
    for (auto works = lane.queue.take(1); !works.empty(); works = lane.queue.take(1)) {
        std::exception_ptr error;
        for (int attempt = 0; attempt < 2; ++attempt) {
            error = nullptr;
            try {
                works.front()->run(line.get());
            } catch (...) {
                error = std::current_exception();
            }
            if (!is_lost(error)) // a connection that broke while nobody looked is worth one more try
                break;
            ++lane.faults;
        }
        ++lane.works;
        works.front()->end(error);
    }
}

void Lanes::read_piped(State& lane)
{
    PipedReads reads(address_);
    for (auto works = lane.queue.take(most_piped, lane.workers); !works.empty();
         works = lane.queue.take(most_piped, lane.workers)) {
        std::erase_if(works, [this](WorkPointer const& work) { return is_too_late(*work); });
        ++lane.transactions;
        lane.works += works.size();
        lane.faults += reads.run(works);
    }
}

void Lanes::write_each(State& lane)
{
    Line line(address_, lane.access);
    for (auto works = lane.queue.take(1); !works.empty(); works = lane.queue.take(1))
        run_alone(lane, line, *works.front(), false);
}

void Lanes::write_late(State& lane)
{
    Line line(address_, lane.access);
    if (&lane == &state(Lane::look))
        line.longest = options_.patience;
    for (auto works = lane.queue.take(1); !works.empty(); works = lane.queue.take(1))
        run_alone(lane, line, *works.front(), true);
}

void Lanes::run_alone(State& lane, Line& line, Work& work, bool late)
{
    if (is_too_late(work))
        return;
    std::exception_ptr error;
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
        error = nullptr;
        bool is_committing = false;
        ++lane.transactions;
        try {
            auto& db = line.get();
            if (late) {
                LateTransaction transaction(db);
                work.run(transaction);
                is_committing = true;
                transaction.finish();
            } else {
                db::Transaction transaction(db);
                work.run(db);
                is_committing = true;
                transaction.commit();
            }
        } catch (...) {
            error = std::current_exception();
        }
        // After a connection that broke during the commit nobody knows whether it took place; only the client may decide to ask
        // again.
        bool const may_retry = is_busy(error) || (is_lost(error) && !is_committing && attempt == 0);
        lane.faults += is_busy(error) || is_lost(error);
        if (!may_retry)
            break;
        wait_a_little(attempt);
    }
    ++lane.works;
    work.end(error);
}

// Runs kindred works together when that goes well, else one after the other, each undone alone when it fails.
static void run_part(db::Connection& db, std::span<Done> part)
{
    if (part.size() > 1) {
        std::vector<Work*> works;
        for (auto const& done : part)
            works.push_back(done.work.get());
        try {
            db::Savepoint savepoint(db);
            works.front()->run_together(db, works);
            savepoint.release();
            return;
        } catch (...) {
            if (is_lost(std::current_exception()))
                throw;
        }
    }
    for (auto& done : part) {
        try {
            db::Savepoint savepoint(db);
            done.work->run(db);
            savepoint.release();
        } catch (...) {
            done.error = std::current_exception();
            if (is_lost(done.error) || is_busy(done.error)) // the whole transaction is gone, or cannot be finished
                throw;
        }
    }
}

static void run_parts(db::Connection& db, std::span<Done> group)
{
    while (!group.empty()) {
        auto const* kin = group.front().work->kin();
        auto const other
            = std::find_if(group.begin() + 1, group.end(), [&](Done const& each) { return !kin || each.work->kin() != kin; });
        auto const size = static_cast<std::size_t>(other - group.begin());
        run_part(db, group.first(size));
        group = group.subspan(size);
    }
}

// Everything that waits goes into one transaction; while it reaches the disk the next group gathers by itself.
void Lanes::write_groups(State& lane)
{
    Line line(address_, lane.access, true);
    for (auto taken = lane.queue.take(most_in_group); !taken.empty(); taken = lane.queue.take(most_in_group)) {
        Group group;
        group.add(std::move(taken));
        std::exception_ptr failed;
        for (int attempt = 0; attempt < most_attempts; ++attempt) {
            std::erase_if(group.works, [this](Done const& done) { return is_too_late(*done.work); });
            failed = try_group(lane, line, group);
            if (!is_busy(failed) && (!is_lost(failed) || group.is_committing || attempt > 0))
                break;
            wait_a_little(attempt);
        }
        lane.works += group.works.size();
        for (auto const& done : group.works)
            done.work->end(failed && !done.error ? failed : done.error);
    }
}

// Why the whole group failed, or nothing. SQLite has one writer: what comes while it runs joins it, up to a number and for as long
// as the disk took the last time. Whoever waits longer than that for others keeps them all waiting together, and the next group
// finds nobody. On PostgreSQL several groups run beside each other, and each must take all its locks in one go, in one order, or
// they wait for each other in a circle.
std::exception_ptr Lanes::try_group(State& lane, Line& line, Group& group)
{
    using Clock = std::chrono::steady_clock;
    auto const until = Clock::now() + std::min<Clock::duration>(longest_group, line.last_commit);
    bool const may_join = address_.dialect == db::Dialect::sqlite;
    group.is_committing = false;
    for (auto& done : group.works)
        done.error = nullptr;
    ++lane.transactions;
    try {
        db::Transaction transaction(line.get());
        for (std::size_t from = 0; from < group.works.size();) {
            run_parts(line.get(), std::span(group.works).subspan(from));
            from = group.works.size();
            if (may_join && from < most_in_group && Clock::now() < until)
                group.add(lane.queue.take_now(most_in_group - from));
        }
        group.is_committing = true;
        auto const from = Clock::now();
        transaction.commit();
        line.last_commit = Clock::now() - from;
    } catch (...) {
        ++lane.faults;
        return std::current_exception();
    }
    return nullptr;
}

} // namespace concentric::web
