// The yardstick for appending to the ledger: the very statements of the route, in transactions of a given size, from one thread
// beside the database: without network, sessions, queues or waiting.
//
//   append_loop DATABASE KEYS COUNTY SIZE SECONDS        prints entries a second
#include "beside_database.hpp"
#include "modules/all.hpp"
#include "modules/ledger/recording.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace concentric;

namespace {

struct Bench : BesideDatabase {
    Bench(std::string const& database, std::filesystem::path const& keys, std::int64_t of_county)
        : BesideDatabase(database, keys, of_county)
    {
        subscribe_all(events);
        pupils = connection->values<std::int64_t>(
            "SELECT person AS value FROM students WHERE county = $1 AND status = 'active' LIMIT 2000", county);
        if (pupils.empty())
            throw std::runtime_error("the county has no pupils");
    }

    std::vector<std::int64_t> pupils;
    std::int64_t written = 0;
};

Route append_route()
{
    auto routes = ledger::recording_routes();
    return *std::find_if(routes.begin(), routes.end(), [](Route const& route) { return route.name == "entry_append"; });
}

void append(Bench& bench, Route const& route, std::size_t size)
{
    auto call = bench.call();
    std::vector<ledger::AppendEntry> inputs(size);
    std::vector<BatchItem> items;
    for (auto& input : inputs) {
        input.kind = "visit.phone";
        input.happened_at = call.now;
        input.student = PersonId{bench.pupils[static_cast<std::size_t>(bench.written++) % bench.pupils.size()]};
        items.push_back({the_system(), &input, "bench", "127.0.0.1", {}, {}, {}});
    }
    db::Transaction transaction(*bench.connection);
    route.run_batch(call, items);
    for (auto const& item : items) {
        if (item.error)
            throw *item.error;
        call.audit_subject = item.audit_subject;
        record_audit(call, route.name);
    }
    transaction.commit();
}

} // namespace

int main(int argc, char** argv)
try {
    if (argc != 6) {
        fmt::print(stderr, "usage: append_loop DATABASE KEYS COUNTY SIZE SECONDS\n");
        return 2;
    }
    using Clock = std::chrono::steady_clock;
    Bench bench(argv[1], argv[2], std::stoll(argv[3]));
    auto const route = append_route();
    auto const from = Clock::now();
    auto const until = from + std::chrono::seconds(std::stoll(argv[5]));
    while (Clock::now() < until)
        append(bench, route, std::stoull(argv[4]));
    fmt::print("{:.0f}\n", static_cast<double>(bench.written) / std::chrono::duration<double>(Clock::now() - from).count());
} catch (std::exception const& error) {
    fmt::print(stderr, "append_loop: {}\n", error.what());
    return 1;
}
