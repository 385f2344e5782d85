#pragma once

#include "core/call.hpp"

// Numbers of certificates: one after the other in each series and year, none twice and none left out.
namespace concentric::recognition {

// "JLT-{year}-{serial:06}" of the year 2026 and the serial 7: "JLT-2026-000007". A serial that has outgrown its digits is written
// whole. `region` is the county's code (GB/T 2260).
std::string number_of(std::string_view pattern, int year, std::string_view region, std::int64_t serial);

// Takes `count` serials of a series, in the caller's transaction; gives the first. A pattern without {year} goes on for ever.
// Whoever asks at the same time waits until the transaction has ended, and gets the numbers back that it gave up.
std::int64_t take_serials(Call&, std::string const& pattern, int year, std::int64_t count);

} // namespace concentric::recognition
