#pragma once

#include "core/call.hpp"

// What lies in somebody's calendar, told by every module in one shape.
namespace concentric::directory {

enum class HappeningKind {
    activity,
    live,
    consultation,
    classroom,
    booking,
    visit,
    duty,
    form,
    notice,
    term,
    holiday,
    working_day,
    day_off
};
BOOST_DESCRIBE_ENUM(
    HappeningKind, activity, live, consultation, classroom, booking, visit, duty, form, notice, term, holiday, working_day, day_off)

struct Happening {
    HappeningKind kind = HappeningKind::activity;
    std::string id; // the same each time it is told: "activity-123"
    std::string title;
    std::string about; // the name of whom else it is about: a pupil who is visited; only for eyes within the platform
    PersonId person; // of those asked about
    PersonId child; // whom the person goes for or with; 0: none
    Instant from, until; // of a deadline both are the same
    std::string place;
    std::string link; // the console's page
    std::int64_t sequence = 0; // grows with every change
    Instant changed_at; // 0 where nobody noted it
    bool is_called_off = false;
    bool is_binding = true; // somebody has said that they come: at the same time they can be nowhere else
    bool is_waiting = false; // for a place: nothing binds yet
    bool is_confidential = false; // outside of the platform not even its title is told
};

// Asked of every module: what concerns these people between two moments? The viewer is the first of them; the others are children
// whom the viewer may see. Whoever only wants to know who is occupied leaves deadlines and open invitations out.
struct HappeningsAsked {
    std::vector<std::int64_t> people;
    Instant from, until;
    bool only_binding = false;
    std::vector<Happening>* items;
};

// What all modules tell, by time, each once for each person.
std::vector<Happening> happenings(Call&, HappeningsAsked);
// When somebody, who needs not be the viewer, has said to be somewhere.
std::vector<Happening> taken_times_of(Call const&, PersonId, Instant from, Instant until);

} // namespace concentric::directory
