// The yardstick of receipts: the very statements of answering a notice, in transactions of a given size, from one thread beside the
// database.
//
//   receipt_loop DATABASE KEYS COUNTY NOTICE SIZE SECONDS        prints answers a second
#include "beside_database.hpp"
#include "modules/notices/giving.hpp"

#include <fmt/format.h>

using namespace concentric;

static double run(BesideDatabase& bench, notices::NoticeId notice, std::size_t size, std::chrono::seconds seconds)
{
    auto const people
        = bench.connection->values<PersonId>("SELECT DISTINCT p.person AS value FROM notice_people p JOIN accounts a ON a.county = "
                                             "p.county AND a.person = p.person WHERE "
                                             "p.county = $1 AND p.notice = $2 AND a.user_name LIKE 'learner%' ORDER BY p.person",
            bench.county, notice);
    std::size_t sent = 0;
    return bench.per_second<notices::AnswerNotice>(
        size, seconds,
        [&] {
            return std::pair(BesideDatabase::viewer(people.at(sent++ % people.size())), notices::AnswerNotice{notice, {}, {}});
        },
        notices::answer_notices);
}

int main(int argc, char** argv)
try {
    if (argc != 7) {
        fmt::print(stderr, "usage: receipt_loop DATABASE KEYS COUNTY NOTICE SIZE SECONDS\n");
        return 2;
    }
    BesideDatabase bench(argv[1], argv[2], std::stoll(argv[3]));
    fmt::print("{:.0f}\n", run(bench, {std::stoll(argv[4])}, std::stoull(argv[5]), std::chrono::seconds(std::stoll(argv[6]))));
} catch (std::exception const& error) {
    fmt::print(stderr, "receipt_loop: {}\n", error.what());
    return 1;
}
