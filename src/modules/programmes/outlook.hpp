#pragma once

#include "core/fields.hpp"

// Who of a training class is done, on course or behind, and why: the rule, without a database.
namespace concentric::programmes {

enum class Pace { done, on_course, behind, lapsed };
BOOST_DESCRIBE_ENUM(Pace, done, on_course, behind, lapsed)

enum class Reason { not_begun, slow, idle, time_over };
BOOST_DESCRIBE_ENUM(Reason, not_begun, slow, idle, time_over)

// What is known of a learner.
struct Pacing {
    Day from; // the first day that counts
    Day to; // the last one; 0: no time limit
    std::int64_t percent = 0; // of everything that the certificate asks
    bool is_done = false;
    Day last; // of the newest thing that counts; 0 for none
};

struct Outlook {
    Pace pace = Pace::on_course;
    std::vector<Reason> reasons; // empty unless behind or lapsed
};

// Behind by more than a fifth of the way: as the tally calls an obligation at risk.
inline constexpr std::int64_t tolerated_lag = 20; // per cent
inline constexpr std::int64_t idle_days = 14; // named as a reason
inline constexpr std::int64_t long_idle_days = 30; // alone enough to be behind where no time limit runs

Outlook outlook(Pacing const& learner, Day today);

} // namespace concentric::programmes
