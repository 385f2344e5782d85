#pragma once

#include "modules/safety/tables.hpp"

#include <span>

// What a head count says, however late and in whatever order its parts arrive; and how a school stands with its drills. Pure.
namespace concentric::safety {

// Whether a mark replaces the one that stands. The later one by the phones' clocks does; of two at the same moment the one that
// somebody is missing, since looking for a child who is there costs less than the other mistake.
bool replaces(MarkRow const& mark, MarkRow const& standing);

// not_reported: nobody has said anything of the class; counting: some pupils have no mark yet.
enum class ClassState { not_reported, counting, missing, all_there };
BOOST_DESCRIBE_ENUM(ClassState, not_reported, counting, missing, all_there)

struct Count {
    std::int64_t pupils = 0, present = 0, missing = 0;
    bool operator==(Count const&) const = default;
};
ClassState state_of(Count const&);

// The first arrival that anybody reported; 0 is none.
Instant earlier(Instant one, Instant other);
// Seconds from the beginning until the class had arrived; nothing while it has not, or where a clock was wrong.
std::optional<std::int64_t> seconds_between(Instant from, Instant until);

// Where one drill stands on the calendar.
enum class Due { planned, running, done, overdue };
BOOST_DESCRIBE_ENUM(Due, planned, running, done, overdue)
// Overdue is what was to begin a day ago or more and did not, and what was held but not entered within three days.
Due due_of(DrillRow const&, Instant now);

// How a school stands with what the plan asks of it in a period: so many still have to be put on the calendar.
struct Calendar {
    std::int64_t needed = 0, held = 0, planned = 0;
    std::int64_t unplanned() const { return std::max<std::int64_t>(0, needed - held - planned); }
};

} // namespace concentric::safety
