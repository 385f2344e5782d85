#pragma once

#include "modules/activities/views.hpp"
#include "modules/directory/person_data.hpp"

// Who waits for a place, as the organiser sees it. Everybody else sees their own position alone.
namespace concentric::activities {

struct WaitingPerson {
    std::int64_t position = 0; // from 1; 0 for whoever has an offer
    PersonId person;
    std::string name;
    std::optional<PersonId> student;
    std::string student_name;
    std::string quota; // its name; empty for places that are everybody's
    Instant since;
    bool had_turn = false, is_together = false;
    std::optional<Instant> offered_until;
    std::optional<std::string> moved_for; // the reason, where the organiser moved them
};
BOOST_DESCRIBE_STRUCT(WaitingPerson, (),
    (position, person, name, student, student_name, quota, since, had_turn, is_together, offered_until, moved_for))

struct ListWaiting {
    ActivityId id;
    std::optional<Text<1, 60>> q;
    std::optional<Text<1, 20>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListWaiting, (), (id, q, after, limit))

enum class Destination { front, end };
BOOST_DESCRIBE_ENUM(Destination, front, end)

struct MoveWaiting {
    ActivityId id;
    PersonId person;
    Destination to = Destination::front;
    Text<2, 200> reason;
};
BOOST_DESCRIBE_STRUCT(MoveWaiting, (), (id, person, to, reason))

// Whoever has an offer first, then the line.
Page<WaitingPerson> list_waiting(Call&, ListWaiting const&);
Download export_waiting(Call&, OneActivity const&);
// Behind those who were moved there before; with those whom they came together with. 404 for whoever does not wait.
WaitingPerson move_waiting(Call&, MoveWaiting const&);

void add_moves_data(Call&, directory::PersonDataAsked const&);

} // namespace concentric::activities
