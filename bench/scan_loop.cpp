// The yardstick of scans: the very statements of handing them in, in transactions of a given size, from one thread beside the
// database.
//
//   scan_loop DATABASE KEYS COUNTY ACTIVITY SIZE SECONDS        prints scans a second
#include "beside_database.hpp"
#include "modules/activities/scans.hpp"

#include <fmt/format.h>

using namespace concentric;
using namespace concentric::activities;

static double run(BesideDatabase& bench, ActivityId activity, std::size_t size, std::chrono::seconds seconds)
{
    auto const people = bench.connection->values<PersonId>(
        "SELECT DISTINCT person AS value FROM activity_scans WHERE county = $1 AND activity = $2 ORDER BY person", bench.county,
        activity);
    auto const event = activity_with(*std::make_unique<Call>(bench.call()), activity).value();
    Viewer viewer = the_system();
    viewer.person = event.created_by;
    std::int64_t sent = 0;
    return bench.per_second<HandInScans>(
        size, seconds,
        [&] {
            NewScan scan;
            scan.number = {++sent};
            scan.at = event.starts_at;
            scan.person = people.at(static_cast<std::size_t>(sent) % people.size());
            return std::pair(viewer, HandInScans{activity, DeviceName("beside-database"), {scan}, {}});
        },
        hand_in_scans_together);
}

int main(int argc, char** argv)
try {
    if (argc != 7) {
        fmt::print(stderr, "usage: scan_loop DATABASE KEYS COUNTY ACTIVITY SIZE SECONDS\n");
        return 2;
    }
    BesideDatabase bench(argv[1], argv[2], std::stoll(argv[3]));
    fmt::print("{:.0f}\n", run(bench, {std::stoll(argv[4])}, std::stoull(argv[5]), std::chrono::seconds(std::stoll(argv[6]))));
} catch (std::exception const& error) {
    fmt::print(stderr, "scan_loop: {}\n", error.what());
    return 1;
}
