#pragma once

#include "modules/activities/views.hpp"

// Who is expected and who was there: the organiser's list.
namespace concentric::activities {

struct Attendee {
    PersonId person;
    std::string name;
    std::optional<PersonId> student; // the child that it counts for
    std::string student_name, unit_name;
    std::optional<SignUpState> state; // of a sign-up
    std::optional<Instant> slot_at;
    std::vector<PresenceSource> sources; // empty: was not seen
    std::optional<Instant> arrived_at, left_at; // left_at: by the last scan that counted
    std::string gate; // by which they came
    bool lacks_out = false; // of those who are to check out
    bool is_without_consent = false; // let in off line on a journey that no guardian had agreed to
    std::int64_t minutes = 0; // within the event, of all sources together
};
BOOST_DESCRIBE_STRUCT(Attendee, (),
    (person, name, student, student_name, unit_name, state, slot_at, sources, arrived_at, left_at, gate, lacks_out,
        is_without_consent, minutes))

// `expected`: signed up, booked or seen; `invited`: everybody of the organiser's whom the event is for, for whoever may read
// people.
enum class AttendanceList { expected, invited };
BOOST_DESCRIBE_ENUM(AttendanceList, expected, invited)

struct ListAttendance {
    ActivityId id;
    std::optional<AttendanceList> list;
    std::optional<Text<1, 60>> q;
    std::optional<bool> is_present, is_without_consent;
    std::optional<PersonId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListAttendance, (), (id, list, q, is_present, is_without_consent, after, limit))

struct TickAttendance {
    ActivityId id;
    std::vector<PersonId> people;
    bool is_present = true;
};
BOOST_DESCRIBE_STRUCT(TickAttendance, (), (id, people, is_present))
void check(TickAttendance const&, Problems&);

struct Ticked {
    std::int64_t changed = 0;
};
BOOST_DESCRIBE_STRUCT(Ticked, (), (changed))

Page<Attendee> list_attendance(Call&, ListAttendance const&);
// The whole time, or the slot, of these people; or takes ticks back. What code and logs say stays. 409 before the event begins, 422
// for people whom it is not for.
Ticked tick_attendance(Call&, TickAttendance const&);
Download export_attendance(Call&, OneActivity const&);

// A stretch that one source knows; what is there already stays.
void note_presence(Call&, PresenceRow const&);

// Everybody of the organiser's whom the event is for, with where they belong; of `among`, or all. By id, after one, at most so
// many. Nobody for a viewer who may not read people.
struct Invited {
    PersonId person;
    std::string name, unit_name;
};
BOOST_DESCRIBE_STRUCT(Invited, (), (person, name, unit_name))
std::vector<Invited> invited_people(
    Call&, OwnedActivity const&, std::vector<std::int64_t> const* among, PersonId after, std::int64_t most);
// Who signed up, booked, or was seen.
std::vector<std::int64_t> expected_people(Call&, ActivityId);
std::vector<PresenceRow> presence_in(Call&, ActivityId);
// The child that a person's coming counts for.
PersonId student_for(Call&, OwnedActivity const&, PersonId person);

} // namespace concentric::activities
