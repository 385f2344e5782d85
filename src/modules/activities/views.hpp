#pragma once

#include "modules/activities/access.hpp"
#include "modules/activities/feedback.hpp"
#include "modules/activities/place_rules.hpp"
#include "modules/learning/catalogue.hpp"

// An event as people see it, with what they have of it themselves.
namespace concentric::activities {

// People whose name fits what is searched for.
constexpr std::int64_t most_found = 500;

// Somebody's own part: a place, a slot, having been there. Several where a carer brings several pupils.
struct OwnPart {
    PersonId person;
    std::optional<PersonId> student;
    std::string student_name;
    std::optional<SignUpState> state;
    std::int64_t ahead = 0; // on the waiting list
    std::optional<Instant> offered_until; // a free place is held: it waits for an answer
    std::string name; // of whoever comes
    std::optional<std::int64_t> slot;
    std::optional<Instant> slot_at;
    bool is_present = false;
    std::optional<std::int64_t> minutes; // once the event is closed
};
BOOST_DESCRIBE_STRUCT(
    OwnPart, (), (person, student, student_name, state, ahead, offered_until, name, slot, slot_at, is_present, minutes))

struct ActivityBrief {
    ActivityId id;
    std::optional<ActivityId> series;
    std::string kind, kind_name, title;
    Instant starts_at, ends_at;
    std::string place, link;
    directory::OrganisationBrief organiser;
    Audience audience = Audience::families;
    ActivityState state = ActivityState::announced;
    bool needs_sign_up = false, has_slots = false;
    std::int64_t capacity = 0; // 0: as many as come; of consultations the number of slots
    std::int64_t placed = 0, waiting = 0, present = 0; // people, or booked slots
    std::vector<OwnPart> own;
};
BOOST_DESCRIBE_STRUCT(ActivityBrief, (),
    (id, series, kind, kind_name, title, starts_at, ends_at, place, link, organiser, audience, state, needs_sign_up, has_slots,
        capacity, placed, waiting, present, own))

struct SlotView {
    std::int64_t number = 0;
    Instant starts_at, ends_at;
    bool is_free = true, is_own = false;
};
BOOST_DESCRIBE_STRUCT(SlotView, (), (number, starts_at, ends_at, is_free, is_own))

// What a closed event left in the ledger.
struct ResultView {
    std::int64_t participants = 0, minutes = 0; // of all together
    std::vector<EntryId> held; // of the organisations that held it
};
BOOST_DESCRIBE_STRUCT(ResultView, (), (participants, minutes, held))

struct ActivityView : ActivityBrief {
    std::string summary; // Markdown
    std::vector<directory::OrganisationBrief> invited, partners;
    std::vector<directory::PersonBrief> leaders;
    std::optional<directory::OrganisationBrief> resource;
    std::int64_t remind_minutes = 0;
    std::string reason; // of a cancellation
    std::optional<learning::LessonRef> replay;
    std::vector<SlotView> slots;
    std::vector<directory::PersonBrief> children; // the viewer's, whom it is for
    bool may_manage = false, may_run = false, may_come = false;
    bool travels = false; // there is a sheet and consents
    bool may_rate = false;
    std::optional<OwnFeedback> feedback;
    std::int64_t following = 0; // later ones of the timetable that are still to come
    std::optional<ResultView> result;
    std::string closed_by;
    std::optional<Instant> closed_at;
    PlacesView places;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ActivityView, (ActivityBrief),
    (summary, invited, partners, leaders, resource, remind_minutes, reason, replay, slots, children, may_manage, may_run, may_come,
        travels, may_rate, feedback, following, result, closed_by, closed_at, places, version))

struct OneActivity {
    ActivityId id;
};
BOOST_DESCRIBE_STRUCT(OneActivity, (), (id))

// With figures and the viewer's own part, in the order given.
std::vector<ActivityBrief> briefs_of(Call&, std::vector<OwnedActivity> const&);
ActivityView view_of(Call&, OwnedActivity const&);
// As it is after a change.
ActivityView view_again(Call&, ActivityId);

} // namespace concentric::activities
