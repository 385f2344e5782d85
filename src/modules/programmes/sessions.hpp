#pragma once

#include "modules/programmes/teams.hpp"
#include "modules/programmes/tutors.hpp"

// Classroom days (集中面授): the programme of sessions of a training class, and who teaches in them.
namespace concentric::programmes {

struct ClassSession {
    SessionOfClassId id;
    SessionKind kind = SessionKind::lecture;
    std::string title, place;
    Instant starts_at, ends_at;
    std::optional<TeamId> team; // none: for everybody
    std::vector<TutorId> tutors;
    std::int64_t expected = 0, present = 0;
};
BOOST_DESCRIBE_STRUCT(ClassSession, (), (id, kind, title, place, starts_at, ends_at, team, tutors, expected, present))

// The days of a class as those who teach in it see them.
struct Timetable {
    std::string title;
    Form form = Form::course;
    bool is_managed = false;
    std::vector<ClassSession> sessions; // by time
    std::vector<Team> teams;
    std::vector<Tutor> tutors;
    std::optional<AssignmentId> product; // of a workshop
};
BOOST_DESCRIBE_STRUCT(Timetable, (), (title, form, is_managed, sessions, teams, tutors, product))

struct SessionContent {
    SessionKind kind = SessionKind::lecture;
    Text<1, 120> title;
    std::optional<Text<0, 120>> place;
    Instant starts_at, ends_at;
    std::optional<TeamId> team;
    std::vector<TutorId> tutors;
};
BOOST_DESCRIBE_STRUCT(SessionContent, (), (kind, title, place, starts_at, ends_at, team, tutors))
struct CreateSession : SessionContent {
    ClassId id;
};
BOOST_DESCRIBE_STRUCT(CreateSession, (SessionContent), (id))
struct SaveSession : SessionContent {
    ClassId id;
    SessionOfClassId session;
};
BOOST_DESCRIBE_STRUCT(SaveSession, (SessionContent), (id, session))
// 10 minutes to 12 hours, within one day.
void check(SessionContent const&, Problems&);
inline void check(CreateSession const& input, Problems& problems) { check(static_cast<SessionContent const&>(input), problems); }
inline void check(SaveSession const& input, Problems& problems) { check(static_cast<SessionContent const&>(input), problems); }
struct OneSession {
    ClassId id;
    SessionOfClassId session;
};
BOOST_DESCRIBE_STRUCT(OneSession, (), (id, session))

std::vector<SessionRow> sessions_of(Call&, ClassId); // by time
SessionRow session_with(Call&, ClassId, SessionOfClassId); // or 404
// Whether somebody of this group, or of none, is to come.
inline bool concerns(SessionRow const& session, TeamId team) { return !session.team || session.team == team; }

Timetable show_timetable(Call&, OneLedClass const&);
Timetable create_session(Call&, CreateSession const&);
// Once somebody was there, time and group stay as they are: 409.
Timetable save_session(Call&, SaveSession const&);
// 409 once somebody was there.
Timetable remove_session(Call&, OneSession const&);

Routes session_routes();

} // namespace concentric::programmes
