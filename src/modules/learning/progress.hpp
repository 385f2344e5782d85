#pragma once

#include "core/route.hpp"
#include "modules/learning/tables.hpp"

#include <span>

// What a person has learnt: a player is opened, tells every few seconds what it has shown, and the server credits what can be true.
namespace concentric::learning {

struct OpenViewing {
    UnitId id;
};
BOOST_DESCRIBE_STRUCT(OpenViewing, (), (id))
struct Viewing {
    ViewingId id;
    std::int64_t position_ms = 0; // where to go on
    std::int64_t learnt = 0, length = 0, share = 90; // seconds; per cent
    bool is_completed = false;
};
BOOST_DESCRIBE_STRUCT(Viewing, (), (id, position_ms, learnt, length, share, is_completed))

using MediaTime = Within<0, longest_unit * 1000>;
struct SendHeartbeat {
    ViewingId viewing;
    UnitId unit;
    MediaTime from_ms, to_ms; // what was shown
    Within<25, 200> speed; // per cent
    MediaTime position_ms; // where the player stands
};
BOOST_DESCRIBE_STRUCT(SendHeartbeat, (), (viewing, unit, from_ms, to_ms, speed, position_ms))
struct Heartbeat {
    BeatOutcome outcome = BeatOutcome::refused;
    std::int64_t credited = 0; // seconds of this beat
    std::int64_t credited_to_ms = 0; // where the next one is to begin
    std::int64_t learnt = 0; // seconds of the lesson
    bool is_completed = false;
};
BOOST_DESCRIBE_STRUCT(Heartbeat, (), (outcome, credited, credited_to_ms, learnt, is_completed))

// The viewer's player of a lesson; every other one that they have stops counting. Whoever opens the first lesson begins the course.
Viewing open_viewing(Call&, OpenViewing const&);
Heartbeat send_heartbeat(Call&, SendHeartbeat const&);
// Those of many people, in three statements.
void send_heartbeats(Call&, std::span<BatchItem> items);

std::optional<ProgressRow> progress_of(Call&, PersonId, UnitId);
// Once all required lessons of the learner's edition are done.
void complete_course_if_done(Call&, PersonId, CourseId);

Routes progress_routes();

} // namespace concentric::learning
