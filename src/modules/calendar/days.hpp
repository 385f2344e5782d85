#pragma once

#include "core/route.hpp"
#include "modules/calendar/public_holidays.hpp"

#include <map>

// Days off and working days: the country's, and those that a county sets itself.
namespace concentric::calendar {

using CountyDayId = Id<struct CountyDayTag>;

enum class CountyDayKind { day_off, working_day };
BOOST_DESCRIBE_ENUM(CountyDayKind, day_off, working_day)

struct CountyDayRow {
    std::int64_t county = 0;
    CountyDayId id;
    Day from_day, to_day;
    CountyDayKind kind = CountyDayKind::day_off;
    std::string title;
    PersonId created_by;
    Instant changed_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CountyDayRow, (), (county, id, from_day, to_day, kind, title, created_by, changed_at, version))

struct CountyDay {
    CountyDayId id;
    Day from, to;
    CountyDayKind kind = CountyDayKind::day_off;
    std::string title;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CountyDay, (), (id, from, to, kind, title, version))
struct PublicDayView {
    Day from, to;
    std::string title;
    bool is_working = false, is_provisional = false;
};
BOOST_DESCRIBE_STRUCT(PublicDayView, (), (from, to, title, is_working, is_provisional))
// From the first day of last year on, by day.
struct CalendarDays {
    std::vector<CountyDay> own;
    std::vector<PublicDayView> country;
};
BOOST_DESCRIBE_STRUCT(CalendarDays, (), (own, country))

struct CountyDayContent {
    Day from, to; // both included; 92 days at most
    CountyDayKind kind = CountyDayKind::day_off;
    Text<1, 60> title;
};
BOOST_DESCRIBE_STRUCT(CountyDayContent, (), (from, to, kind, title))
struct SaveCountyDay : CountyDayContent {
    CountyDayId id;
};
BOOST_DESCRIBE_STRUCT(SaveCountyDay, (CountyDayContent), (id))
void check(CountyDayContent const&, Problems&);
struct OneCountyDay {
    CountyDayId id;
};
BOOST_DESCRIBE_STRUCT(OneCountyDay, (), (id))

CalendarDays list_days(Call&, Nothing const&);
CountyDay add_day(Call&, CountyDayContent const&);
// 412 when somebody changed it meanwhile.
CountyDay save_day(Call&, SaveCountyDay const&);
Nothing remove_day(Call&, OneCountyDay const&);

// Days that are not what their weekday says, for modules that lay something on school days: the county's own word goes before the
// country's.
std::map<Day, CountyDayKind> special_days(Call&, Day from, Day to);

// The country's, the county's, and the first days of terms.
void add_days(Call&, directory::HappeningsAsked const&);

Routes day_routes();

} // namespace concentric::calendar
