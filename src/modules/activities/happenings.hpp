#pragma once

#include "modules/activities/tables.hpp"
#include "modules/activities/timetable.hpp"

// What happens to events, told within the transaction to modules above that made them.
namespace concentric::activities {

struct ActivityMoved {
    ActivityId id;
    Stretch time;
};
struct ActivityCancelled {
    ActivityId id;
    std::string const& reason;
};
// It was entered in the ledger.
struct ActivityClosed {
    ActivityId id;
    Stretch time;
    std::int64_t minutes = 0; // as far as it is over
};
// Its entries were taken back.
struct ActivityReopened {
    ActivityId id;
    std::string const& reason;
};

// Somebody is about to get a place or one on the waiting list; a listener that throws refuses it.
struct SignUpAsked {
    ActivityRow const& activity;
    PersonId person;
};

} // namespace concentric::activities
