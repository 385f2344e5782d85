#pragma once

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
};
BOOST_DESCRIBE_STRUCT(CheckIn, (), (id, code, student))

// From an hour before the start until the end; 409 otherwise, and for consultations, whose slots are ticked.
CheckInCode show_check_in_code(Call&, OneActivity const&);
// Counts from now until the end. 422 for a wrong or an old code, 429 after several; 409 for whoever has no place where one is
// needed.
ActivityView check_in(Call&, CheckIn const&);

} // namespace concentric::activities
