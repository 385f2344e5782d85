// The yardstick of the sign-up rush: the very statements of signing up, in transactions of a given size, from one thread beside the
// database, until everybody has signed up once.
//
//   sign_up_loop DATABASE KEYS COUNTY ACTIVITY SIZE        prints sign-ups a second
#include "beside_database.hpp"
#include "modules/activities/sign_ups.hpp"

#include <fmt/format.h>

#include <chrono>

using namespace concentric;

static double run(BesideDatabase& bench, activities::ActivityId activity, std::size_t size)
{
    using Clock = std::chrono::steady_clock;
    auto const people = bench.connection->values<PersonId>(
        "SELECT person AS value FROM accounts WHERE county = $1 AND user_name LIKE 'learner%' ORDER BY person", bench.county);
    activities::SignUp input{activity, {}};
    auto const from = Clock::now();
    for (std::size_t sent = 0; sent < people.size(); sent += size) {
        auto call = bench.call();
        std::vector<BatchItem> items;
        for (std::size_t i = sent; i < std::min(sent + size, people.size()); ++i) {
            Viewer viewer;
            viewer.person = people[i];
            items.push_back({viewer, &input, "bench", "127.0.0.1", {}, {}, {}});
        }
        db::Transaction transaction(call.db);
        activities::sign_up_together(call, items);
        transaction.commit();
    }
    return static_cast<double>(people.size()) / std::chrono::duration<double>(Clock::now() - from).count();
}

int main(int argc, char** argv)
try {
    if (argc != 6) {
        fmt::print(stderr, "usage: sign_up_loop DATABASE KEYS COUNTY ACTIVITY SIZE\n");
        return 2;
    }
    BesideDatabase bench(argv[1], argv[2], std::stoll(argv[3]));
    fmt::print("{:.0f}\n", run(bench, {std::stoll(argv[4])}, std::stoull(argv[5])));
} catch (std::exception const& error) {
    fmt::print(stderr, "sign_up_loop: {}\n", error.what());
    return 1;
}
