#pragma once

#include "modules/activities/budget.hpp"
#include "modules/activities/travel.hpp"
#include "modules/activities/views.hpp"

// Announcing an event, once or by a timetable, changing and cancelling it.
namespace concentric::activities {

using Capacity = Within<0, 100'000>;
using ReminderMinutes = Within<0, 7 * 24 * 60>;
using SlotMinutes = Within<5, 240>;

struct AnnounceActivity {
    std::optional<OrganisationId> organiser; // the viewer's organisation when it is left out
    Text<1, 40> kind;
    Text<1, 120> title;
    std::optional<Text<0, 10'000>> summary; // Markdown
    Instant starts_at, ends_at; // in the past too, for what was held before it was written down
    std::optional<Text<0, 200>> place;
    std::optional<Text<0, 500>> link; // of a meeting: http or https
    Audience audience = Audience::families;
    std::vector<OrganisationId> invited; // the organiser itself when it is empty
    std::vector<OrganisationId> partners; // that hold it too
    std::vector<PersonId> leaders; // of the staff
    std::optional<OrganisationId> resource;
    std::optional<Capacity> capacity; // 0: as many as come
    std::optional<bool> needs_sign_up;
    std::optional<SlotMinutes> slot_minutes; // of a consultation; 30 when it is left out
    std::optional<ReminderMinutes> remind_minutes; // a day when it is left out; 0: nobody is reminded
    std::optional<Every> every;
    std::optional<Day> until; // of a timetable
    std::vector<Day> skipped; // its dates that are left out
    std::optional<PlaceRules> places; // moments of the first date; they move with the others
    std::optional<TravelSheet> travel; // where pupils leave the school
    std::optional<PlannedBudget> budget; // of a timetable: of each date
};
BOOST_DESCRIBE_STRUCT(AnnounceActivity, (),
    (organiser, kind, title, summary, starts_at, ends_at, place, link, audience, invited, partners, leaders, resource, capacity,
        needs_sign_up, slot_minutes, remind_minutes, every, until, skipped, places, travel, budget))
// The same as it is kept in a draft or a template, in answers.
struct KeptContent : AnnounceActivity { };
BOOST_DESCRIBE_STRUCT(KeptContent, (AnnounceActivity), ())
// Everything that stands against announcing it, apart from who asks.
void check(AnnounceActivity const&, Problems&);
// Of that, what the kind asks for: whom it is for, and where pupils travel a whole sheet.
void check_kind(AnnounceActivity const&, Problems&);
// When it takes place: once, or by its timetable without the dates left out.
std::vector<Stretch> dates_of(AnnounceActivity const&);

// Of a timetable: this one alone, or with all later ones that are still to come.
enum class Scope { one, following };
BOOST_DESCRIBE_ENUM(Scope, one, following)

// What is left out stays as it is. Times move the later ones by as much.
struct ChangeActivity {
    ActivityId id;
    std::optional<Scope> scope;
    std::optional<Text<1, 120>> title;
    std::optional<Text<0, 10'000>> summary;
    std::optional<Instant> starts_at, ends_at;
    std::optional<Text<0, 200>> place;
    std::optional<Text<0, 500>> link;
    std::optional<std::vector<PersonId>> leaders;
    std::optional<Capacity> capacity;
    std::optional<bool> needs_sign_up;
    std::optional<ReminderMinutes> remind_minutes;
    std::optional<PlaceRules> places; // all of them; moments of this date
};
BOOST_DESCRIBE_STRUCT(ChangeActivity, (),
    (id, scope, title, summary, starts_at, ends_at, place, link, leaders, capacity, needs_sign_up, remind_minutes, places))
void check(ChangeActivity const&, Problems&);

struct CancelActivity {
    ActivityId id;
    Text<2, 500> reason;
    std::optional<Scope> scope;
};
BOOST_DESCRIBE_STRUCT(CancelActivity, (), (id, reason, scope))

struct SetReplay {
    ActivityId id;
    std::optional<learning::UnitId> lesson; // left out: none any more
};
BOOST_DESCRIBE_STRUCT(SetReplay, (), (id, lesson))

// Gives the first one of a timetable. 422 for organisations out of reach, and for what needs approval first (approval.hpp).
ActivityView announce(Call&, AnnounceActivity const&);
// What was approved, or by somebody who may approve.
ActivityId announce_approved(Call&, AnnounceActivity const&);
// For modules above, which have checked who asks for it: on behalf of somebody who may append entries for the organiser, led by
// anybody. 422 as for announce.
ActivityId announce_for(Call&, AnnounceActivity const&, PersonId announcer);
void cancel_for(Call&, ActivityId, std::string const& reason);
// Takes somebody from those who lead it.
void remove_leader(Call&, ActivityId, PersonId leader);
// When the person leads events that are not cancelled and end after that moment; one of them aside.
std::vector<Stretch> led_by(Call&, PersonId, Instant from, ActivityId except = {});

// Tells those who come where time or place changed; gives waiting people the places that more capacity makes.
ActivityView change_activity(Call&, ChangeActivity const&);
// Tells those who come or wait. 409 once it was closed.
ActivityView cancel_activity(Call&, CancelActivity const&);
ActivityView set_replay(Call&, SetReplay const&);

} // namespace concentric::activities
