#pragma once

#include "core/route.hpp"
#include "modules/directory/happenings.hpp"
#include "modules/directory/posts.hpp"

// One list of everything that concerns somebody: events, classroom days, bookings, visits, what is to be answered, holidays.
namespace concentric::calendar {

using directory::Happening;
using directory::HappeningKind;

struct ShowOwnCalendar {
    Day from, to; // both included; 400 days at most
};
BOOST_DESCRIBE_STRUCT(ShowOwnCalendar, (), (from, to))
void check(ShowOwnCalendar const&, Problems&);

struct CalendarItem {
    HappeningKind kind = HappeningKind::activity;
    std::string id;
    std::string title;
    std::string about; // whom else it is about; empty for most
    std::optional<directory::PersonBrief> child; // left out: the viewer
    Instant from, until; // of a deadline both are the same
    std::optional<Day> first_day, last_day; // of what takes whole days
    std::string place, link;
    bool is_called_off = false, is_binding = true, is_waiting = false;
};
BOOST_DESCRIBE_STRUCT(CalendarItem, (),
    (kind, id, title, about, child, from, until, first_day, last_day, place, link, is_called_off, is_binding, is_waiting))
struct OwnCalendar {
    std::vector<CalendarItem> items; // by time
};
BOOST_DESCRIBE_STRUCT(OwnCalendar, (), (items))

OwnCalendar show_own(Call&, ShowOwnCalendar const&);

// The children whose file the viewer may see today.
std::vector<directory::Child> children_in_sight(Call&);
// What all modules tell about the viewer and these children, by time, each once for each person.
std::vector<Happening> happenings_of_viewer(Call&, std::vector<directory::Child> const&, Instant from, Instant until);
bool is_whole_days(HappeningKind);

Routes own_routes();

} // namespace concentric::calendar
