#pragma once

#include "core/call.hpp"

#include <functional>

// A county to look at and to measure with: invented people and schools, two terms of history, and a plan that is kept here and
// missed there.
namespace concentric::demo {

struct Order {
    std::int64_t schools = 12; // kindergartens included
    std::int64_t pupils = 3000;
    std::uint64_t seed = 1;
    Day today; // the history ends the evening before
    std::optional<std::int64_t> entries; // about so many; as many as such a county would have when it is left out
};

// An account with which to look at the county as one of its people.
struct LogIn {
    std::string user_name, person, role, place;
};

struct Made {
    std::int64_t organisations = 0, people = 0, pupils = 0, families = 0, entries = 0;
    std::vector<LogIn> log_ins;
};

// The same for all accounts of the demo county.
inline constexpr std::string_view password = "tongxin-shu-2026";

// Is told after each step what was done and how long it took.
using Report = std::function<void(Words const& step, double seconds)>;

// Makes the call's county, in one transaction. The same order gives the same rows, but for the ids of the plan version, of past
// log-ins and of the trial, and the salts of the passwords. 409 when the county is there already.
Made make(Call& call, Order const& order, Report const& report);

} // namespace concentric::demo
