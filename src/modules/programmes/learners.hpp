#pragma once

#include "modules/learning/course_sets.hpp"
#include "modules/programmes/board.hpp"
#include "modules/programmes/classroom_tables.hpp"

// The page of one learner of a training class: what is there, what is missing, until when, and what comes next.
namespace concentric::programmes {

struct NeedProgress : NeedView {
    double amount = 0;
    bool is_met = false;
};
BOOST_DESCRIBE_STRUCT(NeedProgress, (NeedView), (amount, is_met))

struct LearnerCourse : learning::CourseProgress {
    Part part = Part::required;
    Track track = Track::everyone;
};
BOOST_DESCRIBE_STRUCT(LearnerCourse, (learning::CourseProgress), (part, track))

struct NextLesson {
    CourseId course;
    std::string course_title;
    learning::UnitId unit;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(NextLesson, (), (course, course_title, unit, title))

struct Result {
    std::int64_t score = 0;
    std::string note, by;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(Result, (), (score, note, by, at))

struct LearnerPage {
    ClassBrief class_;
    std::string summary, credential_text;
    directory::PersonBrief person;
    directory::OrganisationBrief organisation;
    Track track = Track::everyone;
    Instant enrolled_at;
    bool is_started = true; // false: the certificate's time has not begun
    std::optional<Day> from, until;
    std::int64_t percent = 0;
    Pace pace = Pace::on_course;
    std::vector<Reason> reasons;
    std::vector<NeedProgress> needs;
    bool is_earned = false;
    std::optional<Instant> earned_at;
    std::vector<LearnerCourse> courses; // of the learner's track
    std::optional<NextLesson> next;
    std::int64_t process_weight = 100, pass_mark = 60;
    std::optional<Result> result;
    std::optional<std::int64_t> mark;
    std::vector<OrderView> orders;
    std::vector<Scene> pay_by; // one's own fees, without leaving the page
};
BOOST_DESCRIBE_STRUCT(LearnerPage, (),
    (class_, summary, credential_text, person, organisation, track, enrolled_at, is_started, from, until, percent, pace, reasons,
        needs, is_earned, earned_at, courses, next, process_weight, pass_mark, result, mark, orders, pay_by))

struct OneMember {
    ClassId id;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(OneMember, (), (id, person))
struct ScoreMember {
    ClassId id;
    PersonId person;
    Percent score;
    std::optional<Text<0, 500>> note;
};
BOOST_DESCRIBE_STRUCT(ScoreMember, (), (id, person, score, note))

// A class that the viewer is in.
struct OwnClass {
    ClassBrief class_;
    Instant enrolled_at;
    std::optional<Day> until;
    std::int64_t percent = 0;
    Pace pace = Pace::on_course;
    std::optional<OrderState> fee;
};
BOOST_DESCRIBE_STRUCT(OwnClass, (), (class_, enrolled_at, until, percent, pace, fee))
// One that the viewer may come into.
struct OfferedClass {
    ClassBrief class_;
    std::string summary;
    std::vector<NeedView> needs;
    std::optional<std::int64_t> months; // that one has for it
    bool has_tracks = false;
    std::optional<AssignmentId> application; // of a workshop: where one applies
};
BOOST_DESCRIBE_STRUCT(OfferedClass, (), (class_, summary, needs, months, has_tracks, application))
// A workshop that the viewer applied to, and is not in.
struct OwnApplication {
    ClassBrief class_;
    SubmissionId submission;
    ApplicationState state = ApplicationState::submitted;
    std::string reason;
    Instant applied_at;
    bool may_renew = false; // it was withdrawn, and the call still runs
};
BOOST_DESCRIBE_STRUCT(OwnApplication, (), (class_, submission, state, reason, applied_at, may_renew))
struct OwnTraining {
    std::vector<OwnClass> classes; // the latest first
    std::vector<OwnApplication> applications; // the latest first
    std::vector<OfferedClass> offers;
};
BOOST_DESCRIBE_STRUCT(OwnTraining, (), (classes, applications, offers))

// A score of 0 to 100 for the result, or -1 to take it away; the mark follows, and from it the completion.
void give_result(Call&, OwnedClass const&, PersonId, std::int64_t score, std::string const& note);
// After the process or the result changed: the ledger tells who completed the training, and takes it back when the mark falls.
void settle_mark(Call&, OwnedClass const&, PersonId);

// The page of somebody who is in the class; asks the ledger as it is now. 404 for others.
LearnerPage learner_page(Call&, OwnedClass const&, PersonId);
// The member, for those who run the class or send the person to it; else 404.
NamedMember visible_member(Call&, OwnedClass const&, PersonId);

Routes learner_routes();

} // namespace concentric::programmes
