#pragma once

#include "modules/activities/announcing.hpp"

// The dates of a timetable before it is announced, with the days on which nobody is at school.
namespace concentric::activities {

struct AskDates {
    Instant starts_at, ends_at;
    Every every = Every::week;
    Day until;
};
BOOST_DESCRIBE_STRUCT(AskDates, (), (starts_at, ends_at, every, until))

struct ProposedDate {
    Day day;
    std::optional<std::string> holiday; // what stands against it
};
BOOST_DESCRIBE_STRUCT(ProposedDate, (), (day, holiday))
struct ProposedDates {
    std::vector<ProposedDate> items; // 60 at most
    bool is_too_many = false;
};
BOOST_DESCRIBE_STRUCT(ProposedDates, (), (items, is_too_many))

// By the calendar: the country's public holidays and the county's own days off. A suggestion; nothing is left out by itself.
ProposedDates propose_dates(Call&, AskDates const&);

} // namespace concentric::activities
