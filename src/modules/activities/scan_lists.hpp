#pragma once

#include "lib/workbook.hpp"
#include "modules/activities/attendance.hpp"
#include "modules/activities/scans.hpp"

// What a phone takes along to the gate, and the trail of what was scanned.
namespace concentric::activities {

// Somebody on the list that a phone keeps: as much as it takes to find them and to see whether they are in.
struct ListedPerson {
    PersonId person;
    std::string name, student_name, unit_name;
    bool has_no_place = false; // waits for one, or withdrew, where one is needed
    bool is_inside = false, was_there = false;
    bool lacks_consent = false; // of a guardian, on a journey
};
BOOST_DESCRIBE_STRUCT(ListedPerson, (), (person, name, student_name, unit_name, has_no_place, is_inside, was_there, lacks_consent))

struct CheckInList {
    Instant now, opens_at, closes_at;
    CheckType check_type = CheckType::once;
    std::vector<std::string> gates;
    std::vector<VerifyingKey> keys; // to check codes with
    bool needs_place = false;
    std::vector<ListedPerson> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(CheckInList, (), (now, opens_at, closes_at, check_type, gates, keys, needs_place, items, next))

struct LoadCheckInList {
    ActivityId id;
    std::optional<AttendanceList> list;
    std::optional<PersonId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(LoadCheckInList, (), (id, list, after, limit))
CheckInList load_check_in_list(Call&, LoadCheckInList const&);

// Codes to print for those who bring no phone.
struct PaperCode {
    PersonId person;
    std::string name, student_name, unit_name, code;
};
BOOST_DESCRIBE_STRUCT(PaperCode, (), (person, name, student_name, unit_name, code))
Page<PaperCode> list_paper_codes(Call&, LoadCheckInList const&);

struct ScanView {
    std::string device;
    std::int64_t number = 0;
    PersonId person;
    std::string name;
    Direction direction = Direction::in;
    std::string gate;
    ScanMeans means = ScanMeans::hand;
    Instant at, received_at;
    std::int64_t clock_ahead_ms = 0;
    bool is_clock_doubtful = false; // so far off that the order may be another
    bool is_late = false; // handed in after the event was closed
    bool is_without_consent = false; // let in off line on a journey that no guardian had agreed to
    std::string noted_by;
    ScanOutcome outcome = ScanOutcome::counted;
    std::string undone_by;
    std::optional<Instant> undone_at;
};
BOOST_DESCRIBE_STRUCT(ScanView, (),
    (device, number, person, name, direction, gate, means, at, received_at, clock_ahead_ms, is_clock_doubtful, is_late,
        is_without_consent, noted_by, outcome, undone_by, undone_at))

enum class ScanChoice { all, repeated, undone, late, without_consent };
BOOST_DESCRIBE_ENUM(ScanChoice, all, repeated, undone, late, without_consent)

struct ListScans {
    ActivityId id;
    std::optional<ScanChoice> choice;
    std::optional<Text<0, 40>> gate;
    std::optional<Text<1, 60>> q;
    std::optional<Text<1, 80>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListScans, (), (id, choice, gate, q, after, limit))
// The latest first.
Page<ScanView> list_scans(Call&, ListScans const&);

// When and where somebody passed, by the scans that count.
struct Passage {
    PersonId person;
    std::string gate;
    Instant left_at;
    bool lacks_out = false, is_without_consent = false;
};
BOOST_DESCRIBE_STRUCT(Passage, (), (person, gate, left_at, lacks_out, is_without_consent))
std::vector<Passage> passages_of(Call&, ActivityId);

void add_scan_sheet(Call&, OwnedActivity const&, lib::WorkbookWriter&);

} // namespace concentric::activities
