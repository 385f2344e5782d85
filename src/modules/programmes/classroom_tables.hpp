#pragma once

#include "modules/programmes/tables.hpp"

// The rows of classroom days and workshops: sessions, teams, tutors, attendance, marks and applications.
namespace concentric::programmes {

using SessionOfClassId = Id<struct TrainingSessionTag>;
using TeamId = Id<struct TrainingTeamTag>;
using TutorId = Id<struct TrainingTutorTag>;
using TaskId = Id<struct TrainingTaskTag>;

// 专家讲座, 分组研讨, 案例分析, 模拟教学 (中教培〔2025〕2号 三(二)), and visits.
enum class SessionKind { lecture, discussion, case_analysis, mock_teaching, visit };
BOOST_DESCRIBE_ENUM(SessionKind, lecture, discussion, case_analysis, mock_teaching, visit)

// 理论导师, 实践导师, 助教 (三(三)1); experts teach and mark.
enum class TutorRole { theory_mentor, practice_mentor, assistant, expert };
BOOST_DESCRIBE_ENUM(TutorRole, theory_mentor, practice_mentor, assistant, expert)

enum class TaskKind { case_analysis, mock_teaching, other };
BOOST_DESCRIBE_ENUM(TaskKind, case_analysis, mock_teaching, other)

enum class ApplicationState { submitted, accepted, waiting, refused, withdrawn };
BOOST_DESCRIBE_ENUM(ApplicationState, submitted, accepted, waiting, refused, withdrawn)

struct TutorRow {
    std::int64_t county = 0;
    ClassId class_;
    TutorId id;
    std::int64_t position = 0;
    PersonId person; // 0: somebody from outside
    std::string name;
    TutorRole role = TutorRole::expert;
    std::string note; // title or place of work
    TeamId team; // 0: of the whole class
};
BOOST_DESCRIBE_STRUCT(TutorRow, (), (county, class_, id, position, person, name, role, note, team))

struct TeamRow {
    std::int64_t county = 0;
    ClassId class_;
    TeamId id;
    std::int64_t position = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(TeamRow, (), (county, class_, id, position, name))

struct TeamMemberRow {
    std::int64_t county = 0;
    ClassId class_;
    PersonId person;
    TeamId team;
};
BOOST_DESCRIBE_STRUCT(TeamMemberRow, (), (county, class_, person, team))

struct SessionRow {
    std::int64_t county = 0;
    ClassId class_;
    SessionOfClassId id;
    TeamId team; // 0: for everybody
    SessionKind kind = SessionKind::lecture;
    std::string title, place;
    Instant starts_at, ends_at;
    Json tutors{"[]"}; // TutorIds

    std::int64_t minutes() const { return (ends_at.milliseconds - starts_at.milliseconds) / 60'000; }
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (county, class_, id, team, kind, title, place, starts_at, ends_at, tutors))

struct AttendanceRow {
    std::int64_t county = 0;
    ClassId class_;
    PersonId person;
    SessionOfClassId session;
    EntryId entry; // classroom.attended
    PersonId noted_by;
    Instant noted_at;
};
BOOST_DESCRIBE_STRUCT(AttendanceRow, (), (county, class_, person, session, entry, noted_by, noted_at))

struct TaskRow {
    std::int64_t county = 0;
    ClassId class_;
    TaskId id;
    std::int64_t position = 0;
    TaskKind kind = TaskKind::case_analysis;
    std::string title;
    std::int64_t weight = 1;
    Json criteria{"[]"};
};
BOOST_DESCRIBE_STRUCT(TaskRow, (), (county, class_, id, position, kind, title, weight, criteria))

struct MarkRow {
    std::int64_t county = 0;
    ClassId class_;
    PersonId person;
    TaskId task;
    PersonId marker;
    Json levels{"[]"}; // for each criterion the place of its level
    std::int64_t score = 0; // 0 to 100
    std::string comment;
    Instant marked_at;
};
BOOST_DESCRIBE_STRUCT(MarkRow, (), (county, class_, person, task, marker, levels, score, comment, marked_at))

struct ApplicationRow {
    std::int64_t county = 0;
    ClassId class_;
    PersonId person;
    OrganisationId organisation; // where they worked when they applied
    SubmissionId submission;
    ApplicationState state = ApplicationState::submitted;
    std::string reason;
    Instant applied_at;
    PersonId decided_by;
    Instant decided_at;
};
BOOST_DESCRIBE_STRUCT(
    ApplicationRow, (), (county, class_, person, organisation, submission, state, reason, applied_at, decided_by, decided_at))

inline Words const the_session{"课次", "session"};
inline Words const the_task{"考评项目", "task"};
inline Words const the_application{"工作坊报名", "application"};

} // namespace concentric::programmes
