#include "modules/instructors/figures.hpp"

#include "modules/ledger/entries.hpp"

#include <fmt/format.h>

namespace concentric::instructors {
namespace {

struct Counts {
    std::int64_t sessions = 0, ratings = 0, stars = 0;
};
BOOST_DESCRIBE_STRUCT(Counts, (), (sessions, ratings, stars))

} // namespace

RatingSummary summary_of(std::int64_t count, std::int64_t stars)
{
    RatingSummary summary{count, {}};
    if (count >= fewest_ratings)
        summary.mean = static_cast<double>((stars * 10 + count / 2) / count) / 10; // to one place
    return summary;
}

std::string sessions_in(std::string_view person)
{
    return fmt::format("(SELECT count(*) FROM instructor_bookings d WHERE d.county = $1 AND d.instructor = {} AND d.state = "
                       "'delivered')",
        person);
}

std::string ratings_in(std::string_view person)
{
    return fmt::format("(SELECT count(*) FROM instructor_ratings r WHERE r.county = $1 AND r.instructor = {})", person);
}

std::string stars_in(std::string_view person)
{
    return fmt::format(
        "(SELECT CAST(COALESCE(SUM(r.stars), 0) AS BIGINT) FROM instructor_ratings r WHERE r.county = $1 AND r.instructor = {})",
        person);
}

Figures figures_of(Call& call, PersonId instructor)
{
    static std::string const sql
        = "SELECT " + sessions_in("$2") + " AS sessions, " + ratings_in("$2") + " AS ratings, " + stars_in("$2") + " AS stars";
    auto const counts = call.db.row<Counts>(sql, call.county, instructor).value();
    Figures figures{counts.sessions, 0, counts.ratings, counts.stars};
    for (auto const& entry : ledger::entries_about(call.db, call.county, instructor.value))
        if (entry.kind == "taught.guidance")
            figures.minutes += entry.reverses ? -entry.minutes : entry.minutes;
    return figures;
}

} // namespace concentric::instructors
