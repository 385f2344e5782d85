#pragma once

#include "core/call.hpp"
#include "core/sealed.hpp"

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

// Work that goes on after the answer. A job is queued in the transaction that asks for it, survives a restart, is tried again after
// a failure that may pass, shows how far it is, and can be cancelled.
//
// Order: each county has two lanes, and in each of them one job runs at a time, what was due first before the rest. So nothing of
// one kind runs twice at a time, and what people wait for (a notice, a code by telephone) never stands behind an import or a
// rebuild.
namespace concentric {

enum class JobState { waiting, running, done, failed, cancelled };
BOOST_DESCRIBE_ENUM(JobState, waiting, running, done, failed, cancelled)

// Quick is what somebody waits for and what takes seconds at most; slow is all else.
enum class JobLane { slow, quick };

struct Job {
    JobId id;
    std::string kind;
    JobState state = JobState::waiting;
    std::int64_t done = 0;
    std::int64_t total = 0; // 0 while unknown
    std::optional<SealedJson> result;
    std::optional<std::string> error_zh, error_en;
    PersonId created_by;
    Instant created_at;
    std::optional<Instant> finished_at;
};
BOOST_DESCRIBE_STRUCT(Job, (), (id, kind, state, done, total, result, error_zh, error_en, created_by, created_at, finished_at))

// How far a running job is. Cheap to call often.
class Progress {
public:
    void set(std::int64_t done, std::int64_t total);
    void advance(std::int64_t by = 1) { done_ += by; }
    std::int64_t done() const { return done_; }
    std::int64_t total() const { return total_; }
    // Throws Cancelled when somebody asked for the end.
    void check() const;
    void cancel() { cancelled_ = true; }
    struct Cancelled { };

private:
    std::atomic<std::int64_t> done_ = 0, total_ = 0;
    std::atomic<bool> cancelled_ = false;
};

// Does the work. The call's connection is the job's own, outside any transaction; the viewer is who asked. Gives the result as
// JSON. An ApiError ends the job with its words; after any other exception it is tried again, three times in all, so it must be
// safe to repeat.
using JobHandler = std::function<std::string(Call&, std::string const& input, Progress&)>;

// Who a person is now, with which rights, for a job that they asked for; person 0 is the program itself.
using JobViewer = std::function<Viewer(Call&, PersonId)>;

// Since the start of this process.
struct JobFigures {
    std::size_t running = 0; // now
    std::uint64_t done = 0, failed = 0;
};

class Jobs {
public:
    Jobs(db::Address address, Blobs& blobs, Events const& events, Clock const& clock);
    ~Jobs();

    // Before start: which kinds of job there are.
    void handle(std::string kind, JobHandler handler, JobLane lane = JobLane::slow);
    // Before start: how the viewer of a job is found; without it every job is the_system()'s.
    void view_as(JobViewer viewer_of);
    // Runs due jobs on `workers` threads until stop(), and quick ones on a thread more, which long jobs of several counties cannot
    // take. A job that a dead server held is taken over when its hold ends.
    void start(int workers = 1);
    // Lets running jobs finish their present step; what is cut off runs again at the next start.
    void stop();
    // Runs everything that is due, here and now: for commands and tests.
    void run_all();

    // Queues a job in the call's transaction.
    JobId add(Call& call, std::string_view kind, std::string const& input);
    // The same for a job that is not to run before a moment.
    JobId add_at(Call& call, std::string_view kind, std::string const& input, Instant run_at);
    // The job with its newest progress, or nothing.
    std::optional<Job> find(Call& call, JobId id) const;
    // Does a job's work on two connections, each with a call of its own whose after_commit is done as well; ends when both have
    // ended, and throws what one of them threw. A database with one writer at a time would gain nothing: there it is done once,
    // with the call that is given.
    void side_by_side(Call& call, std::function<void(Call&)> const& work);
    // Asks a waiting or running job to end.
    void cancel(Call& call, JobId id);
    JobFigures figures() const;

private:
    struct Claimed;
    struct Outcome;
    enum class Takes { all, quick };
    bool run_one(db::Connection& db, Takes takes);
    std::optional<Claimed> claim(db::Connection& db, Takes takes);
    std::string quick_kinds() const;
    Outcome perform(db::Connection& db, Claimed const& job, Progress& progress);
    Outcome after_failure(Claimed const& job, char const* why) const;
    void finish(db::Connection& db, Claimed const& job, Progress const& progress, Outcome const& outcome);
    std::vector<std::int64_t> running_ids() const;
    void work(Takes takes);
    void beat();
    void beat_once(db::Connection& db);
    bool pause(std::chrono::milliseconds longest, std::uint64_t& heard);
    void wake();

    db::Address address_;
    Blobs& blobs_;
    Events const& events_;
    Clock const& clock_;
    struct Handling {
        JobHandler handler;
        JobLane lane;
    };
    std::map<std::string, Handling, std::less<>> handlers_;
    JobViewer viewer_of_;
    mutable std::mutex mutex_;
    std::condition_variable due_, beat_due_;
    std::atomic<std::uint64_t> done_{0}, failed_{0};
    bool stopping_ = false;
    std::uint64_t wakings_ = 0; // each thread hears of each
    std::map<std::int64_t, std::shared_ptr<Progress>> running_;
    std::vector<std::thread> threads_;
};

} // namespace concentric
