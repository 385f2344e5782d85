#pragma once

#include "modules/visits/access.hpp"

// What a visit found and what was agreed, in fifteen fields at most and without photographs; that somebody was there is shown by
// the family's changing code, also where the visitor's phone was off line.
namespace concentric::visits {

enum class Form { home, school, neutral, online, phone };
BOOST_DESCRIBE_ENUM(Form, home, school, neutral, online, phone)

// Of what was seen; not_seen: nothing to be said of it. Source: 天府新区方案 02重点任务(三)3.
enum class Level { good, usual, attention, not_seen };
BOOST_DESCRIBE_ENUM(Level, good, usual, attention, not_seen)

struct VisitRecord {
    Form form = Form::home;
    Instant held_at;
    Within<5, 480> minutes{40};
    Text<0, 200> present; // who was there
    Level environment = Level::not_seen, relation = Level::not_seen, behaviour = Level::not_seen, mind = Level::not_seen;
    Text<0, 500> strengths, needs, talk, advice;
};
BOOST_DESCRIBE_STRUCT(
    VisitRecord, (), (form, held_at, minutes, present, environment, relation, behaviour, mind, strengths, needs, talk, advice))

struct AgreedPoint {
    Side side = Side::family;
    Text<1, 300> words;
    std::optional<Day> due;
};
BOOST_DESCRIBE_STRUCT(AgreedPoint, (), (side, words, due))

// How it is shown that somebody was there.
struct ShownCode {
    std::optional<Text<6, 6>> code; // that the family's phone showed
    std::optional<Instant> code_read_at; // now when it is left out; earlier where the visitor was off line
};
BOOST_DESCRIBE_STRUCT(ShownCode, (), (code, code_read_at))

struct RecordVisit : VisitRecord, ShownCode {
    VisitId id;
    std::vector<AgreedPoint> points;
};
BOOST_DESCRIBE_STRUCT(RecordVisit, (VisitRecord, ShownCode), (id, points))
void check(RecordVisit const&, Problems&);

// Some fields of a record: those that somebody changed.
struct RecordFields {
    std::optional<Form> form;
    std::optional<Instant> held_at;
    std::optional<Within<5, 480>> minutes;
    std::optional<Text<0, 200>> present;
    std::optional<Level> environment, relation, behaviour, mind;
    std::optional<Text<0, 500>> strengths, needs, talk, advice;
    std::optional<std::vector<AgreedPoint>> points;
};
BOOST_DESCRIBE_STRUCT(RecordFields, (),
    (form, held_at, minutes, present, environment, relation, behaviour, mind, strengths, needs, talk, advice, points))

struct EditRecord : RecordFields, ShownCode {
    VisitId id;
    VisitEditId edit; // made by whoever writes: sending it twice is once
    Instant written_at;
    std::vector<VisitEditId> saw; // the visit's edits as they were read before this one was written
};
BOOST_DESCRIBE_STRUCT(EditRecord, (RecordFields, ShownCode), (id, edit, written_at, saw))
void check(EditRecord const&, Problems&);

struct PointView {
    VisitId visit;
    std::int64_t number = 0;
    PersonId student;
    std::string student_name;
    Side side = Side::family;
    std::string words;
    std::optional<Day> due;
    std::optional<Instant> done_at;
};
BOOST_DESCRIBE_STRUCT(PointView, (), (visit, number, student, student_name, side, words, due, done_at))

struct TickPoint {
    VisitId id;
    Within<1, 20> number;
    bool is_done = true;
};
BOOST_DESCRIBE_STRUCT(TickPoint, (), (id, number, is_done))

struct VisitCode {
    std::string code;
    Instant changes_at; // when the next one is shown
};
BOOST_DESCRIBE_STRUCT(VisitCode, (), (code, changes_at))

// By the team, or for the class by whoever's post reaches it. The first time the ledger gets its entry; where form, time or length
// are corrected, that is taken back and entered anew. 422 for a wrong or old code, 429 after several; the same again changes
// nothing.
struct WholeVisit record_visit(Call&, RecordVisit const&);
// The same from a phone that was off line: only what was changed there, merged with what others changed meanwhile. Whatever order
// edits arrive in, the same comes out. After the campaign's closing only what was written before it, and what decides where that
// disagrees; both are noted as corrections.
struct WholeVisit edit_record(Call&, EditRecord const&);
// Takes the entry back; what was agreed goes.
struct WholeVisit take_record_back(Call&, struct OneVisit const&);
// Of the school's side by the team or the class teacher.
struct WholeVisit tick_point(Call&, TickPoint const&);

// The family's code of this moment. Six digits that change every two minutes and that nobody reckons without the installation's
// key.
VisitCode code_of(Call&, VisitRow const&);
void tick(Call&, VisitId, Side, TickPoint const&);
std::vector<PointView> points_of(Call&, VisitRow const&, std::string const& student_name);
// Notes that the family does not wish a visit at home, which excuses it; or takes that back.
void note_declined(Call&, VisitRow&);

} // namespace concentric::visits
