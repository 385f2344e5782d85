#pragma once

#include "core/fields.hpp"
#include "modules/ledger/stretches.hpp"

// What counts as learnt: the seconds that somebody really watched or read, each once, and never faster than time passes.
namespace concentric::learning {

using CourseId = Id<struct CourseTag>;
using UnitId = Id<struct UnitTag>;
using ViewingId = Id<struct ViewingTag>;

inline constexpr std::int64_t longest_unit = 6 * 60 * 60; // seconds
inline constexpr std::int64_t longest_beat = 60'000; // milliseconds of a person's time that one beat can bring at most
inline constexpr std::int64_t slack = 2'000; // milliseconds by which a beat may run ahead: network and clocks are not exact

// Which seconds of a unit were watched: one bit a second, so its size follows from the unit alone.
class WatchedSeconds {
public:
    explicit WatchedSeconds(std::int64_t length);
    // As text() gave it; what does not fit the length is left out.
    WatchedSeconds(std::int64_t length, std::string_view text);

    std::int64_t length() const { return length_; }
    bool has(std::int64_t second) const;
    std::int64_t count() const;
    // Adds the seconds from `first` to before `last` that are not there yet, at most `most` of them, the earliest first. Gives how
    // many.
    std::int64_t add(std::int64_t first, std::int64_t last, std::int64_t most);
    std::string text() const; // base64url

private:
    std::int64_t length_;
    std::string bits_;
};

// One person's time, over all units and devices.
struct PersonClock {
    ViewingId viewing; // the player that was opened last; only it goes on
    UnitId unit;
    Instant used_until; // the moment up to which this person's time was credited
    std::int64_t last_from = -1, last_to = -1; // of the latest beat that counted, to know it again
    Instant since; // from when on it was credited without a pause
};

// A player has shown a stretch of a unit, at a speed in per cent.
struct Beat {
    ViewingId viewing;
    UnitId unit;
    std::int64_t from_ms = 0, to_ms = 0;
    std::int64_t speed = 100;
};

enum class BeatOutcome {
    credited, // as far as the time allowed; maybe nothing new
    elsewhere, // another player was opened since
    refused, // more than can have been watched
};
BOOST_DESCRIBE_ENUM(BeatOutcome, credited, elsewhere, refused)

struct Credit {
    BeatOutcome outcome = BeatOutcome::refused;
    std::int64_t seconds = 0; // new ones
    std::int64_t credited_to_ms = 0; // where the player is to begin its next beat
    std::optional<ledger::Stretch> sitting; // the one that a pause of more than longest_beat has ended
};

// Opens a player: from now on only its beats count, and only time that passes from now on. What was credited since `since` is a
// sitting over the unit before.
void open_viewing(PersonClock& clock, ViewingId viewing, UnitId unit, Instant now);

// Credits what is new in the beat. `now` is the server's; `fastest` the speed in per cent that the unit allows (100 for reading).
// The time that all credits of a person take, at the speeds told, is never longer than the time that passed.
Credit credit(PersonClock& clock, WatchedSeconds& watched, Beat beat, std::int64_t fastest, Instant now);

// The one order in which beats that come together are taken, whatever order they came in.
bool comes_before(Beat const& one, Beat const& other);

// Whether so many seconds of the length are the share (per cent) that completes a unit.
bool is_complete(std::int64_t seconds, std::int64_t length, std::int64_t share);

// The whole minutes that a further lesson brings to somebody who has done `before` seconds of a course: what is left over of one
// lesson goes into the next, so that the sum is right.
std::int64_t minutes_gained(std::int64_t before, std::int64_t lesson);

} // namespace concentric::learning
