#pragma once

#include "modules/activities/access.hpp"
#include "modules/activities/places.hpp"
#include "modules/directory/words.hpp"

// How the places of an event are given: from when until when people sign up, places kept for some of them, what happens to whoever
// waits.
namespace concentric::activities {

// Who waits gets a free place at once, or is asked and answers within a time.
enum class WaitingRule { automatic, offer };
BOOST_DESCRIBE_ENUM(WaitingRule, automatic, offer)

enum class ComingAs { carer, pupil, staff };
BOOST_DESCRIBE_ENUM(ComingAs, carer, pupil, staff)

using OfferMinutes = Within<5, 7 * 24 * 60>;
inline constexpr std::int64_t usual_offer = 12 * 60;
inline constexpr std::size_t most_quotas = 40;

// Places for whoever is all of this; what is left out fits everybody.
struct QuotaContent {
    std::optional<OrganisationId> unit; // a class, a grade, a school: where the pupil learns or the staff works
    std::optional<directory::StageName> stage;
    std::optional<ComingAs> role;
    std::optional<directory::OrganisationKind> kind;
    Within<1, 100'000> places;
};
BOOST_DESCRIBE_STRUCT(QuotaContent, (), (unit, stage, role, kind, places))

struct PlaceRules {
    std::optional<Instant> opens_at, closes_at; // at once, until it begins
    std::optional<WaitingRule> waiting; // automatic when it is left out
    std::optional<OfferMinutes> offer_minutes; // half a day when it is left out
    std::optional<Instant> release_at; // from then on what quotas left is everybody's; left out: never
    std::vector<QuotaContent> quotas; // whoever fits several is of the first
};
BOOST_DESCRIBE_STRUCT(PlaceRules, (), (opens_at, closes_at, waiting, offer_minutes, release_at, quotas))
// Problems at "/places/…".
void check(PlaceRules const&, std::int64_t capacity, Problems&);

struct PlaceRulesRow {
    std::int64_t county = 0;
    ActivityId activity;
    Instant opens_at, closes_at, closed_at; // closed_at: the organiser takes no more sign-ups
    WaitingRule waiting = WaitingRule::automatic;
    std::int64_t offer_minutes = usual_offer;
    Instant release_at;
    bool is_released = false;
};
BOOST_DESCRIBE_STRUCT(
    PlaceRulesRow, (), (county, activity, opens_at, closes_at, closed_at, waiting, offer_minutes, release_at, is_released))

struct QuotaRow {
    std::int64_t county = 0;
    ActivityId activity;
    std::int64_t number = 0; // from 1
    OrganisationId unit;
    std::string stage, role, kind;
    std::int64_t places = 0;
};
BOOST_DESCRIBE_STRUCT(QuotaRow, (), (county, activity, number, unit, stage, role, kind, places))

struct QuotaView {
    std::int64_t number = 0;
    std::optional<directory::OrganisationBrief> unit;
    std::optional<std::string> stage, kind;
    std::optional<ComingAs> role;
    std::string name; // "小学 · 家长"
    std::int64_t places = 0, taken = 0;
};
BOOST_DESCRIBE_STRUCT(QuotaView, (), (number, unit, stage, kind, role, name, places, taken))

struct PlacesView {
    std::optional<Instant> opens_at, closes_at, release_at;
    WaitingRule waiting = WaitingRule::automatic;
    std::int64_t offer_minutes = usual_offer;
    bool is_closed = false; // by the organiser
    bool is_open = false; // one may sign up now
    bool is_released = false;
    std::vector<QuotaView> quotas;
};
BOOST_DESCRIBE_STRUCT(
    PlacesView, (), (opens_at, closes_at, release_at, waiting, offer_minutes, is_closed, is_open, is_released, quotas))

PlaceRulesRow place_rules_of(Call&, ActivityId);
std::vector<QuotaRow> quotas_of(Call&, ActivityId);
PlacesView places_view(Call&, ActivityRow const&);

// The event is held. Times move by `shift` milliseconds, for the later ones of a timetable. Whoever has signed up is counted anew.
void set_place_rules(Call&, OwnedActivity const&, PlaceRules const&, std::int64_t shift);
void move_place_rules(Call&, ActivityId, std::int64_t shift);
// 422 at /capacity where quotas need more.
void require_room_for_quotas(Call&, ActivityRow const&);

// 409 before sign-up opens, after it has closed, and once the event has begun.
void require_open(Call const&, ActivityRow const&, PlaceRulesRow const&);
void require_before_start(Call const&, ActivityRow const&);

// The organiser takes no more sign-ups, or takes them again. Places that become free still go to those who wait.
struct ActivityView;
struct OneActivity;
ActivityView close_sign_up(Call&, OneActivity const&);
ActivityView reopen_sign_up(Call&, OneActivity const&);

} // namespace concentric::activities
