#pragma once

#include "modules/instructors/bookings.hpp"

// A booking's way: asked for, accepted, declined or moved to another time, cancelled, carried out. Nobody is booked twice at a
// time, and nobody without a certificate that holds then.
namespace concentric::instructors {

// Asked by a school or community for an audience (permission append_entries, since the event ends as its entries), or by a carer
// for a consultation about a child.
struct AskBooking {
    ItemId item;
    std::vector<Instant> wished; // one to three
    Mode mode = Mode::on_site;
    std::optional<OrganisationId> organisation; // the viewer's own when it is left out
    std::optional<std::vector<OrganisationId>> invited; // within it; all of it when it is left out
    std::optional<Text<1, 40>> kind; // of the event; by the item's form when it is left out
    std::optional<Within<1, 100'000>> expected; // people
    std::optional<PersonId> student; // whom a consultation is about; the carer's first child when it is left out
    std::optional<Text<0, 200>> place; // needed on site, but for consultations
    std::optional<Text<0, 500>> link; // of a meeting: http or https
    std::optional<Text<0, 2000>> message;
};
BOOST_DESCRIBE_STRUCT(AskBooking, (), (item, wished, mode, organisation, invited, kind, expected, student, place, link, message))
void check(AskBooking const&, Problems&);

enum class Answer { accept, decline, propose };
BOOST_DESCRIBE_ENUM(Answer, accept, decline, propose)
struct AnswerBooking {
    BookingId id;
    Answer answer = Answer::accept;
    std::optional<Instant> starts_at; // one of the wished ones, or the proposed one
    std::optional<Text<2, 500>> reason; // needed to decline
    std::optional<Text<0, 200>> place;
    std::optional<Text<0, 500>> link;
};
BOOST_DESCRIBE_STRUCT(AnswerBooking, (), (id, answer, starts_at, reason, place, link))
void check(AnswerBooking const&, Problems&);

struct CancelBooking {
    BookingId id;
    Text<2, 500> reason;
    std::optional<bool> keeps_event; // the event takes place without the instructor
};
BOOST_DESCRIBE_STRUCT(CancelBooking, (), (id, reason, keeps_event))
struct NoteDelivery {
    BookingId id;
    bool was_there = true; // the family
};
BOOST_DESCRIBE_STRUCT(NoteDelivery, (), (id, was_there))

BookingView ask_booking(Call&, AskBooking const&);
// By the instructor. 409 when the time is taken meanwhile or the certificate does not last.
BookingView answer_booking(Call&, AnswerBooking const&);
// By whoever asked, to the proposed time.
BookingView agree(Call&, OneBooking const&);
// By either side or an official; whoever signed up for its event is told.
BookingView cancel_booking(Call&, CancelBooking const&);
// Of a consultation, by the instructor, once it has begun: an event's attendance says it by itself. Both entries of the ledger.
BookingView note_delivery(Call&, NoteDelivery const&);
BookingView take_delivery_back(Call&, OneBooking const&);

// Notes that a booking was carried out: the instructor's entry in the ledger. 409 without a certificate that held then.
void record_delivery(Call&, BookingRow, std::int64_t minutes);
void reverse_delivery(Call&, BookingRow const&, std::string const& reason);

} // namespace concentric::instructors
