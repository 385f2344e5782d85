#pragma once

#include "modules/safety/counting.hpp"
#include "modules/safety/letters.hpp"

// A real alarm: everybody on a school's staff is told at once and confirms, and the pupils are counted class by class. It has
// nothing to do with drills.
namespace concentric::safety {

struct RaiseAlarm {
    std::optional<OrganisationId> school; // the viewer's own when it is left out
    AlarmKind kind = AlarmKind::other;
    Text<2, 300> words; // where, what, what to do
};
BOOST_DESCRIBE_STRUCT(RaiseAlarm, (), (school, kind, words))

struct AlarmAnswer {
    PersonBrief person;
    Answer answer = Answer::none;
    std::optional<Instant> answered_at;
};
BOOST_DESCRIBE_STRUCT(AlarmAnswer, (), (person, answer, answered_at))

struct AlarmView {
    AlarmId id;
    SchoolBrief school;
    AlarmKind kind = AlarmKind::other;
    std::string title, words;
    PersonBrief raised_by;
    Instant raised_at;
    std::optional<Instant> ended_at;
    std::int64_t called = 0, safe = 0, needs_help = 0;
    std::optional<Answer> own_answer; // none: the viewer was not called
    bool may_end = false;
};
BOOST_DESCRIBE_STRUCT(
    AlarmView, (), (id, school, kind, title, words, raised_by, raised_at, ended_at, called, safe, needs_help, own_answer, may_end))

// With who has confirmed: those who need help first, then those of whom nothing is known; and which pupils are there.
struct AlarmBoard : AlarmView, HeadCount {
    std::vector<AlarmAnswer> answers;
    std::vector<LetterView> letters; // to families
    bool may_write = false; // to families
    bool may_lead = false; // say who counts a class
};
BOOST_DESCRIBE_STRUCT(AlarmBoard, (AlarmView, HeadCount), (answers, letters, may_write, may_lead))

struct OneAlarmClass {
    AlarmId id;
    OrganisationId class_;
};
BOOST_DESCRIBE_STRUCT(OneAlarmClass, (), (id, class_))

struct AlarmRoll {
    AlarmView alarm;
    PersonBrief class_;
    std::vector<PupilOnRoll> pupils;
    std::optional<Instant> arrived_at;
};
BOOST_DESCRIBE_STRUCT(AlarmRoll, (), (alarm, class_, pupils, arrived_at))

struct ReportAlarmClass : ClassReport {
    AlarmId id;
    OrganisationId class_;
};
BOOST_DESCRIBE_STRUCT(ReportAlarmClass, (ClassReport), (id, class_))
void check(ReportAlarmClass const&, Problems&);

struct LeadAlarmClass {
    AlarmId id;
    OrganisationId class_;
    std::optional<PersonId> leader; // left out: nobody besides its teachers
};
BOOST_DESCRIBE_STRUCT(LeadAlarmClass, (), (id, class_, leader))

struct WriteOfAlarm : LetterContent {
    AlarmId id;
};
BOOST_DESCRIBE_STRUCT(WriteOfAlarm, (LetterContent), (id))

struct ListAlarms {
    std::optional<AlarmId> after;
    std::optional<Limit> limit; // 20 when it is left out
};
BOOST_DESCRIBE_STRUCT(ListAlarms, (), (after, limit))

struct OneAlarm {
    AlarmId id;
};
BOOST_DESCRIBE_STRUCT(OneAlarm, (), (id))

struct ConfirmAlarm {
    AlarmId id;
    Answer answer = Answer::safe;
};
BOOST_DESCRIBE_STRUCT(ConfirmAlarm, (), (id, answer))
void check(ConfirmAlarm const&, Problems&);

// The newest first; those that last before the others.
Page<AlarmView> list_alarms(Call&, ListAlarms const&);
AlarmBoard show_alarm(Call&, OneAlarm const&);
// By anybody of the school's staff, since whoever sees a fire may not look for somebody with more rights. 409 while one of the same
// kind lasts.
AlarmBoard raise_alarm(Call&, RaiseAlarm const&);
// For whoever was called; may be changed while it lasts.
AlarmBoard confirm_alarm(Call&, ConfirmAlarm const&);
// By whoever raised it or is in charge. Everybody is told.
AlarmBoard end_alarm(Call&, OneAlarm const&);

// As in a drill, also some time after the end, since phones may have been off line. For the class's teachers, whoever leads it,
// whoever raised the alarm or is in charge; 404 for others.
AlarmRoll show_alarm_roll(Call&, OneAlarmClass const&);
AlarmRoll report_alarm_class(Call&, ReportAlarmClass const&);
AlarmBoard lead_alarm_class(Call&, LeadAlarmClass const&);
// One while it lasts and one once it is over; for those in charge who send notices. Goes out when a second person has approved it.
AlarmBoard write_of_alarm(Call&, WriteOfAlarm const&);

} // namespace concentric::safety
