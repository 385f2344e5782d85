#pragma once

#include "modules/programmes/sessions.hpp"

#include <span>

// Who came to a session of a training class: a list that is ticked, and each tick an entry of the ledger (参加集中面授).
namespace concentric::programmes {

struct Attendee {
    directory::PersonBrief person;
    std::string organisation;
    std::optional<TeamId> team;
    bool is_present = false;
};
BOOST_DESCRIBE_STRUCT(Attendee, (), (person, organisation, team, is_present))
struct Attendance {
    std::vector<Attendee> items; // those whom the session concerns, by group and organisation
};
BOOST_DESCRIBE_STRUCT(Attendance, (), (items))

struct NoteAttendance {
    ClassId id;
    SessionOfClassId session;
    std::vector<PersonId> people;
    bool is_present = true; // false: as if they had never been noted
};
BOOST_DESCRIBE_STRUCT(NoteAttendance, (), (id, session, people, is_present))
// At most 2,000 people.
void check(NoteAttendance const&, Problems&);

Attendance show_attendance(Call&, OneSession const&);
// 409 before the session begins; 422 for people whom it does not concern. Noting again changes nothing.
Attendance note_attendance(Call&, NoteAttendance const&);

std::vector<AttendanceRow> attendance_in(Call&, ClassId);

// How many minutes of sessions somebody attended, of those that concern them.
struct SessionMinutes {
    std::int64_t attended = 0, all = 0;
};
std::unordered_map<PersonId, SessionMinutes> session_minutes(Call&, ClassId, std::span<std::int64_t const> people);

Routes attendance_routes();

} // namespace concentric::programmes
