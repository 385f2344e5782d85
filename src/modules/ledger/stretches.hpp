#pragma once

#include "core/time.hpp"

#include <vector>

// Stretches of time as sets of moments.
namespace concentric::ledger {

struct Stretch {
    Instant from, until; // until is not in it any more
};

// The same time in as few stretches as possible, in order. What ends before it begins is nothing.
std::vector<Stretch> united(std::vector<Stretch> stretches);
// What of the first is not in the second. Both as united() gives them, and so is the outcome.
std::vector<Stretch> without(std::vector<Stretch> const& whole, std::vector<Stretch> const& taken);
// Milliseconds of stretches as united() gives them.
std::int64_t length_of(std::vector<Stretch> const& stretches);
// Milliseconds that both have.
std::int64_t shared_by(Stretch const& one, Stretch const& other);

} // namespace concentric::ledger
