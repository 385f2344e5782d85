#include "core/jobs.hpp"

#include "core/blobs.hpp"

#include <spdlog/spdlog.h>

#include <future>
#include <utility>

namespace concentric {
namespace {

constexpr std::int64_t most_attempts = 3;
constexpr std::int64_t hold_milliseconds = 60'000;
constexpr std::int64_t first_wait_milliseconds = 5'000; // four times as long after each further failure
constexpr std::chrono::milliseconds poll_interval{1000}; // for what other servers queued, and for what is tried again
constexpr std::chrono::milliseconds beat_interval{1000};
constexpr std::int64_t claim_key = 0x6A6F6273; // "jobs": servers claim one after the other

} // namespace

struct Jobs::Claimed {
    std::int64_t county = 0;
    JobId id;
    std::string kind;
    SealedText input;
    std::int64_t attempts = 0;
    PersonId created_by;
    BOOST_DESCRIBE_CLASS(Claimed, (), (county, id, kind, input, attempts, created_by), (), ())
};

struct Jobs::Outcome {
    JobState state = JobState::done;
    std::optional<SealedText> result;
    std::optional<Words> error;
    Instant run_at; // of the next attempt, when `state` is waiting
    bool was_kept_out = false; // by somebody else's transaction: the attempt does not count
};

void Progress::set(std::int64_t done, std::int64_t total)
{
    done_ = done;
    total_ = total;
}

void Progress::check() const
{
    if (cancelled_)
        throw Cancelled{};
}

Jobs::Jobs(db::Address address, Blobs& blobs, Events const& events, Clock const& clock)
    : address_(std::move(address)), blobs_(blobs), events_(events), clock_(clock),
      viewer_of_([](Call&, PersonId) { return the_system(); })
{
}

Jobs::~Jobs() { stop(); }

void Jobs::handle(std::string kind, JobHandler handler, JobLane lane) { handlers_[std::move(kind)] = {std::move(handler), lane}; }

void Jobs::view_as(JobViewer viewer_of) { viewer_of_ = std::move(viewer_of); }

void Jobs::start(int workers)
{
    for (int i = 0; i < workers; ++i)
        threads_.emplace_back([this] { work(Takes::all); });
    threads_.emplace_back([this] { work(Takes::quick); });
    threads_.emplace_back([this] { beat(); });
}

void Jobs::stop()
{
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
        for (auto const& [id, progress] : running_)
            progress->cancel();
    }
    due_.notify_all();
    beat_due_.notify_all();
    for (auto& thread : threads_)
        thread.join();
    threads_.clear();
}

void Jobs::run_all()
{
    auto const db = db::open(address_);
    while (run_one(*db, Takes::all)) { }
}

JobId Jobs::add(Call& call, std::string_view kind, std::string const& input) { return add_at(call, kind, input, call.now); }

JobId Jobs::add_at(Call& call, std::string_view kind, std::string const& input, Instant run_at)
{
    auto const id = new_id_of<JobId>();
    call.db.execute("INSERT INTO jobs (county, id, kind, input, state, done, total, attempts, created_by, created_at, run_at, "
                    "held_until, is_unwanted) "
                    "VALUES ($1, $2, $3, $4, $5, 0, 0, 0, $6, $7, $8, 0, $9)",
        call.county, id, kind, sealed(input), JobState::waiting, call.viewer.person, call.now, run_at, false);
    call.after_commit.push_back([this] { wake(); });
    return id;
}

std::optional<Job> Jobs::find(Call& call, JobId id) const
{
    auto job
        = call.db.row<Job>("SELECT id, kind, state, done, total, result, error_zh, error_en, created_by, created_at, finished_at "
                           "FROM jobs WHERE county = $1 AND id = $2",
            call.county, id);
    std::lock_guard const lock(mutex_);
    auto const running = running_.find(id.value);
    if (job && job->state == JobState::running && running != running_.end()) {
        job->done = running->second->done();
        job->total = running->second->total();
    }
    return job;
}

void Jobs::cancel(Call& call, JobId id)
{
    call.db.execute("UPDATE jobs SET state = $3, finished_at = $4 WHERE county = $1 AND id = $2 AND state = $5", call.county, id,
        JobState::cancelled, call.now, JobState::waiting);
    call.db.execute(
        "UPDATE jobs SET is_unwanted = $3 WHERE county = $1 AND id = $2 AND state = $4", call.county, id, true, JobState::running);
    call.after_commit.push_back([this, id] {
        std::lock_guard const lock(mutex_);
        if (auto const running = running_.find(id.value); running != running_.end())
            running->second->cancel();
    });
}

JobFigures Jobs::figures() const
{
    std::lock_guard const lock(mutex_);
    return {running_.size(), done_, failed_};
}

bool Jobs::run_one(db::Connection& db, Takes takes)
{
    auto const job = claim(db, takes);
    if (!job)
        return false;
    auto const progress = std::make_shared<Progress>();
    {
        std::lock_guard const lock(mutex_);
        running_[job->id.value] = progress;
        if (stopping_)
            progress->cancel();
    }
    struct Leave {
        Jobs& jobs;
        JobId id;
        ~Leave()
        {
            std::lock_guard const lock(jobs.mutex_);
            jobs.running_.erase(id.value);
        }
    } const leave{*this, job->id};
    finish(db, *job, *progress, perform(db, *job, *progress));
    return true;
}

// Kinds as a list of SQL: they are words of this program.
std::string Jobs::quick_kinds() const
{
    std::string kinds = "''";
    for (auto const& [kind, handling] : handlers_)
        if (handling.lane == JobLane::quick)
            kinds += ", '" + kind + "'";
    return kinds;
}

// Due is what waits and what a server left behind, where nothing else of that county runs in that lane.
std::optional<Jobs::Claimed> Jobs::claim(db::Connection& db, Takes takes)
{
    auto const quick = " IN (" + quick_kinds() + ")";
    auto const due = "FROM jobs AS j WHERE (j.state = 'waiting' AND j.run_at <= $1 OR j.state = 'running' AND j.held_until < $1) "
                     "AND NOT EXISTS (SELECT 1 FROM jobs AS other WHERE other.state = 'running' AND other.county = j.county "
                     "AND (other.kind"
        + quick + ") = (j.kind" + quick + ") AND (other.held_until >= $1 OR other.id ANY_OF($2))) "
        + (takes == Takes::quick ? "AND j.kind" + quick + " " : "");
    auto const look = "SELECT j.id AS value " + due + "LIMIT 1";
    auto const take = "UPDATE jobs SET state = 'running', attempts = attempts + 1, held_until = $3 WHERE (county, id) = "
                      "(SELECT j.county, j.id "
        + due
        + "ORDER BY j.run_at, j.id LIMIT 1 FOR_UPDATE SKIP_LOCKED) "
          "RETURNING county, id, kind, input, attempts, created_by";
    auto const now = clock_.now();
    auto const own = running_ids();
    if (!db.value<std::int64_t>(look, now, db::IntegerList{own})) // an idle queue must not disturb those who write
        return std::nullopt;
    db::Transaction transaction(db);
    db.hold({claim_key});
    auto job = db.row<Claimed>(take, now, db::IntegerList{own}, now.milliseconds + hold_milliseconds);
    transaction.commit();
    return job;
}

std::vector<std::int64_t> Jobs::running_ids() const
{
    std::lock_guard const lock(mutex_);
    std::vector<std::int64_t> ids;
    for (auto const& [id, progress] : running_)
        ids.push_back(id);
    return ids;
}

Jobs::Outcome Jobs::perform(db::Connection& db, Claimed const& job, Progress& progress)
try {
    auto const handler = handlers_.find(job.kind);
    if (handler == handlers_.end())
        throw ApiError(ErrorKind::not_found, {"本程序不认识这种任务。", "This program does not know this kind of job."}, job.kind);
    if (job.attempts > most_attempts) // it took its server down each time
        throw ApiError(ErrorKind::unavailable, {"任务多次中断，已停止重试。", "The job was cut off too often and is given up."});
    Call call{db, job.county, the_system(), clock_.now(), *this, blobs_, events_};
    call.viewer = viewer_of_(call, job.created_by);
    auto result = handler->second.handler(call, job.input, progress);
    for (auto const& next : call.after_commit)
        next();
    return {JobState::done, std::move(result), {}, {}};
} catch (Progress::Cancelled const&) {
    return {JobState::cancelled, {}, {}, clock_.now()};
} catch (ApiError const& error) {
    spdlog::warn("job {} {}: {}", job.kind, job.id.value, error.what());
    return {JobState::failed, {}, error.words, {}};
} catch (db::Error const& error) {
    if (error.fault != db::Fault::busy)
        return after_failure(job, error.what());
    spdlog::info("job {} {} waits its turn: {}", job.kind, job.id.value, error.what());
    return {JobState::waiting, {}, {}, {clock_.now().milliseconds + first_wait_milliseconds}, true};
} catch (std::exception const& error) {
    return after_failure(job, error.what());
}

void Jobs::side_by_side(Call& call, std::function<void(Call&)> const& work)
{
    if (call.db.dialect() == db::Dialect::sqlite)
        return work(call);
    auto second = std::async(std::launch::async, [&] {
        auto const db = db::open(address_);
        Call own{*db, call.county, call.viewer, call.now, *this, blobs_, events_};
        work(own);
        for (auto const& next : own.after_commit)
            next();
    });
    work(call);
    second.get();
}

Jobs::Outcome Jobs::after_failure(Claimed const& job, char const* why) const
{
    spdlog::error("job {} {}, attempt {}: {}", job.kind, job.id.value, job.attempts, why);
    if (job.attempts >= most_attempts)
        return {JobState::failed, {},
            Words{"系统出错，任务没有完成。", "The job could not be done because of a fault of the system."}, {}};
    return {JobState::waiting, {}, {}, {clock_.now().milliseconds + (first_wait_milliseconds << 2 * (job.attempts - 1))}};
}

// Writes only while the job is still ours. A job that was cut off without anybody asking for its end (the server stops) waits for
// the next start, and the attempt does not count.
void Jobs::finish(db::Connection& db, Claimed const& job, Progress const& progress, Outcome const& outcome)
{
    bool const is_cut_off = outcome.state == JobState::cancelled;
    bool const is_over = outcome.state == JobState::done || outcome.state == JobState::failed;
    auto const now = clock_.now();
    db::Transaction transaction(db);
    bool const is_unwanted
        = db.value<bool>("SELECT is_unwanted AS value FROM jobs WHERE county = $1 AND id = $2 FOR_UPDATE", job.county, job.id)
              .value_or(false);
    auto const state = is_over ? outcome.state : is_unwanted ? JobState::cancelled : JobState::waiting;
    db.execute("UPDATE jobs SET state = $3, done = $4, total = $5, result = $6, error_zh = $7, error_en = $8, run_at = $9, "
               "finished_at = $10, "
               "attempts = attempts - $11, held_until = 0 WHERE county = $1 AND id = $2 AND state = 'running' AND attempts = $12",
        job.county, job.id, state, progress.done(), progress.total(), outcome.result,
        outcome.error ? std::optional(outcome.error->zh) : std::nullopt,
        outcome.error ? std::optional(outcome.error->en) : std::nullopt, outcome.run_at,
        state == JobState::waiting ? std::nullopt : std::optional(now),
        std::int64_t{(is_cut_off || outcome.was_kept_out) && !is_unwanted}, job.attempts);
    transaction.commit();
    done_ += state == JobState::done;
    failed_ += state == JobState::failed;
}

void Jobs::work(Takes takes)
{
    std::unique_ptr<db::Connection> db;
    std::uint64_t heard = 0;
    do {
        try {
            if (!db || db->is_lost())
                db = db::open(address_);
            while (!pause({}, heard) && run_one(*db, takes)) { }
        } catch (std::exception const& error) {
            spdlog::error("jobs: {}", error.what());
        }
    } while (!pause(poll_interval, heard));
}

// Tells the table how far the running jobs are, keeps their hold, and hears from there when somebody does not want them any more.
void Jobs::beat()
{
    std::unique_ptr<db::Connection> db;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (beat_due_.wait_for(lock, beat_interval, [this] { return stopping_; }))
                return;
            if (running_.empty())
                continue;
        }
        try {
            if (!db || db->is_lost()) {
                db = db::open(address_);
                if (db->dialect() == db::Dialect::sqlite)
                    db->script("PRAGMA busy_timeout = 0"); // a job's own long transaction keeps the file: say it next time
            }
            beat_once(*db);
        } catch (db::Error const& error) {
            if (error.fault != db::Fault::busy)
                spdlog::warn("jobs: {}", error.what());
        }
    }
}

void Jobs::beat_once(db::Connection& db)
{
    std::map<std::int64_t, std::shared_ptr<Progress>> running;
    {
        std::lock_guard const lock(mutex_);
        running = running_;
    }
    for (auto const& [id, progress] : running) {
        auto const is_unwanted
            = db.value<bool>("UPDATE jobs SET done = $2, total = $3, held_until = $4 WHERE id = $1 AND state = 'running' "
                             "RETURNING is_unwanted AS value",
                id, progress->done(), progress->total(), clock_.now().milliseconds + hold_milliseconds);
        if (is_unwanted.value_or(false))
            progress->cancel();
    }
}

// Sleeps until there may be work that its thread has not `heard` of; true when it is time to stop.
bool Jobs::pause(std::chrono::milliseconds longest, std::uint64_t& heard)
{
    std::unique_lock lock(mutex_);
    due_.wait_for(lock, longest, [&] { return stopping_ || wakings_ != heard; });
    if (longest.count() > 0)
        heard = wakings_;
    return stopping_;
}

void Jobs::wake()
{
    {
        std::lock_guard const lock(mutex_);
        ++wakings_;
    }
    due_.notify_all();
}

} // namespace concentric
