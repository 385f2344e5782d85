#pragma once

#include "modules/instructors/scheme.hpp"

// Bookings of instructors as both sides see them, and the lists of them.
namespace concentric::instructors {

struct OwnRating {
    std::int64_t stars = 0;
    std::string words, answer;
};
BOOST_DESCRIBE_STRUCT(OwnRating, (), (stars, words, answer))

struct BookingView {
    BookingId id;
    ItemId item;
    std::string title;
    Form form = Form::lecture;
    std::string kind, kind_name; // of the event
    Audience audience = Audience::families;
    directory::PersonBrief instructor, booker;
    std::optional<directory::OrganisationBrief> organisation;
    std::string student_name; // of a consultation; for both sides alone, as the message is
    std::int64_t minutes = 0, expected = 0;
    Mode mode = Mode::on_site;
    std::string place, link, message;
    std::vector<Instant> wished;
    std::optional<Instant> starts_at, ends_at; // agreed or proposed
    BookingState state = BookingState::asked;
    std::string reason;
    std::optional<ActivityId> activity;
    bool lacks_certificate = false; // still open, and the instructor's certificate does not last until then
    bool is_short_notice = false; // it was cancelled shortly before
    bool has_booked = false, is_instructor = false, may_rate = false; // the viewer
    std::optional<OwnRating> rating; // the viewer's own
    std::int64_t ratings = 0;
    Instant created_at, changed_at;
    std::string changed_by;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(BookingView, (),
    (id, item, title, form, kind, kind_name, audience, instructor, booker, organisation, student_name, minutes, expected, mode,
        place, link, message, wished, starts_at, ends_at, state, reason, activity, lacks_certificate, is_short_notice, has_booked,
        is_instructor, may_rate, rating, ratings, created_at, changed_at, changed_by, version))

// `own`: the viewer's, and their organisation's for whoever enters things for it; `received`: as the instructor; `attended`:
// carried out where the viewer was; `all`: for officials.
enum class Side { own, received, attended, all };
BOOST_DESCRIBE_ENUM(Side, own, received, attended, all)
// `attention`: open ones whose instructor's certificate does not last.
enum class Which { open, past, attention };
BOOST_DESCRIBE_ENUM(Which, open, past, attention)

struct ListBookings {
    std::optional<Side> side; // own when it is left out
    std::optional<Which> which;
    std::optional<PersonId> instructor;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListBookings, (), (side, which, instructor, after, limit))

struct OneBooking {
    BookingId id;
};
BOOST_DESCRIBE_STRUCT(OneBooking, (), (id))

// The newest first.
Page<BookingView> list_bookings(Call&, ListBookings const&);
BookingView show_booking(Call&, OneBooking const&);
Download bookings_sheet(Call&, ListBookings const&);

// What the viewer has to do with a booking.
struct BookingPart {
    bool has_booked = false; // for the family or the organisation
    bool is_instructor = false;
    bool was_there = false;
    bool is_official = false;
    bool any() const { return has_booked || is_instructor || was_there || is_official; }
};
BookingPart part_of(Call&, BookingRow const&);

Words words_of(BookingState);

// Waits for others who change it; 404 for whoever has no part in it.
BookingRow held_booking(Call&, BookingId);
BookingView view_again(Call&, BookingId);

} // namespace concentric::instructors
