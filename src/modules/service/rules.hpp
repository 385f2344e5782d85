#pragma once

#include "modules/service/tables.hpp"

#include <span>

// The rules of service that need no database.
namespace concentric::service {

// The first of the others that shares a moment with this one; times that only touch share none. Nobody serves twice at one time.
Stretch const* overlapping(Stretch time, std::span<Stretch const> others);

// Full years on a day.
std::int64_t age_on(Day birth, Day day);
// Whether an offer is for somebody of that birthday; somebody whose birthday nobody knows is let in.
bool is_for(OfferRow const&, std::optional<Day> birth, Day day);

// Below this many ratings nobody is told what they were: a single one could be told whose it is.
inline constexpr std::int64_t fewest_ratings = 5;
struct RatingSummary {
    std::int64_t count = 0;
    std::optional<double> mean; // 1 to 5; none of too few
};
BOOST_DESCRIBE_STRUCT(RatingSummary, (), (count, mean))
RatingSummary summary_of(std::int64_t count, std::int64_t stars);

// When a reminder speaks again after a day; 0: never.
Day next_after(ReminderRow const&, Day today);

} // namespace concentric::service
