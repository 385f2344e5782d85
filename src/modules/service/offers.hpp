#pragma once

#include "modules/activities/announcing.hpp"
#include "modules/activities/happenings.hpp"
#include "modules/service/rules.hpp"

// Offers of service: events at which pupils do something for others, with the ages that they are for and what to bring.
namespace concentric::service {

struct OfferService {
    std::optional<OrganisationId> organiser; // the viewer's organisation when it is left out
    std::optional<OrganisationId> resource; // the base where it takes place
    ServiceKind kind = ServiceKind::community;
    Text<1, 120> title;
    std::optional<Text<0, 10'000>> summary;
    Instant starts_at, ends_at;
    Text<1, 200> place;
    std::vector<OrganisationId> invited; // the schools around the community when it is empty
    std::optional<activities::Capacity> capacity;
    std::optional<Age> age_from, age_to;
    std::optional<Text<0, 500>> needs;
    std::optional<activities::Every> every;
    std::optional<Day> until;
};
BOOST_DESCRIBE_STRUCT(OfferService, (),
    (organiser, resource, kind, title, summary, starts_at, ends_at, place, invited, capacity, age_from, age_to, needs, every,
        until))
void check(OfferService const&, Problems&);

struct ChangeTerms {
    ActivityId id;
    Age age_from{youngest}, age_to{oldest};
    Text<0, 500> needs;
};
BOOST_DESCRIBE_STRUCT(ChangeTerms, (), (id, age_from, age_to, needs))
void check(ChangeTerms const&, Problems&);

enum class When { coming, past };
BOOST_DESCRIBE_ENUM(When, coming, past)

struct ListOffers {
    std::optional<When> when; // coming when it is left out
    std::optional<ServiceKind> kind;
    std::optional<OrganisationId> organiser;
    std::optional<bool> is_mine;
    std::optional<Text<1, 60>> q;
    std::optional<Text<1, 60>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListOffers, (), (when, kind, organiser, is_mine, q, after, limit))

struct OfferView : activities::ActivityBrief {
    std::int64_t age_from = youngest, age_to = oldest;
    std::string needs;
};
BOOST_DESCRIBE_STRUCT(OfferView, (activities::ActivityBrief), (age_from, age_to, needs))

// What one of the viewer's children said of it, or may say.
struct OwnRating {
    PersonId student;
    std::string student_name;
    std::int64_t stars = 0; // 0: has not said anything
    std::string words;
};
BOOST_DESCRIBE_STRUCT(OwnRating, (), (student, student_name, stars, words))

struct OfferPage : activities::ActivityView {
    std::int64_t age_from = youngest, age_to = oldest;
    std::string needs;
    directory::OrganisationBrief base;
    RatingSummary rating; // of the base
    std::vector<OwnRating> own_ratings; // of children who were there
};
BOOST_DESCRIBE_STRUCT(OfferPage, (activities::ActivityView), (age_from, age_to, needs, base, rating, own_ratings))

// Gives the first one of a timetable. Whoever may announce events there.
OfferPage offer_service(Call&, OfferService const&);
// For whoever runs the event; of a timetable for all its dates.
OfferPage change_terms(Call&, ChangeTerms const&);
Page<OfferView> list_offers(Call&, ListOffers const&);
// 404 for events of other kinds.
OfferPage show_offer(Call&, activities::OneActivity const&);

// Ages and needs; those of everybody where nobody named any.
OfferRow terms_of(Call&, activities::ActivityRow const&);
// Where one serves: the resource, or else whoever offers it.
OrganisationId base_of(activities::ActivityRow const&);
// 404 unless the event is one of service.
void require_service(activities::ActivityRow const&);
bool is_service(activities::ActivityRow const&);

// Listener: refuses pupils of other ages.
void sign_up_asked(Call&, activities::SignUpAsked const&);

} // namespace concentric::service
