#pragma once

#include "core/route.hpp"

// The county's rules for its families' time: quiet hours, the minutes of a household's week, and what may go beyond them.
// Source: 教师厅〔2025〕2 号 (burdens of schools and families), and the county's own list.
namespace concentric::notices {

using MinuteOfDay = Within<0, 1439>;

struct NoticeRules {
    MinuteOfDay quiet_from{21 * 60}, quiet_until{7 * 60}; // China Standard Time; equal: none
    Within<1, 1000> weekly_minutes{30};
    Within<1, 168> remind_hours{24}; // between two reminders of the same thing
    std::vector<Text<2, 120>> items; // the burden list
};
BOOST_DESCRIBE_STRUCT(NoticeRules, (), (quiet_from, quiet_until, weekly_minutes, remind_hours, items))
void check(NoticeRules const&, Problems&);

NoticeRules rules_of(Call&);

// That moment, or the end of the quiet hours that it lies in.
Instant after_quiet_hours(NoticeRules const&, Instant);
// The Monday of the week.
Day week_of(Day);

Routes rule_routes();

} // namespace concentric::notices
