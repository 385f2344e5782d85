#pragma once

#include "modules/activities/coming.hpp"
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
    std::optional<PersonId> person; // of somebody whom the viewer signed up; themselves when both are left out
};
BOOST_DESCRIBE_STRUCT(WithdrawSignUp, (), (id, student, person))
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

// While sign-up is open; 409 otherwise, and for consultations, whose slots are booked. Doing it again changes nothing.
SignedUp sign_up(Call&, SignUp const&);
void sign_up_together(Call&, std::span<BatchItem>);
// From a place, the waiting list or an offer; who waits moves up. Whoever comes again stands at the end.
ActivityView withdraw_sign_up(Call&, WithdrawSignUp const&);
// Takes the places that are held for the viewer and those whom they signed up. 409 when the time is over.
ActivityView accept_offer(Call&, OneActivity const&);
// 409 when somebody else has it, or the viewer has another one of the same event.
ActivityView book_slot(Call&, BookSlot const&);
ActivityView free_slot(Call&, OneSlot const&);

std::optional<SignUpRow> sign_up_of(Call&, ActivityId, PersonId);

} // namespace concentric::activities
