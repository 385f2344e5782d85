#pragma once

#include "modules/instructors/bookings.hpp"

// What those who booked an instructor or were there say of it: once each, answered once, and hidden where the words are abusive.
namespace concentric::instructors {

struct RatingView {
    RatingId id;
    BookingId booking;
    std::string title;
    std::int64_t stars = 0;
    std::string words; // "" while hidden
    bool is_hidden = false;
    Instant rated_at;
    std::string answer;
    std::optional<Instant> answered_at;
    std::optional<directory::PersonBrief> instructor, rater; // for officials alone
    std::optional<std::string> hidden_because, hidden_by; // for officials alone
};
BOOST_DESCRIBE_STRUCT(RatingView, (),
    (id, booking, title, stars, words, is_hidden, rated_at, answer, answered_at, instructor, rater, hidden_because, hidden_by))

struct Rate {
    BookingId id;
    Within<1, 5> stars{5};
    Text<0, 1000> words;
};
BOOST_DESCRIBE_STRUCT(Rate, (), (id, stars, words))
struct AnswerRating {
    RatingId id;
    Text<1, 1000> answer;
};
BOOST_DESCRIBE_STRUCT(AnswerRating, (), (id, answer))
struct HideRating {
    RatingId id;
    Text<2, 500> reason;
};
BOOST_DESCRIBE_STRUCT(HideRating, (), (id, reason))
struct OneRating {
    RatingId id;
};
BOOST_DESCRIBE_STRUCT(OneRating, (), (id))
struct ListRatings {
    std::optional<PersonId> instructor;
    std::optional<bool> is_hidden;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListRatings, (), (instructor, is_hidden, after, limit))

// By whoever booked or was there, once it was carried out; changed until the instructor answers. 404 for others.
BookingView rate(Call&, Rate const&);
// By the instructor, once.
RatingView answer_rating(Call&, AnswerRating const&);
// By an official: the stars go on counting, nobody reads the words; the trace stays with the rating.
RatingView hide_rating(Call&, HideRating const&);
RatingView show_rating_again(Call&, OneRating const&);
Page<RatingView> list_ratings(Call&, ListRatings const&);

// For everybody: none of fewer than three. The newest first, 50 at most.
std::vector<RatingView> public_ratings(Call&, PersonId instructor);

} // namespace concentric::instructors
