#pragma once

#include "modules/plan/plan.hpp"

// The periods that a plan counts in, from the county's term calendar.
namespace concentric::plan {

// A term that begins in this month or later is an autumn term.
inline constexpr unsigned first_autumn_month = 8;

// A period of a requirement: the calendar's days that are also days of the plan. `from` identifies it among those of the same
// requirement. Both days included.
struct Period {
    Day from;
    Day to;
    Words title; // "2021–2022学年第一学期" / "Autumn term 2021–2022"
    bool operator==(Period const& other) const { return from == other.from && to == other.to; }
};
BOOST_DESCRIBE_STRUCT(Period, (), (from, to, title))

// The period of kind `per` (for windows: of the named window) that holds the day; nothing where the day lies in none: outside the
// plan's own days, or between windows. School years begin with the autumn term; half-years are January to June and July to
// December.
std::optional<Period> period_at(Plan const&, Per per, std::string_view window, Day day);
// All periods that overlap the plan's days and begin on or before `until`, oldest first.
std::vector<Period> periods_until(Plan const&, Per per, std::string_view window, Day until);

// The share of subjects that is to be covered on a day: the last target whose day has come, or the first one before any has. 0
// without targets.
double target_at(Requirement const&, Day day);

} // namespace concentric::plan
