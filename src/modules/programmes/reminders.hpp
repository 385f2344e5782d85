#pragma once

#include "modules/programmes/board.hpp"

// Reminds those learners of a training class who are behind; never those who keep up or are done.
namespace concentric::programmes {

struct SendReminders {
    ClassId id;
    std::vector<PersonId> people; // empty: everybody who is behind
};
BOOST_DESCRIBE_STRUCT(SendReminders, (), (id, people))
void check(SendReminders const&, Problems&);

struct RemindersSent {
    std::int64_t sent = 0;
    std::int64_t not_behind = 0; // of those named: left in peace
    std::int64_t reminded_lately = 0; // within three days
};
BOOST_DESCRIBE_STRUCT(RemindersSent, (), (sent, not_behind, reminded_lately))

RemindersSent send_reminders(Call&, SendReminders const&);
Routes reminder_routes();

} // namespace concentric::programmes
