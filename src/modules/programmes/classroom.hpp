#pragma once

#include "modules/programmes/agreements.hpp"
#include "modules/programmes/marks.hpp"

// What a learner has of the classroom days and the workshop: the timetable, the own group, mentors, marks and the product; and all
// of a class as a sheet.
namespace concentric::programmes {

struct OwnSession {
    SessionKind kind = SessionKind::lecture;
    std::string title, place;
    Instant starts_at, ends_at;
    std::optional<std::string> team; // none: for everybody
    std::vector<std::string> tutors; // names
    bool is_present = false;
};
BOOST_DESCRIBE_STRUCT(OwnSession, (), (kind, title, place, starts_at, ends_at, team, tutors, is_present))
struct OwnTeam {
    std::string name;
    std::vector<std::string> people; // names, oneself too
};
BOOST_DESCRIBE_STRUCT(OwnTeam, (), (name, people))
struct OwnMark {
    std::string title;
    TaskKind kind = TaskKind::case_analysis;
    std::vector<Criterion> criteria;
    std::optional<std::int64_t> score; // the mean of the marks
    std::vector<Mark> marks;
};
BOOST_DESCRIBE_STRUCT(OwnMark, (), (title, kind, criteria, score, marks))
struct OwnProduct {
    AssignmentId assignment;
    std::optional<SubmissionId> submission; // none: nothing was handed in
    std::optional<coursework::SubmissionState> state;
    std::int64_t rounds = 0;
    std::vector<Agreement> agreements; // of one's mentors
};
BOOST_DESCRIBE_STRUCT(OwnProduct, (), (assignment, submission, state, rounds, agreements))
struct OwnClassroom {
    std::vector<OwnSession> sessions; // that concern the learner, by time
    std::optional<OwnTeam> team;
    std::vector<Tutor> tutors; // of the whole class and of the own group
    std::vector<OwnMark> marks; // one for each task
    std::optional<OwnProduct> product; // of a workshop
    std::int64_t minutes_attended = 0, minutes = 0;
};
BOOST_DESCRIBE_STRUCT(OwnClassroom, (), (sessions, team, tutors, marks, product, minutes_attended, minutes))

// 404 for whoever is not in the class.
OwnClassroom own_classroom(Call&, OneLedClass const&);
// Attendance, marks and products, a sheet each.
Download classroom_sheet(Call&, OneLedClass const&);

Routes classroom_routes();

} // namespace concentric::programmes
