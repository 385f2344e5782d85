#pragma once

#include "core/sealed.hpp"
#include "modules/activities/tables.hpp"

// The rows of this module's tables, and the words that drills, alarms and hazards are told apart by.
namespace concentric::safety {

using activities::ActivityId;

using DrillId = Id<struct DrillTag>;
using TaskId = Id<struct SafetyTaskTag>;
using AlarmId = Id<struct AlarmTag>;
using HandoverId = Id<struct HandoverTag>;
using HazardId = Id<struct HazardTag>;
using PhotoId = Id<struct HazardPhotoTag>;

// 消防, 地震, 防踩踏, 防暴, 校车, 疏散, 防汛防溺水, 急救. Source: 中小学幼儿园应急疏散演练指南 (教基一厅〔2014〕2号),
// 中小学岗位安全工作指南.
enum class DrillKind { fire, earthquake, stampede, intruder, bus, evacuation, flood, first_aid };
BOOST_DESCRIBE_ENUM(DrillKind, fire, earthquake, stampede, intruder, bus, evacuation, flood, first_aid)

// stopped: it is over, and what is to be done better is being written down; closed: it stands in the ledger.
enum class DrillState { planned, running, stopped, closed, cancelled };
BOOST_DESCRIBE_ENUM(DrillState, planned, running, stopped, closed, cancelled)

enum class AlarmKind { fire, earthquake, intruder, medical, weather, other };
BOOST_DESCRIBE_ENUM(AlarmKind, fire, earthquake, intruder, medical, weather, other)

enum class Answer { none, safe, needs_help };
BOOST_DESCRIBE_ENUM(Answer, none, safe, needs_help)

enum class HazardState { open, closed };
BOOST_DESCRIBE_ENUM(HazardState, open, closed)

enum class HazardStep { reported, assigned, closed, reopened };
BOOST_DESCRIBE_ENUM(HazardStep, reported, assigned, closed, reopened)

struct DrillRow {
    std::int64_t county = 0;
    DrillId id;
    OrganisationId school;
    ActivityId activity; // the event that enters it in the ledger
    DrillKind kind = DrillKind::fire;
    DrillState state = DrillState::planned;
    std::string place; // where everybody gathers
    PersonId coordinator;
    Instant planned_at;
    std::int64_t minutes = 30;
    Instant started_at, stopped_at; // 0 before
    std::string review; // what to do better, in words
    Instant reminded_at;
    PersonId created_by;
    Instant created_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(DrillRow, (),
    (county, id, school, activity, kind, state, place, coordinator, planned_at, minutes, started_at, stopped_at, review,
        reminded_at, created_by, created_at, version))

struct DrillClassRow {
    std::int64_t county = 0;
    DrillId drill;
    OrganisationId class_;
    PersonId leader; // who counts there besides the class's own teachers; 0: nobody
    Instant arrived_at; // the first report of having arrived; 0: none
    PersonId reported_by;
    Instant reported_at; // the last report; 0: none
};
BOOST_DESCRIBE_STRUCT(DrillClassRow, (), (county, drill, class_, leader, arrived_at, reported_by, reported_at))

// A mark of a drill's or an alarm's head count.
struct MarkRow {
    PersonId student;
    OrganisationId class_;
    bool is_present = false;
    Instant marked_at; // by the clock of the phone
    PersonId marked_by;
};
BOOST_DESCRIBE_STRUCT(MarkRow, (), (student, class_, is_present, marked_at, marked_by))

struct TaskRow {
    std::int64_t county = 0;
    TaskId id;
    OrganisationId school;
    DrillId drill;
    std::string words;
    PersonId owner;
    Day due_day;
    std::string outcome;
    PersonId done_by;
    Instant done_at, reminded_at; // 0: not
    PersonId created_by;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(
    TaskRow, (), (county, id, school, drill, words, owner, due_day, outcome, done_by, done_at, reminded_at, created_by, created_at))

struct AlarmRow {
    std::int64_t county = 0;
    AlarmId id;
    OrganisationId school;
    AlarmKind kind = AlarmKind::other;
    SealedText words;
    PersonId raised_by;
    Instant raised_at;
    PersonId ended_by;
    Instant ended_at; // 0 while it lasts
};
BOOST_DESCRIBE_STRUCT(AlarmRow, (), (county, id, school, kind, words, raised_by, raised_at, ended_by, ended_at))

struct AlarmClassRow {
    std::int64_t county = 0;
    AlarmId alarm;
    OrganisationId class_;
    PersonId leader;
    Instant arrived_at;
    PersonId reported_by;
    Instant reported_at;
};
BOOST_DESCRIBE_STRUCT(AlarmClassRow, (), (county, alarm, class_, leader, arrived_at, reported_by, reported_at))

// What families were told of a drill or an alarm: while it lasts, and once it is over.
struct LetterRow {
    std::int64_t county = 0, occasion = 0; // a drill or an alarm
    bool is_over = false;
    std::int64_t notice = 0;
    PersonId written_by;
    Instant written_at;
};
BOOST_DESCRIBE_STRUCT(LetterRow, (), (county, occasion, is_over, notice, written_by, written_at))

struct AnswerRow {
    std::int64_t county = 0;
    AlarmId alarm;
    PersonId person;
    Answer answer = Answer::none;
    Instant answered_at;
};
BOOST_DESCRIBE_STRUCT(AnswerRow, (), (county, alarm, person, answer, answered_at))

struct HandoverRow {
    std::int64_t county = 0;
    HandoverId id;
    OrganisationId school, class_;
    PersonId student, carer;
    SealedText note;
    PersonId handed_by;
    Instant handed_at;
};
BOOST_DESCRIBE_STRUCT(HandoverRow, (), (county, id, school, class_, student, carer, note, handed_by, handed_at))

struct CardRow {
    std::int64_t county = 0;
    OrganisationId school;
    Json content; // CardContent
    PersonId changed_by;
    Instant changed_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CardRow, (), (county, school, content, changed_by, changed_at, version))

struct FlagRow {
    std::int64_t county = 0;
    PersonId student;
    SealedText words; // FlagContent
    PersonId given_by;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(FlagRow, (), (county, student, words, given_by, changed_at))

struct HazardRow {
    std::int64_t county = 0;
    HazardId id;
    OrganisationId school;
    std::string place;
    SealedText words;
    std::string photo; // a blob; "" without one
    HazardState state = HazardState::open;
    PersonId owner; // 0: nobody yet
    Day due_day; // 0: none yet
    PersonId reported_by;
    Instant reported_at, closed_at, reminded_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(HazardRow, (),
    (county, id, school, place, words, photo, state, owner, due_day, reported_by, reported_at, closed_at, reminded_at, version))

struct StepRow {
    std::int64_t county = 0;
    HazardId hazard;
    std::int64_t number = 1;
    HazardStep step = HazardStep::reported;
    SealedText words;
    PersonId made_by;
    Instant made_at;
};
BOOST_DESCRIBE_STRUCT(StepRow, (), (county, hazard, number, step, words, made_by, made_at))

struct PhotoRow {
    std::int64_t county = 0;
    PhotoId id;
    std::string blob;
    PersonId created_by;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(PhotoRow, (), (county, id, blob, created_by, created_at))

inline Words const the_drill{"演练", "drill"};
inline Words const the_task{"整改事项", "task"};
inline Words const the_alarm{"警报", "alarm"};
inline Words const the_hazard{"隐患", "hazard"};
inline Words const the_school{"学校", "school"};
inline Words const the_class{"班级", "class"};
inline Words const the_pupil{"学生", "pupil"};
inline Words const the_photo{"照片", "picture"};

using milliseconds::minute;

Words words_of(DrillKind);
Words words_of(AlarmKind);

} // namespace concentric::safety
