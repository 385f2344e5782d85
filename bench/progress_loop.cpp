// Learners to measure heartbeats with, and the yardstick: the very statements of the route, in transactions of a given size, from
// one thread beside the database: without network, sessions, queues or waiting.
//
//   progress_loop prepare DATABASE KEYS COUNTY LEARNERS        prints a token and a viewing for each learner
//   progress_loop run DATABASE KEYS COUNTY SIZE SECONDS        prints heartbeats a second
#include "beside_database.hpp"
#include "modules/accounts/sessions.hpp"
#include "modules/learning/progress.hpp"

#include <fmt/format.h>

using namespace concentric;

namespace {

// Carers of pupils of today, with a lesson of 45 minutes that nobody finishes, and a minute that each learner has in hand.
void prepare(BesideDatabase& bench, std::int64_t learners)
{
    constexpr std::int64_t length = 45 * 60;
    auto call = bench.call();
    db::Transaction transaction(call.db);
    call.db.execute("DELETE FROM unit_progress WHERE county = $1 AND unit = 1", call.county);
    call.db.execute("DELETE FROM learner_clocks WHERE county = $1 AND unit = 1", call.county);
    auto const people = call.db.values<PersonId>(
        "SELECT DISTINCT c.carer AS value FROM carers c JOIN enrolments e ON e.county = c.county AND e.student = c.student AND "
        "e.from_day <= $3 AND e.to_day >= $3 WHERE c.county = $1 AND c.carer NOT IN (SELECT person FROM accounts WHERE "
        "county = $1 AND must_change = FALSE AND user_name NOT LIKE 'learner%') "
        "ORDER BY c.carer LIMIT $2",
        call.county, learners, call.today());
    for (auto const person : people) {
        call.db.execute("INSERT INTO accounts (county, person, user_name, phone, password_hash, must_change, disabled, created_at, "
                        "password_changed_at, version) "
                        "VALUES ($1, $2, $3, '', '', FALSE, FALSE, 0, 0, 1) ON CONFLICT DO NOTHING",
            call.county, person, fmt::format("learner{}", person.value));
        call.db.execute("INSERT INTO unit_progress (county, person, unit, course, length, share, fastest, watched, seconds, "
                        "position_ms, completed_at) "
                        "VALUES ($1, $2, 1, 1, $3, 100, 200, $4, 0, 0, 0)",
            call.county, person, length, learning::WatchedSeconds(length).text());
        call.db.execute("INSERT INTO learner_clocks (county, person, viewing, unit, used_until, last_from, last_to) VALUES ($1, "
                        "$2, $2, 1, $3, -1, -1)",
            call.county, person, call.now.milliseconds - learning::longest_beat);
        fmt::print("{} {}\n", accounts::start_session(call, person, "password", false).token, person.value);
    }
    transaction.commit();
}

double run(BesideDatabase& bench, std::size_t size, std::chrono::seconds seconds)
{
    auto const people = bench.connection->values<std::int64_t>(
        "SELECT person AS value FROM learner_clocks WHERE county = $1 AND unit = 1 ORDER BY person", bench.county);
    std::int64_t sent = 0;
    return bench.per_second<learning::SendHeartbeat>(
        size, seconds,
        [&] {
            auto const person = people[static_cast<std::size_t>(sent) % people.size()];
            auto const second = sent++ / static_cast<std::int64_t>(people.size()) * 1000;
            return std::pair(BesideDatabase::viewer({person}),
                learning::SendHeartbeat{{person}, {1}, {second}, {second + 1000}, {100}, {second + 1000}});
        },
        learning::send_heartbeats);
}

} // namespace

int main(int argc, char** argv)
try {
    std::string const what = argc > 1 ? argv[1] : "";
    if (!(what == "prepare" && argc == 6) && !(what == "run" && argc == 7)) {
        fmt::print(stderr, "usage: progress_loop prepare DATABASE KEYS COUNTY LEARNERS | run DATABASE KEYS COUNTY SIZE SECONDS\n");
        return 2;
    }
    BesideDatabase bench(argv[2], argv[3], std::stoll(argv[4]));
    if (what == "prepare")
        prepare(bench, std::stoll(argv[5]));
    else
        fmt::print("{:.0f}\n", run(bench, std::stoull(argv[5]), std::chrono::seconds(std::stoll(argv[6]))));
} catch (std::exception const& error) {
    fmt::print(stderr, "progress_loop: {}\n", error.what());
    return 1;
}
