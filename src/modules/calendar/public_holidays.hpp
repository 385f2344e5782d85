#pragma once

#include "modules/directory/happenings.hpp"

#include <span>

// China's public holidays and the weekend days that are worked in exchange, as the State Council arranges them each year.
namespace concentric::calendar {

struct PublicDay {
    Day from, to; // both included
    Words title;
    bool is_working = false; // a weekend day that is worked
    bool is_provisional = false; // by the statute alone: the year's arrangement was not known yet
    Day published;
};

// Those of all years in public_holidays.toml, by day. Throws std::logic_error for a file that cannot be read.
std::span<PublicDay const> public_days();

// public_holidays.toml, built into the program.
std::string_view public_holidays_text();

} // namespace concentric::calendar
