#pragma once

#include "modules/service/offers.hpp"

// What pupils who were there say of a base: once for each event, with words that the school may hide.
namespace concentric::service {

struct RateBase {
    ActivityId id;
    PersonId student;
    Within<1, 5> stars{5};
    Text<0, 500> words;
};
BOOST_DESCRIBE_STRUCT(RateBase, (), (id, student, stars, words))

// As a base's page shows it, without any name.
struct SaidOfBase {
    std::int64_t stars = 0;
    std::string words; // "" while hidden
    Day on;
};
BOOST_DESCRIBE_STRUCT(SaidOfBase, (), (stars, words, on))

// As the pupil's school sees it.
struct RatingView {
    RatingId id;
    directory::OrganisationBrief base;
    std::string title; // of the event
    directory::PersonBrief student;
    std::string class_name;
    std::int64_t stars = 0;
    std::string words;
    Instant rated_at;
    bool is_hidden = false;
    std::string hidden_by, hidden_because;
};
BOOST_DESCRIBE_STRUCT(
    RatingView, (), (id, base, title, student, class_name, stars, words, rated_at, is_hidden, hidden_by, hidden_because))

struct ListRatings {
    std::optional<bool> is_hidden;
    std::optional<bool> has_words;
    std::optional<RatingId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListRatings, (), (is_hidden, has_words, after, limit))

struct HideRating {
    RatingId id;
    Text<2, 500> reason;
};
BOOST_DESCRIBE_STRUCT(HideRating, (), (id, reason))
struct OneRating {
    RatingId id;
};
BOOST_DESCRIBE_STRUCT(OneRating, (), (id))

struct FindBases {
    std::optional<Text<1, 60>> q;
    std::optional<OrganisationId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(FindBases, (), (q, after, limit))
struct OneBase {
    OrganisationId id;
};
BOOST_DESCRIBE_STRUCT(OneBase, (), (id))
struct BaseView {
    directory::OrganisationBrief base;
    RatingSummary rating;
};
BOOST_DESCRIBE_STRUCT(BaseView, (), (base, rating))
struct BasePage : BaseView {
    std::vector<SaidOfBase> said; // none of too few; the newest 50
};
BOOST_DESCRIBE_STRUCT(BasePage, (BaseView), (said))

// By a carer, for a child who was there, once the event is closed; said again it replaces what was said, unless the school has
// hidden it. Stars of a resource are an entry of the ledger.
OfferPage rate(Call&, RateBase const&);
// Of pupils within reach, the newest first, for whoever keeps order among families.
Page<RatingView> list_ratings(Call&, ListRatings const&);
// The stars go on counting, nobody reads the words.
RatingView hide_rating(Call&, HideRating const&);
RatingView show_rating_again(Call&, OneRating const&);

// Where pupils have served or may.
Page<BaseView> list_bases(Call&, FindBases const&);
BasePage show_base(Call&, OneBase const&);

std::optional<RatingRow> rating_of(Call&, ActivityId, PersonId student);
RatingSummary rating_summary(Call&, OrganisationId base);

} // namespace concentric::service
