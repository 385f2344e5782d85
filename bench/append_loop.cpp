// The yardstick for appending to the ledger on SQLite: the very statements of the route, in transactions of a given size, from one
// thread beside the database.
//
//   append_loop DATABASE KEYS COUNTY SIZE SECONDS        prints entries a second
#include "appending.hpp"

#include <fmt/format.h>

#include <chrono>

using namespace concentric;

int main(int argc, char** argv)
try {
    if (argc != 6) {
        fmt::print(stderr, "usage: append_loop DATABASE KEYS COUNTY SIZE SECONDS\n");
        return 2;
    }
    using Clock = std::chrono::steady_clock;
    auto const county = std::stoll(argv[3]);
    auto const address = bench::address_with_keys(argv[1], argv[2], county);
    bench::Appending appending(address, db::open(address), county);
    auto const size = std::stoull(argv[4]);
    std::size_t written = 0;
    std::vector<std::int64_t> pupils(size);
    auto const from = Clock::now();
    auto const until = from + std::chrono::seconds(std::stoll(argv[5]));
    while (Clock::now() < until) {
        for (auto& pupil : pupils)
            pupil = appending.pupils[written++ % appending.pupils.size()];
        db::Transaction transaction(*appending.connection);
        appending.append(pupils);
        transaction.commit();
    }
    fmt::print("{:.0f}\n", static_cast<double>(written) / std::chrono::duration<double>(Clock::now() - from).count());
} catch (std::exception const& error) {
    fmt::print(stderr, "append_loop: {}\n", error.what());
    return 1;
}
