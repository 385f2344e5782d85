#include "modules/safety/person_data.hpp"

#include "modules/safety/tables.hpp"

namespace concentric::safety {
namespace {

struct FlagData {
    SealedText words;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(FlagData, (), (words, changed_at))

struct MarkData {
    DrillKind kind = DrillKind::fire;
    bool is_present = false;
    Instant marked_at;
};
BOOST_DESCRIBE_STRUCT(MarkData, (), (kind, is_present, marked_at))

struct AlarmMarkData {
    AlarmKind kind = AlarmKind::other;
    bool is_present = false;
    Instant marked_at;
};
BOOST_DESCRIBE_STRUCT(AlarmMarkData, (), (kind, is_present, marked_at))

struct HandoverData {
    std::string student, carer;
    SealedText note;
    Instant handed_at;
};
BOOST_DESCRIBE_STRUCT(HandoverData, (), (student, carer, note, handed_at))

struct HazardData {
    std::string place;
    SealedText words;
    Instant reported_at;
};
BOOST_DESCRIBE_STRUCT(HazardData, (), (place, words, reported_at))

struct AlarmData {
    AlarmKind kind = AlarmKind::other;
    Answer answer = Answer::none;
    Instant raised_at, answered_at;
};
BOOST_DESCRIBE_STRUCT(AlarmData, (), (kind, answer, raised_at, answered_at))

struct DutyData {
    std::string words, outcome;
    Day due_day;
};
BOOST_DESCRIBE_STRUCT(DutyData, (), (words, outcome, due_day))

} // namespace

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const statement : {"SELECT school AS value FROM drills WHERE county = $1 AND school ANY_OF($2)",
             "SELECT coordinator AS value FROM drills WHERE county = $1 AND coordinator ANY_OF($2)",
             "SELECT class AS value FROM drill_classes WHERE county = $1 AND class ANY_OF($2)",
             "SELECT leader AS value FROM drill_classes WHERE county = $1 AND leader ANY_OF($2)",
             "SELECT student AS value FROM drill_marks WHERE county = $1 AND student ANY_OF($2)",
             "SELECT class AS value FROM alarm_classes WHERE county = $1 AND class ANY_OF($2)",
             "SELECT leader AS value FROM alarm_classes WHERE county = $1 AND leader ANY_OF($2)",
             "SELECT student AS value FROM alarm_marks WHERE county = $1 AND student ANY_OF($2)",
             "SELECT owner AS value FROM safety_tasks WHERE county = $1 AND owner ANY_OF($2)",
             "SELECT person AS value FROM alarm_answers WHERE county = $1 AND person ANY_OF($2)",
             "SELECT student AS value FROM handovers WHERE county = $1 AND student ANY_OF($2)",
             "SELECT carer AS value FROM handovers WHERE county = $1 AND carer ANY_OF($2)",
             "SELECT school AS value FROM emergency_cards WHERE county = $1 AND school ANY_OF($2)",
             "SELECT student AS value FROM medical_flags WHERE county = $1 AND student ANY_OF($2)",
             "SELECT given_by AS value FROM medical_flags WHERE county = $1 AND given_by ANY_OF($2)",
             "SELECT school AS value FROM hazards WHERE county = $1 AND school ANY_OF($2)",
             "SELECT owner AS value FROM hazards WHERE county = $1 AND owner ANY_OF($2)",
             "SELECT reported_by AS value FROM hazards WHERE county = $1 AND reported_by ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    auto const add = [&](char const* key, Words const& title, auto const& rows) {
        asked.sections->push_back(directory::section_of(key, title, rows));
    };
    auto const rows_of
        = [&]<class Row>(std::type_identity<Row>, char const* sql) { return call.db.rows<Row>(sql, call.county, asked.person); };
    add("medical_flags", {"紧急医疗提示", "What to know in an emergency"},
        rows_of(std::type_identity<FlagData>(), "SELECT words, changed_at FROM medical_flags WHERE county = $1 AND student = $2"));
    add("drill_marks", {"演练点名", "Counted in drills"},
        rows_of(std::type_identity<MarkData>(),
            "SELECT d.kind, m.is_present, m.marked_at FROM drill_marks m JOIN drills d ON d.county = m.county AND d.id = m.drill "
            "WHERE m.county = $1 AND m.student = $2 ORDER BY m.marked_at"));
    add("alarm_marks", {"警报点名", "Counted in alarms"},
        rows_of(std::type_identity<AlarmMarkData>(),
            "SELECT a.kind, m.is_present, m.marked_at FROM alarm_marks m JOIN alarms a ON a.county = m.county AND a.id = m.alarm "
            "WHERE m.county = $1 AND m.student = $2 ORDER BY m.marked_at"));
    add("handovers", {"接送交接", "Handed over"},
        rows_of(std::type_identity<HandoverData>(),
            "SELECT CAST(student AS TEXT) AS student, CAST(carer AS TEXT) AS carer, note, handed_at FROM handovers WHERE county = "
            "$1 "
            "AND (student = $2 OR carer = $2) ORDER BY id"));
    add("hazards", {"上报的隐患", "Hazards reported"},
        rows_of(std::type_identity<HazardData>(),
            "SELECT place, words, reported_at FROM hazards WHERE county = $1 AND reported_by = $2 ORDER BY id"));
    add("alarm_answers", {"警报确认", "Alarms confirmed"},
        rows_of(std::type_identity<AlarmData>(),
            "SELECT a.kind, x.answer, a.raised_at, x.answered_at FROM alarm_answers x JOIN alarms a ON a.county = x.county AND "
            "a.id = "
            "x.alarm WHERE x.county = $1 AND x.person = $2 ORDER BY a.id"));
    add("safety_tasks", {"负责的整改事项", "Tasks after drills"},
        rows_of(std::type_identity<DutyData>(),
            "SELECT words, outcome, due_day FROM safety_tasks WHERE county = $1 AND owner = $2 ORDER BY id"));
}

// The school keeps that a drill, an alarm and a hazard were, without the one who is gone.
void person_erased(Call& call, directory::PersonErased const& erased)
{
    for (auto const statement : {"DELETE FROM medical_flags WHERE county = $1 AND student = $2",
             "DELETE FROM drill_marks WHERE county = $1 AND student = $2",
             "DELETE FROM alarm_marks WHERE county = $1 AND student = $2",
             "UPDATE alarm_classes SET leader = 0 WHERE county = $1 AND leader = $2",
             "DELETE FROM handovers WHERE county = $1 AND (student = $2 OR carer = $2)",
             "DELETE FROM alarm_answers WHERE county = $1 AND person = $2",
             "UPDATE hazards SET reported_by = 0 WHERE county = $1 AND reported_by = $2",
             "UPDATE hazards SET owner = 0 WHERE county = $1 AND owner = $2",
             "UPDATE hazard_steps SET made_by = 0 WHERE county = $1 AND made_by = $2",
             "UPDATE safety_tasks SET owner = 0 WHERE county = $1 AND owner = $2",
             "UPDATE medical_flags SET given_by = 0 WHERE county = $1 AND given_by = $2",
             "UPDATE drill_classes SET leader = 0 WHERE county = $1 AND leader = $2",
             "UPDATE drills SET coordinator = 0 WHERE county = $1 AND coordinator = $2"})
        call.db.execute(statement, call.county, erased.person);
}

} // namespace concentric::safety
