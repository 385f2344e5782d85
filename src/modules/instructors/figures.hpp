#pragma once

#include "modules/instructors/tables.hpp"

// What an instructor has done and how it was rated, for their own page and for reviews.
namespace concentric::instructors {

// Below this many ratings nobody is told what they were: a single one could be told whose it is.
inline constexpr std::int64_t fewest_ratings = 3;

struct RatingSummary {
    std::int64_t count = 0;
    std::optional<double> mean; // 1 to 5; none of fewer than three
};
BOOST_DESCRIBE_STRUCT(RatingSummary, (), (count, mean))
RatingSummary summary_of(std::int64_t count, std::int64_t stars);

struct Figures {
    std::int64_t sessions = 0; // carried out
    std::int64_t minutes = 0; // of the ledger's entries
    std::int64_t ratings = 0, stars = 0;
};
Figures figures_of(Call&, PersonId instructor);

// Expressions for lists: sessions carried out, number and stars of ratings of the person in a column of the county `$1`.
std::string sessions_in(std::string_view person);
std::string ratings_in(std::string_view person);
std::string stars_in(std::string_view person);

} // namespace concentric::instructors
