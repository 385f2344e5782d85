#pragma once

#include "core/jobs.hpp"
#include "modules/seals/blocks.hpp"

// Seals what was written since the last time. Every row is sealed once, also one whose transaction ended late: an identifier is
// given when a row is made, and a row becomes visible when its transaction ends, so a long import shows rows with lesser ids than
// some that are sealed already.
//  - Only rows older than `settling` are sealed, so that late ones are rare.
//  - Rows of the last `late_window` that lie below the newest id that is sealed, and in no block, are late: they get a block of
//  their own.
//  - A row that shows up later than that is no late one: verification names it as put in.
namespace concentric::seals {

inline constexpr std::int64_t rows_of_a_block = 4096;
inline constexpr std::int64_t settling_milliseconds = 60'000;
inline constexpr std::int64_t late_window_milliseconds = 48LL * 60 * 60 * 1000;
inline constexpr std::string_view sealing_job = "seals.seal";

struct Sealed {
    std::int64_t blocks = 0, rows = 0;
};
BOOST_DESCRIBE_STRUCT(Sealed, (), (blocks, rows))

// Both streams of the county, every row that was made before the moment. Each block is a transaction of its own.
Sealed seal_until(Call&, Instant moment, Progress&);

void handle_sealing_job(Jobs&);
// Queues the job that seals, every so many minutes, all counties of the installation, and queues itself again.
void keep_sealing(Call&, std::int64_t minutes);

} // namespace concentric::seals
