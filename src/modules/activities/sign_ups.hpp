#pragma once

#include "modules/activities/views.hpp"

// Coming to an event: a place or one on the waiting list, and the slots of a consultation, of which each is booked once.
namespace concentric::activities {

struct SignUp {
    ActivityId id;
    std::optional<PersonId> student; // whose carer comes, or the pupil who comes; the first child invited when it is left out
};
BOOST_DESCRIBE_STRUCT(SignUp, (), (id, student))
struct WithdrawSignUp {
    ActivityId id;
    std::optional<PersonId> student; // of a pupil's own place
};
BOOST_DESCRIBE_STRUCT(WithdrawSignUp, (), (id, student))
struct BookSlot {
    ActivityId id;
    Within<1, 1000> number;
    std::optional<PersonId> student;
};
BOOST_DESCRIBE_STRUCT(BookSlot, (), (id, number, student))
struct OneSlot {
    ActivityId id;
    Within<1, 1000> number;
};
BOOST_DESCRIBE_STRUCT(OneSlot, (), (id, number))

// Until the event begins; 409 afterwards, and for consultations, whose slots are booked. Doing it again changes nothing.
ActivityView sign_up(Call&, SignUp const&);
// The first of the waiting list gets the place and is told.
ActivityView withdraw_sign_up(Call&, WithdrawSignUp const&);
// 409 when somebody else has it, or the viewer has another one of the same event.
ActivityView book_slot(Call&, BookSlot const&);
ActivityView free_slot(Call&, OneSlot const&);

// Gives free places to those who have waited longest. The event is held.
void fill_free_places(Call&, ActivityRow const&);
std::optional<SignUpRow> sign_up_of(Call&, ActivityId, PersonId);

} // namespace concentric::activities
