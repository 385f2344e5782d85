#include "modules/programmes/outlook.hpp"

#include <algorithm>

namespace concentric::programmes {

// How much of the time has gone by, 0 to 100.
static std::int64_t elapsed(Pacing const& learner, Day today)
{
    auto const first = days_since_1970(learner.from), days = days_since_1970(learner.to) - first + 1;
    return std::clamp<std::int64_t>((days_since_1970(today) - first) * 100 / std::max<std::int64_t>(days, 1), 0, 100);
}

static bool is_slow(Pacing const& learner, std::int64_t idle, Day today)
{
    if (learner.to.number == 0)
        return idle >= long_idle_days;
    return learner.percent + tolerated_lag < elapsed(learner, today);
}

Outlook outlook(Pacing const& learner, Day today)
{
    if (learner.is_done)
        return {Pace::done, {}};
    if (learner.to.number != 0 && today > learner.to)
        return {Pace::lapsed, {Reason::time_over}};
    auto const idle = days_since_1970(today) - days_since_1970(std::max(learner.last, learner.from));
    if (!is_slow(learner, idle, today))
        return {Pace::on_course, {}};
    Outlook result{Pace::behind, {learner.percent == 0 ? Reason::not_begun : Reason::slow}};
    if (idle >= idle_days && learner.percent > 0)
        result.reasons.push_back(Reason::idle);
    return result;
}

} // namespace concentric::programmes
