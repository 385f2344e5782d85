#pragma once

#include "modules/ledger/stretches.hpp"

// When an event comes again: every week or every month at the same hour, until a day.
namespace concentric::activities {

enum class Every { week, month };
BOOST_DESCRIBE_ENUM(Every, week, month)

inline constexpr std::size_t most_occurrences = 60;

using ledger::Stretch;

// The first one and those after it whose day is `until` at the latest; one more than most_occurrences where there are too many. A
// month without the first one's day has it on its last day.
std::vector<Stretch> occurrences(Stretch first, Every every, Day until);

// Stretches of equal length one after the other that fit in; a rest at the end stays free.
std::vector<Stretch> slots_in(Stretch whole, std::int64_t minutes);

} // namespace concentric::activities
