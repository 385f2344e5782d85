#pragma once

#include "modules/activities/timetable.hpp"

#include <boost/describe.hpp>

#include <span>

// What the scans of one person come to, in whatever order devices handed them in: the first one counts, the rest are shown.
namespace concentric::activities {

enum class CheckType { once, in_out };
BOOST_DESCRIBE_ENUM(CheckType, once, in_out)

enum class Direction { in, out };
BOOST_DESCRIBE_ENUM(Direction, in, out)

// `repeated`: in again without having left; `unmatched`: out without having come in.
enum class ScanOutcome { counted, repeated, unmatched, undone };
BOOST_DESCRIBE_ENUM(ScanOutcome, counted, repeated, unmatched, undone)

struct ScanFact {
    Instant at;
    Direction direction = Direction::in;
    bool is_undone = false;
};

struct SettledScans {
    std::vector<ScanOutcome> outcomes; // one for each fact
    std::vector<Stretch> stretches;
    bool lacks_out = false; // the last stretch has no way out: it lasts until the end
};

// `facts` of one person in the order of their times.
SettledScans settle(std::span<ScanFact const> facts, CheckType type, Instant end);

} // namespace concentric::activities
