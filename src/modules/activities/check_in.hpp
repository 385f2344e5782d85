#pragma once

#include "modules/activities/scan_rules.hpp"
#include "modules/activities/views.hpp"

// Checking in by the code that the organiser shows: six digits that change every minute and that nobody can reckon without the
// installation's key.
namespace concentric::activities {

struct CheckInCode {
    std::string code;
    Instant changes_at; // when the next one is shown; this one is taken for a minute more
    std::int64_t present = 0; // how many are there by now
};
BOOST_DESCRIBE_STRUCT(CheckInCode, (), (code, changes_at, present))

struct CheckIn {
    ActivityId id;
    Text<6, 6> code;
    std::optional<PersonId> student;
    std::optional<Direction> direction; // in when it is left out
    std::optional<Instant> code_read_at; // now when it is left out; earlier where the phone was off line
};
BOOST_DESCRIBE_STRUCT(CheckIn, (), (id, code, student, direction, code_read_at))

// From an hour before the start until the end; 409 otherwise, and for consultations, whose slots are ticked.
CheckInCode show_check_in_code(Call&, OneActivity const&);
// A scan of one's own, at the moment when the code was read. A phone that was off line then hands it in within seven days, also
// after the event was closed. 422 for a wrong or an old code, 429 after several; 409 for whoever has no place where one is needed.
ActivityView check_in(Call&, CheckIn const&);

} // namespace concentric::activities
