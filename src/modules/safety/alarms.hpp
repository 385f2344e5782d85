#pragma once

#include "modules/safety/drills.hpp"

// A real alarm: everybody on a school's staff is told at once and confirms. It has nothing to do with drills.
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

// With who has confirmed: those who need help first, then those of whom nothing is known.
struct AlarmBoard : AlarmView {
    std::vector<AlarmAnswer> answers;
};
BOOST_DESCRIBE_STRUCT(AlarmBoard, (AlarmView), (answers))

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

} // namespace concentric::safety
