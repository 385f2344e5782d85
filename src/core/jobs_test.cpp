#include "core/part.hpp"
#include "testing/fresh.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <mutex>
#include <set>

namespace concentric {
namespace {

struct JobsTest : testing::Test, Fresh {
    JobId add(std::string const& kind, std::string const& input = "")
    {
        db::Transaction transaction(db);
        auto by = call;
        by.now = clock.now();
        by.viewer.person = {7};
        auto const id = jobs.add(by, kind, input);
        transaction.commit();
        for (auto const& next : by.after_commit)
            next();
        return id;
    }

    Job find(JobId id) { return jobs.find(call, id).value(); }

    Job wait_until_over(JobId id)
    {
        for (int i = 0; i < 500; ++i) {
            auto const job = find(id);
            if (job.finished_at)
                return job;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        throw std::runtime_error("the job did not end");
    }
};

TEST_F(JobsTest, a_job_runs_and_leaves_its_result)
{
    jobs.handle("count", [](Call&, std::string const& input, Progress& progress) {
        progress.set(3, 3);
        return "{\"got\":\"" + input + "\"}";
    });
    auto const id = add("count", "abc");
    EXPECT_EQ(find(id).state, JobState::waiting);

    jobs.run_all();

    auto const job = find(id);
    EXPECT_EQ(job.state, JobState::done);
    EXPECT_EQ(job.result, Json(std::string(R"({"got":"abc"})")));
    EXPECT_EQ(job.done, 3);
    EXPECT_EQ(job.created_by, PersonId{7});
    EXPECT_EQ(job.finished_at, clock.now());
}

TEST_F(JobsTest, a_job_of_a_transaction_that_failed_was_never_there)
{
    {
        db::Transaction transaction(db);
        jobs.add(call, "count", "");
    }

    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) AS value FROM jobs"), 0);
}

TEST_F(JobsTest, a_passing_fault_is_tried_again_later_and_three_times_in_all)
{
    int attempts = 0;
    jobs.handle("unlucky", [&](Call&, std::string const&, Progress&) -> std::string {
        ++attempts;
        throw std::runtime_error("network");
    });
    auto const id = add("unlucky");

    jobs.run_all();
    jobs.run_all();
    EXPECT_EQ(attempts, 1);
    clock.advance(std::chrono::seconds(5));
    jobs.run_all();
    EXPECT_EQ(attempts, 2);
    clock.advance(std::chrono::seconds(19));
    jobs.run_all();
    EXPECT_EQ(attempts, 2);
    clock.advance(std::chrono::seconds(1));
    jobs.run_all();

    EXPECT_EQ(attempts, 3);
    EXPECT_EQ(find(id).state, JobState::failed);
}

TEST_F(JobsTest, an_error_with_words_ends_the_job_with_them)
{
    jobs.handle("wrong", [](Call&, std::string const&, Progress&) -> std::string {
        throw conflict({"文件不对。", "The wrong file."});
    });
    auto const id = add("wrong");

    jobs.run_all();

    EXPECT_EQ(find(id).state, JobState::failed);
    EXPECT_EQ(find(id).error_zh, "文件不对。");
    EXPECT_EQ(find(id).error_en, "The wrong file.");
}

TEST_F(JobsTest, a_waiting_job_can_be_cancelled)
{
    jobs.handle("count", [](Call&, std::string const&, Progress&) { return "null"; });
    auto const id = add("count");

    jobs.cancel(call, id);
    jobs.run_all();

    EXPECT_EQ(find(id).state, JobState::cancelled);
}

TEST_F(JobsTest, a_running_job_is_cancelled_at_its_next_step_and_shows_how_far_it_is)
{
    std::promise<void> begun;
    jobs.handle("long", [&](Call&, std::string const&, Progress& progress) -> std::string {
        progress.set(40, 100);
        begun.set_value();
        for (;;) {
            progress.check();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    jobs.start();
    auto const id = add("long");
    begun.get_future().wait();
    EXPECT_EQ(find(id).state, JobState::running);
    EXPECT_EQ(find(id).done, 40);

    jobs.cancel(call, id);
    for (auto const& next : call.after_commit)
        next();

    EXPECT_EQ(wait_until_over(id).state, JobState::cancelled);
}

TEST_F(JobsTest, what_a_part_of_a_job_did_is_told_though_a_later_part_fails)
{
    int told = 0, told_before_the_second_part = 0;
    jobs.handle("parts", [&](Call& by, std::string const&, Progress&) -> std::string {
        db::Transaction first(by.db);
        by.after_commit.push_back([&] { ++told; });
        commit_part(by, first);
        told_before_the_second_part = told;
        throw ApiError(ErrorKind::conflict, {"不行。", "No."});
    });
    auto const id = add("parts");

    jobs.run_all();

    EXPECT_EQ(find(id).state, JobState::failed);
    EXPECT_EQ(told_before_the_second_part, 1);
    EXPECT_EQ(told, 1);
}

TEST_F(JobsTest, a_stop_puts_a_running_job_back_and_the_attempt_does_not_count)
{
    std::promise<void> begun;
    jobs.handle("long", [&](Call&, std::string const&, Progress& progress) -> std::string {
        begun.set_value();
        for (;;)
            progress.check();
    });
    jobs.start();
    auto const id = add("long");
    begun.get_future().wait();

    jobs.stop();

    EXPECT_EQ(find(id).state, JobState::waiting);
    EXPECT_EQ(db.value<std::int64_t>("SELECT attempts AS value FROM jobs"), 0);
}

TEST_F(JobsTest, what_a_dead_server_held_is_taken_over_when_the_hold_ends)
{
    jobs.handle("count", [](Call&, std::string const&, Progress&) { return "null"; });
    auto const id = add("count");
    db.execute("UPDATE jobs SET state = 'running', attempts = 1, held_until = $1", clock.now().milliseconds + 60'000);

    jobs.run_all();
    EXPECT_EQ(find(id).state, JobState::running);
    clock.advance(std::chrono::milliseconds(60'001));
    jobs.run_all();

    EXPECT_EQ(find(id).state, JobState::done);
}

TEST_F(JobsTest, a_job_that_takes_its_server_down_is_given_up)
{
    jobs.handle("count", [](Call&, std::string const&, Progress&) { return "null"; });
    auto const id = add("count");
    db.execute("UPDATE jobs SET attempts = 3");

    jobs.run_all();

    EXPECT_EQ(find(id).state, JobState::failed);
}

TEST_F(JobsTest, jobs_of_a_county_run_one_after_the_other)
{
    std::atomic<int> running = 0, most = 0, ended = 0;
    jobs.handle("count", [&](Call&, std::string const&, Progress&) {
        most = std::max(most.load(), ++running);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        --running;
        ++ended;
        return "null";
    });
    std::vector<JobId> ids;
    for (int i = 0; i < 6; ++i)
        ids.push_back(add("count"));

    jobs.start(3);
    for (auto const id : ids)
        wait_until_over(id);

    EXPECT_EQ(ended, 6);
    EXPECT_EQ(most, 1);
}

TEST_F(JobsTest, a_quick_job_is_done_while_a_long_one_of_its_county_runs_and_another_long_one_waits)
{
    std::promise<void> begun, over;
    jobs.handle("import", [&](Call&, std::string const& input, Progress&) {
        if (input == "first") {
            begun.set_value();
            over.get_future().wait();
        }
        return "null";
    });
    jobs.handle(
        "deliver", [](Call&, std::string const&, Progress&) { return "null"; }, JobLane::quick);
    jobs.start(2);
    auto const first = add("import", "first");
    begun.get_future().wait();

    auto const second = add("import", "second");
    auto const notice = add("deliver");

    EXPECT_EQ(wait_until_over(notice).state, JobState::done);
    EXPECT_EQ(find(first).state, JobState::running);
    EXPECT_EQ(find(second).state, JobState::waiting);
    over.set_value();
    EXPECT_EQ(wait_until_over(second).state, JobState::done);
}

TEST_F(JobsTest, long_jobs_of_other_counties_leave_a_thread_to_quick_ones)
{
    std::promise<void> begun, over;
    jobs.handle("import", [&](Call&, std::string const&, Progress&) {
        begun.set_value();
        over.get_future().wait();
        return "null";
    });
    jobs.handle(
        "deliver", [](Call&, std::string const&, Progress&) { return "null"; }, JobLane::quick);
    jobs.start(1);
    call.county = 360200;
    auto const elsewhere = add("import");
    begun.get_future().wait();
    call.county = county;

    auto const notice = add("deliver");

    EXPECT_EQ(wait_until_over(notice).state, JobState::done);
    over.set_value();
    call.county = 360200;
    EXPECT_EQ(wait_until_over(elsewhere).state, JobState::done);
}

TEST_F(JobsTest, quick_jobs_of_a_county_run_one_after_the_other_too)
{
    std::atomic<int> running = 0, most = 0;
    jobs.handle(
        "deliver",
        [&](Call&, std::string const&, Progress&) {
            most = std::max(most.load(), ++running);
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            --running;
            return "null";
        },
        JobLane::quick);
    std::vector<JobId> ids;
    for (int i = 0; i < 6; ++i)
        ids.push_back(add("deliver"));

    jobs.start(3);
    for (auto const id : ids)
        wait_until_over(id);

    EXPECT_EQ(most, 1);
}

TEST_F(JobsTest, being_kept_out_by_another_transaction_is_no_failed_attempt)
{
    int attempts = 0;
    jobs.handle("unlucky", [&](Call&, std::string const&, Progress&) -> std::string {
        if (++attempts < 6)
            throw db::Error(db::Fault::busy, "", "", "somebody else writes");
        return "null";
    });
    auto const id = add("unlucky");

    for (int i = 0; i < 6; ++i) {
        jobs.run_all();
        clock.advance(std::chrono::seconds(5));
    }

    EXPECT_EQ(attempts, 6);
    EXPECT_EQ(find(id).state, JobState::done);
}

TEST_F(JobsTest, a_job_runs_with_the_rights_of_who_asked)
{
    jobs.view_as([](Call&, PersonId person) {
        Viewer viewer;
        viewer.person = person;
        viewer.name = "王老师";
        return viewer;
    });
    std::string name;
    jobs.handle("look", [&](Call& with, std::string const&, Progress&) {
        name = with.viewer.name;
        return "null";
    });
    add("look");

    jobs.run_all();

    EXPECT_EQ(name, "王老师");
}

TEST_F(JobsTest, work_side_by_side_has_a_connection_each_where_two_may_write_and_ends_together)
{
    std::atomic<int> at_work = 0, told = 0;
    std::mutex mutex;
    std::set<db::Connection*> connections;
    jobs.handle("share", [&](Call& with, std::string const&, Progress&) {
        jobs.side_by_side(with, [&](Call& own) {
            ++at_work;
            db::Transaction transaction(own.db);
            own.db.execute("UPDATE jobs SET total = 9 WHERE id = 0");
            transaction.commit();
            {
                std::lock_guard const lock(mutex);
                connections.insert(&own.db);
            }
            own.after_commit.push_back([&] { ++told; });
            --at_work;
        });
        return std::to_string(at_work);
    });
    auto const id = add("share");

    jobs.run_all();

    EXPECT_EQ(find(id).result, Json(std::string("0")));
    EXPECT_EQ(connections.size(), db.dialect() == db::Dialect::postgresql ? 2 : 1);
    EXPECT_EQ(static_cast<std::size_t>(told), connections.size());
}

TEST_F(JobsTest, what_fails_beside_fails_the_job)
{
    std::atomic<int> turn = 0;
    jobs.handle("share", [&](Call& with, std::string const&, Progress&) {
        jobs.side_by_side(with, [&](Call&) {
            if (++turn == (db.dialect() == db::Dialect::postgresql ? 2 : 1))
                throw ApiError(ErrorKind::conflict, {"不行", "impossible"});
        });
        return "null";
    });
    auto const id = add("share");

    jobs.run_all();

    EXPECT_EQ(find(id).state, JobState::failed);
    EXPECT_EQ(find(id).error_en, "impossible");
}

} // namespace
} // namespace concentric
