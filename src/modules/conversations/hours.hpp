#pragma once

#include "core/route.hpp"
#include "modules/notices/rules.hpp"

#include <span>
#include <unordered_map>

// When teachers are there for families: their own hours, else their school's, else those that the program names. Outside of them
// nobody is disturbed, and whoever writes hears when the message will be read.
namespace concentric::conversations {

using notices::MinuteOfDay;
using Weekday = Within<1, 7>; // 1 for Monday to 7 for Sunday

// China Standard Time; from before until.
struct OfficeHours {
    std::vector<Weekday> days{{1}, {2}, {3}, {4}, {5}};
    MinuteOfDay from{8 * 60}, until{18 * 60};
    std::optional<Day> away_until; // the last day of an absence
    Text<0, 300> answer; // added to what the automatic answer says
};
BOOST_DESCRIBE_STRUCT(OfficeHours, (), (days, from, until, away_until, answer))
void check(OfficeHours const&, Problems&);

// That moment when it lies within the hours, else the next one at which they begin.
Instant next_open(OfficeHours const&, Instant);

enum class HoursSource { own, school, usual };
BOOST_DESCRIBE_ENUM(HoursSource, own, school, usual)

struct OwnOfficeHours : OfficeHours {
    HoursSource source = HoursSource::usual;
};
BOOST_DESCRIBE_STRUCT(OwnOfficeHours, (OfficeHours), (source))

// Of people at one school; everybody is in the answer.
std::unordered_map<PersonId, OwnOfficeHours> office_hours_of(Call&, std::span<std::int64_t const> people, OrganisationId school);

Routes hours_routes();

} // namespace concentric::conversations
