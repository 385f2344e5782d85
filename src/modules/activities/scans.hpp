#pragma once

#include "core/route.hpp"
#include "modules/activities/attendee_codes.hpp"
#include "modules/activities/gates.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"

// Scans at the gates of an event: made by phones with or without the net, handed in whenever there is one, merged so that the order
// in which they arrive makes no difference.
namespace concentric::activities {

// How whoever scanned knew who it was: the attendee's code on a phone or on paper, the venue's code that they typed themselves, by
// hand from the list, or counting a class.
enum class ScanMeans { code, paper, venue, hand, count };
BOOST_DESCRIBE_ENUM(ScanMeans, code, paper, venue, hand, count)

struct ScanRow {
    std::int64_t county = 0;
    ActivityId activity;
    std::string device;
    std::int64_t number = 0;
    PersonId person, student;
    Direction direction = Direction::in;
    std::string gate;
    ScanMeans means = ScanMeans::hand;
    Instant at; // by the server's clock, as far as the device knew it
    std::int64_t clock_ahead_ms = 0; // of the device, before the server's
    PersonId noted_by;
    Instant received_at;
    ScanOutcome outcome = ScanOutcome::counted;
    bool is_without_consent = false; // of a journey that no guardian had agreed to when the scan was heard of
};
BOOST_DESCRIBE_STRUCT(ScanRow, (),
    (county, activity, device, number, person, student, direction, gate, means, at, clock_ahead_ms, noted_by, received_at, outcome,
        is_without_consent))

using DeviceName = Text<8, 40>;
using ScanNumber = Within<1, 1'000'000'000'000>;
using ClockAhead = Within<-7 * 24 * 3'600'000LL, 7 * 24 * 3'600'000LL>;

// One scan as a device saw it. What it says never changes, so it may be handed in again.
struct NewScan {
    ScanNumber number;
    Instant at; // by the device's clock
    std::optional<ClockAhead> clock_ahead_ms; // as far as the device knew when it scanned
    std::optional<Direction> direction; // in when it is left out
    std::optional<Text<0, 40>> gate;
    std::optional<Text<1, 600>> code; // as it was read
    std::optional<PersonId> person; // where there was no code
    std::optional<bool> is_count; // of a class that was counted
};
BOOST_DESCRIBE_STRUCT(NewScan, (), (number, at, clock_ahead_ms, direction, gate, code, person, is_count))

// Takes a scan back, of this device or another.
struct NewUndoing {
    DeviceName device;
    ScanNumber number;
    Instant at;
    std::optional<ClockAhead> clock_ahead_ms;
};
BOOST_DESCRIBE_STRUCT(NewUndoing, (), (device, number, at, clock_ahead_ms))

struct HandInScans {
    ActivityId id;
    DeviceName device;
    std::vector<NewScan> scans;
    std::vector<NewUndoing> undone;
};
BOOST_DESCRIBE_STRUCT(HandInScans, (), (id, device, scans, undone))
void check(HandInScans const&, Problems&);

// Why a scan was not taken; it would not be taken another time either.
enum class ScanRefusal { wrong_code, other_event, old_code, not_invited, out_of_time, no_consent };
BOOST_DESCRIBE_ENUM(ScanRefusal, wrong_code, other_event, old_code, not_invited, out_of_time, no_consent)

struct ScanAnswer {
    std::int64_t number = 0;
    std::optional<ScanOutcome> outcome; // none where it was refused
    std::optional<ScanRefusal> refusal;
    std::optional<PersonId> person;
    std::string name;
    bool is_without_consent = false;
};
BOOST_DESCRIBE_STRUCT(ScanAnswer, (), (number, outcome, refusal, person, name, is_without_consent))

struct HandedIn {
    std::vector<ScanAnswer> items; // of this device, as they stand now
};
BOOST_DESCRIBE_STRUCT(HandedIn, (), (items))

// Also after the event was closed: then they stand in the trail, and count once it is opened again. 409 for a cancelled event.
HandedIn hand_in_scans(Call&, HandInScans const&);
void hand_in_scans_together(Call&, std::span<BatchItem>);

// Heard of so soon that whoever came still stands at the gate. Of what comes later nobody can be turned away any more.
bool is_heard_at_once(Call const&, Instant at);

// Of somebody who typed the venue's code: at most one for each minute and direction. 422 where a guardian's consent is missing,
// unless it was read off line.
void add_own_scan(Call&, OwnedActivity const&, Guest const&, Direction, Instant read_at);

// Reckons presence by code anew from all scans of these people, or of everybody. The event is held.
void settle_people(Call&, ActivityRow const&, std::vector<std::int64_t> const& people);
void settle_all(Call&, ActivityRow const&);

void move_scans(Call&, directory::PeopleMerged const&);
void erase_scans(Call&, directory::PersonErased const&);
void add_scan_data(Call&, directory::PersonDataAsked const&);

} // namespace concentric::activities
