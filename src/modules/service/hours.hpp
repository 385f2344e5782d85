#pragma once

#include "modules/service/offers.hpp"

// Who was there from when to when, in the community's word, before the event's closing enters it.
namespace concentric::service {

struct ServedLine {
    PersonId student;
    std::string name, class_name;
    std::optional<activities::SignUpState> state;
    std::optional<Instant> from_at, until_at; // none: was not there
    std::int64_t minutes = 0;
    bool is_by_hand = false; // no scan says so
    std::string overlap; // where the same pupil served at that time
};
BOOST_DESCRIBE_STRUCT(ServedLine, (), (student, name, class_name, state, from_at, until_at, minutes, is_by_hand, overlap))

struct Correction {
    Instant made_at;
    std::string made_by, reason;
};
BOOST_DESCRIBE_STRUCT(Correction, (), (made_at, made_by, reason))

struct ServedList {
    std::vector<ServedLine> items;
    std::vector<Correction> corrections; // the latest first
};
BOOST_DESCRIBE_STRUCT(ServedList, (), (items, corrections))

struct ServedTime {
    PersonId student;
    std::optional<Instant> from_at, until_at; // both left out: was not there
};
BOOST_DESCRIBE_STRUCT(ServedTime, (), (student, from_at, until_at))

struct ConfirmHours {
    ActivityId id;
    std::vector<ServedTime> lines;
    std::optional<bool> closes; // and enters them in the ledger, in the same step
};
BOOST_DESCRIBE_STRUCT(ConfirmHours, (), (id, lines, closes))
void check(ConfirmHours const&, Problems&);

// For whoever runs the event.
ServedList list_hours(Call&, activities::OneActivity const&);
// The same words again change nothing; what scans say stays where the time is the same. 422 for pupils who did not sign up, times
// outside the event, and times at which the pupil served elsewhere; 409 once it was closed with other words.
ServedList confirm_hours(Call&, ConfirmHours const&);

// Listeners: closing by any way is refused where somebody would serve twice at one time; reopening leaves its reason.
void event_closed(Call&, activities::ActivityClosed const&);
void event_reopened(Call&, activities::ActivityReopened const&);

} // namespace concentric::service
